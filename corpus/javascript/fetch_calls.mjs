// run
const BASE = "https://api.northflank.com/v1";
const project = "web";
const headers = { Authorization: "Bearer secret", "Content-Type": "application/json" };

const response = await fetch(`${BASE}/projects/${project}/jobs/manual`, {
  method: "PUT",
  headers,
  body: JSON.stringify({ name: "a", backoffLimit: 1, "runOnSourceChange": "never" }),
});
const json = await response.json();
console.log(json.data.backoffLimit, json.data.runOnSourceChange);

const body = JSON.stringify({
  "name": "b",
  "backoffLimit": 0
}, null, 2);
await fetch(BASE + "/teams/core/projects/" + project + "/jobs/manual", { method: "POST", headers, body });
await fetch(new URL(`/v1/projects/${project}/jobs/cron`, BASE), {
  method: "put",
  headers: { ...headers, "X-Trace": "1" },
  body: '{"name": "c", "backoffLimit": 0, "schedule": "0 0 * * *"}',
});
await fetch([BASE, "projects", project, "jobs", "manual", "c"].join("/"), {
  method: "PATCH",
  headers,
  body: JSON.stringify({ backoffLimit: 3 }),
}).then((answer) => answer.json()).then(({ data: { backoffLimit } }) => console.log(backoffLimit));
// output
const BASE = "https://api.northflank.com/v1";
const project = "web";
const headers = { Authorization: "Bearer secret", "Content-Type": "application/json" };

const response = await fetch(`${BASE}/projects/${project}/jobs`, {
  method: "PUT",
  headers,
  body: JSON.stringify({ name: "a", settings: { backoffLimit: 1, "runOnSourceChange": "never" } }),
});
const json = await response.json();
console.log(json.data.settings.backoffLimit, json.data.settings.runOnSourceChange);

const body = JSON.stringify({
  "name": "b",
  "settings": {
    "backoffLimit": 0
  }
}, null, 2);
await fetch(BASE + "/teams/core/projects/" + project + "/jobs", { method: "POST", headers, body });
await fetch(new URL(`/v1/projects/${project}/jobs`, BASE), {
  method: "put",
  headers: { ...headers, "X-Trace": "1" },
  body: '{"name": "c", "settings": {"backoffLimit": 0, "cron": {"schedule": "0 0 * * *"}}}',
});
await fetch([BASE, "projects", project, "jobs", "c"].join("/"), {
  method: "PATCH",
  headers,
  body: JSON.stringify({ settings: { backoffLimit: 3 } }),
}).then((answer) => answer.json()).then(({ data: { settings: { backoffLimit } } }) => console.log(backoffLimit));
