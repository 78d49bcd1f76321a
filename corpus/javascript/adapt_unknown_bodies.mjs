// flags: --adapt
// run
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };
export const put = (data) => api.put.job.manual({ parameters, data });
export const cron = (body) =>
  fetch("https://api.northflank.com/v1/projects/web/jobs/cron", { method: "PUT", body: JSON.stringify(body) });
const key = "backoffLimit";
const result = await put({ name: "a", [key]: 1, runOnSourceChange: "never" });
console.log(result.data.backoffLimit);
await cron(JSON.parse('{"name": "b", "backoffLimit": 2, "schedule": "0 0 * * *", "tags": []}'));
await api.patch.job.manual({ parameters: { projectId: "web", jobId: "a" }, data: Object.fromEntries([[key, 3]]) });
await fetch("https://api.northflank.com/v1/projects/web/jobs/manual", { method: "POST", body: `{"name": "c", "backoffLimit": ${1 + 2}}` });
// output
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };
export const put = (data) => api.put.job({ parameters, data: _nf_upgrade_manual_job(data) });
export const cron = (body) =>
  fetch("https://api.northflank.com/v1/projects/web/jobs", { method: "PUT", body: JSON.stringify(body) });
const key = "backoffLimit";
const result = await put({ name: "a", [key]: 1, runOnSourceChange: "never" });
console.log(result.data.settings.backoffLimit);
await cron(JSON.parse('{"name": "b", "settings": {"backoffLimit": 2, "cron": {"schedule": "0 0 * * *"}}, "tags": []}'));
await api.patch.job({ parameters: { projectId: "web", jobId: "a" }, data: _nf_upgrade_manual_patch_job(Object.fromEntries([[key, 3]])) });
await fetch("https://api.northflank.com/v1/projects/web/jobs", { method: "POST", body: _nf_upgrade_manual_job(`{"name": "c", "backoffLimit": ${1 + 2}}`) });

// Moves the keys of an old manual job's body as create.job wants them.
function _nf_upgrade_manual_job(body) {
  if (typeof body === "string") return JSON.stringify(_nf_upgrade_manual_job(JSON.parse(body)));
  const { settings: given = {}, ...rest } = body;
  const settings = { ...given };
  const move = (place, key) => {
    if (!(key in rest)) return;
    if (key in place && JSON.stringify(place[key]) !== JSON.stringify(rest[key])) {
      throw new Error(key + " is given twice, with different values");
    }
    place[key] = rest[key];
    delete rest[key];
  };
  for (const key of ["backoffLimit", "runOnSourceChange", "activeDeadlineSeconds"]) move(settings, key);
  if ("cron" in settings) throw new Error("it would become a scheduled job");
  return Object.keys(settings).length ? { ...rest, settings } : rest;
}

// Moves the keys of an old manual job's body as patch.job wants them.
function _nf_upgrade_manual_patch_job(body) {
  if (typeof body === "string") return JSON.stringify(_nf_upgrade_manual_patch_job(JSON.parse(body)));
  const { settings: given = {}, ...rest } = body;
  const settings = { ...given };
  const move = (place, key) => {
    if (!(key in rest)) return;
    if (key in place && JSON.stringify(place[key]) !== JSON.stringify(rest[key])) {
      throw new Error(key + " is given twice, with different values");
    }
    place[key] = rest[key];
    delete rest[key];
  };
  for (const key of ["backoffLimit", "runOnSourceChange", "activeDeadlineSeconds"]) move(settings, key);
  if ("cron" in settings) throw new Error("it would become a scheduled job");
  return Object.keys(settings).length ? { ...rest, settings } : rest;
}
