// run
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };

function manualJob(name, deadline) {
  const job = { name, backoffLimit: 0 };
  if (deadline) {
    job.activeDeadlineSeconds = deadline;
  }
  return job;
}
const cronJob = (name) => ({ name, backoffLimit: 1, schedule: "0 0 * * *" });

async function putJob(projectId, data) {
  return api.put.job.manual({ parameters: { projectId }, data });
}

await api.put.job.manual({ parameters, data: manualJob("a", 60) });
await api.create.job.manual({ parameters, data: manualJob("b") });
await api.put.job.cron({ parameters, data: cronJob("c") });
await putJob("web", { name: "d", backoffLimit: 2 });
await putJob("web", { name: "e", backoffLimit: 3, runOnSourceChange: "never" });
// output
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };

function manualJob(name, deadline) {
  const job = { name, settings: { backoffLimit: 0 } };
  if (deadline) {
    job.settings.activeDeadlineSeconds = deadline;
  }
  return job;
}
const cronJob = (name) => ({ name, settings: { backoffLimit: 1, cron: { schedule: "0 0 * * *" } } });

async function putJob(projectId, data) {
  return api.put.job({ parameters: { projectId }, data });
}

await api.put.job({ parameters, data: manualJob("a", 60) });
await api.create.job({ parameters, data: manualJob("b") });
await api.put.job({ parameters, data: cronJob("c") });
await putJob("web", { name: "d", settings: { backoffLimit: 2 } });
await putJob("web", { name: "e", settings: { backoffLimit: 3, runOnSourceChange: "never" } });
