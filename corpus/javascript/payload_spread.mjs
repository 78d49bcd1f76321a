// run
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };
const common = { billing: { deploymentPlan: "nf-compute-20" }, backoffLimit: 0 };
const deadline = 60;
const backoffLimit = 4;
await api.put.job.manual({ parameters, data: { ...common, name: "a", runOnSourceChange: "never" } });
await api.put.job.manual({ parameters, data: { ...common, name: "b" } });
await api.put.job.manual({ parameters, data: { name: "c", backoffLimit, ...(deadline && { activeDeadlineSeconds: deadline }) } });
await api.put.job.manual({ parameters, data: { name: "d", ...(deadline > 70 ? { backoffLimit: 1 } : { backoffLimit: 2 }) } });
await api.put.job.manual({ parameters, data: { name: "e", backoffLimit, ...(deadline ? { tags: ["x"] } : {}) } });
// output
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };
const common = { billing: { deploymentPlan: "nf-compute-20" }, settings: { backoffLimit: 0 } };
const deadline = 60;
const backoffLimit = 4;
await api.put.job({ parameters, data: { ...common, name: "a", settings: { ...common.settings, runOnSourceChange: "never" } } });
await api.put.job({ parameters, data: { ...common, name: "b" } });
await api.put.job({ parameters, data: { name: "c", settings: { backoffLimit, ...(deadline && { activeDeadlineSeconds: deadline }) } } });
await api.put.job({ parameters, data: { name: "d", ...(deadline > 70 ? { settings: { backoffLimit: 1 } } : { settings: { backoffLimit: 2 } }) } });
await api.put.job({ parameters, data: { name: "e", settings: { backoffLimit }, ...(deadline ? { tags: ["x"] } : {}) } });
