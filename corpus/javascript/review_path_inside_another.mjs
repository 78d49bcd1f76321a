// expect: review http-call also used at line 5
const BASE = "https://api.northflank.com/v1/projects/web";
const PATH = "/jobs/manual";
const URL_ = BASE + PATH;

export const runs = (id) => fetch(`${URL_}/runs/${id}`);
export const put = () => fetch(URL_, { method: "PUT", body: JSON.stringify({ name: "x", backoffLimit: 0 }) });
