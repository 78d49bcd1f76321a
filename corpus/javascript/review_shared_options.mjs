// expect: review http-call also used at line 7
const BASE = "https://api.northflank.com/v1/projects/web";
const options = {
  method: "PUT",
  body: JSON.stringify({ name: "x", backoffLimit: 0 }),
};
await fetch(`${BASE}/jobs/manual`, options);
await fetch(`${BASE}/addons`, options);
