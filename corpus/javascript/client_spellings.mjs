// run
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };
const data = { name: "nightly", backoffLimit: 0 };
await api?.put?.job?.manual?.({ parameters, data: { name: "a", backoffLimit: 0 } });
await api.put["job"]["manual"]({ parameters, data: { name: "b", backoffLimit: 0 } });
await api.put
  .job
  .manual({ parameters, data: { name: "c", backoffLimit: 0 } });
const jobs = api.put.job;
await jobs.manual({ parameters, data: { name: "d", backoffLimit: 0 } });
const putManual = api.put.job.manual;
await putManual({ parameters, data: { name: "e", backoffLimit: 0 } });
await putManual({ parameters, data: { name: "f", backoffLimit: 0 } });
const { manual } = api.create.job;
await manual({ parameters, data: { name: "g", backoffLimit: 0 } });
const { manual: patchManual, cron: patchCron } = api.patch.job;
await patchManual({ parameters: { projectId: "web", jobId: "g" }, data: { backoffLimit: 3 } });
await patchCron({ parameters: { projectId: "web", jobId: "g" }, data: { schedule: "0 0 * * *" } });
const { put: { job: { cron: putCron } } } = api;
await putCron({ parameters, data: { name: "h", backoffLimit: 0, schedule: "0 1 * * *" } });
const bound = api.put.job.manual.bind(api);
await bound({ parameters, data: { name: "i", backoffLimit: 0 } });
await api.put.job.manual.call(api, { parameters, data: { name: "j", backoffLimit: 0 } });
await api.endpoints.put.job.manual.call({ parameters, data: { name: "k", backoffLimit: 0 } });
api.put.job.manual({ parameters, data }).then((result) => console.log(result.data.backoffLimit));
// output
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };
const data = { name: "nightly", settings: { backoffLimit: 0 } };
await api?.put?.job?.({ parameters, data: { name: "a", settings: { backoffLimit: 0 } } });
await api.put["job"]({ parameters, data: { name: "b", settings: { backoffLimit: 0 } } });
await api.put
  .job({ parameters, data: { name: "c", settings: { backoffLimit: 0 } } });
const jobs = api.put.job;
await jobs({ parameters, data: { name: "d", settings: { backoffLimit: 0 } } });
const putManual = api.put.job;
await putManual({ parameters, data: { name: "e", settings: { backoffLimit: 0 } } });
await putManual({ parameters, data: { name: "f", settings: { backoffLimit: 0 } } });
const { job: manual } = api.create;
await manual({ parameters, data: { name: "g", settings: { backoffLimit: 0 } } });
const { job: patchManual, job: patchCron } = api.patch;
await patchManual({ parameters: { projectId: "web", jobId: "g" }, data: { settings: { backoffLimit: 3 } } });
await patchCron({ parameters: { projectId: "web", jobId: "g" }, data: { settings: { cron: { schedule: "0 0 * * *" } } } });
const { put: { job: putCron } } = api;
await putCron({ parameters, data: { name: "h", settings: { backoffLimit: 0, cron: { schedule: "0 1 * * *" } } } });
const bound = api.put.job.bind(api);
await bound({ parameters, data: { name: "i", settings: { backoffLimit: 0 } } });
await api.put.job.call(api, { parameters, data: { name: "j", settings: { backoffLimit: 0 } } });
await api.endpoints.put.job.call({ parameters, data: { name: "k", settings: { backoffLimit: 0 } } });
api.put.job({ parameters, data }).then((result) => console.log(result.data.settings.backoffLimit));
