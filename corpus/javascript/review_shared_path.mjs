// expect: review http-call also used at line 4
const API = "https://api.northflank.com/v1/projects/web";
const PATH = `${API}/jobs/manual`;

export const runs = () => fetch(`${PATH}/runs`);
export const put = () => fetch(PATH, { method: "PUT", body: JSON.stringify({ name: "x", backoffLimit: 0 }) });
