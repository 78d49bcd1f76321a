// expect: review http-call type in its path
// expect: review http-call the helper that sends it
// expect: review http-call the helper that sends it
const BASE = "https://api.northflank.com/v1/projects/web";

async function put(path, body) {
  return fetch(`${BASE}${path}`, { method: "PUT", body: JSON.stringify({ backoffLimit: 0, ...body }) });
}
async function putJob(type, body) {
  return fetch(`${BASE}/jobs/${type}`, { method: "PUT", body: JSON.stringify(body) });
}

await put("/jobs/manual", { name: "a" });
await put("/addons", { name: "b" });
await putJob("manual", { name: "a", backoffLimit: 0 });
await putJob("other", { name: "b" });
