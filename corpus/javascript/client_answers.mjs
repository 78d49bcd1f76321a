// run
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };
const first = await api.put.job.manual({ parameters, data: { name: "a", backoffLimit: 1, runOnSourceChange: "never" } });
console.log(first.data.backoffLimit, first.data["runOnSourceChange"], first.data?.activeDeadlineSeconds);
const { data: { backoffLimit, name, runOnSourceChange: when = "always" } } = await api.put.job.manual({
  parameters,
  data: { name: "b", backoffLimit: 2 },
});
console.log(backoffLimit, name, when);
const { data } = await api.put.job.cron({ parameters, data: { name: "c", backoffLimit: 3, schedule: "0 0 * * *" } });
console.log(data.schedule, data.backoffLimit, data.jobType);

async function put(job) {
  const response = await api.put.job.manual({ parameters, data: { name: job, backoffLimit: 4 } });
  return response.data;
}
const made = await put("d");
console.log(made.name, made.backoffLimit);
await api.put.job
  .manual({ parameters, data: { name: "e", backoffLimit: 5 } })
  .then(({ data }) => data)
  .then((job) => console.log(job.backoffLimit));
// output
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };
const first = await api.put.job({ parameters, data: { name: "a", settings: { backoffLimit: 1, runOnSourceChange: "never" } } });
console.log(first.data.settings.backoffLimit, first.data.settings["runOnSourceChange"], first.data?.settings?.activeDeadlineSeconds);
const { data: { settings: { backoffLimit, runOnSourceChange: when = "always" }, name } } = await api.put.job({
  parameters,
  data: { name: "b", settings: { backoffLimit: 2 } },
});
console.log(backoffLimit, name, when);
const { data } = await api.put.job({ parameters, data: { name: "c", settings: { backoffLimit: 3, cron: { schedule: "0 0 * * *" } } } });
console.log(data.settings.cron.schedule, data.settings.backoffLimit, data.jobType);

async function put(job) {
  const response = await api.put.job({ parameters, data: { name: job, settings: { backoffLimit: 4 } } });
  return response.data;
}
const made = await put("d");
console.log(made.name, made.settings.backoffLimit);
await api.put.job({ parameters, data: { name: "e", settings: { backoffLimit: 5 } } })
  .then(({ data }) => data)
  .then((job) => console.log(job.settings.backoffLimit));
