// run
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };
await api.put.job.manual({
  parameters,
  data: {
    name: "nightly",
    billing: { deploymentPlan: "nf-compute-20" },
    // never retry
    backoffLimit: 0, // at all
    runtimeEnvironment: { backoffLimit: "3" },
    runOnSourceChange: "never",
    activeDeadlineSeconds: null,
  },
});
await api.create.job.manual({ parameters, data: { name: "once", backoffLimit: 2 } });
await api.patch.job.manual({ parameters: { projectId: "web", jobId: "once" }, data: { activeDeadlineSeconds: 60 } });
await api.put.job.cron({
  parameters,
  data: { name: "hourly", backoffLimit: 1, schedule: "0 * * * *", suspended: false, concurrencyPolicy: "forbid" },
});
console.log("done");
// output
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };
await api.put.job({
  parameters,
  data: {
    name: "nightly",
    billing: { deploymentPlan: "nf-compute-20" },
    settings: {
      // never retry
      backoffLimit: 0, // at all
      runOnSourceChange: "never",
      activeDeadlineSeconds: null,
    },
    runtimeEnvironment: { backoffLimit: "3" },
  },
});
await api.create.job({ parameters, data: { name: "once", settings: { backoffLimit: 2 } } });
await api.patch.job({ parameters: { projectId: "web", jobId: "once" }, data: { settings: { activeDeadlineSeconds: 60 } } });
await api.put.job({
  parameters,
  data: { name: "hourly", settings: { backoffLimit: 1, cron: { schedule: "0 * * * *", suspended: false, concurrencyPolicy: "forbid" } } },
});
console.log("done");
