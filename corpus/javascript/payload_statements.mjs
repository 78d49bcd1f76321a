// run
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };
for (const deadline of [undefined, 60]) {
  const body = { name: "nightly", backoffLimit: 0 };
  if (deadline) body.activeDeadlineSeconds = deadline;
  body.runOnSourceChange = "never";
  body.description = "At night";
  body["tags"] = ["a"];
  await api.put.job.manual({ parameters, data: body });
}

const late = { name: "late" };
late.backoffLimit = 3;
late["runOnSourceChange"] = "never";
await api.put.job.manual({ parameters, data: late });

const maybe = { name: "maybe", backoffLimit: 0 };
Object.assign(maybe, { activeDeadlineSeconds: 5, tags: [] });
await api.put.job.manual({ parameters, data: maybe });
console.log(maybe.name, maybe.backoffLimit);

const cron = { name: "cron", backoffLimit: 0 };
if (parameters.projectId === "web") {
  cron.schedule = "0 0 * * *";
}
await api.put.job.cron({ parameters, data: cron });
// output
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

const parameters = { projectId: "web" };
for (const deadline of [undefined, 60]) {
  const body = { name: "nightly", settings: { backoffLimit: 0 } };
  if (deadline) body.settings.activeDeadlineSeconds = deadline;
  body.settings.runOnSourceChange = "never";
  body.description = "At night";
  body["tags"] = ["a"];
  await api.put.job({ parameters, data: body });
}

const late = { name: "late" };
late.settings = { backoffLimit: 3 };
late.settings["runOnSourceChange"] = "never";
await api.put.job({ parameters, data: late });

const maybe = { name: "maybe", settings: { backoffLimit: 0 } };
Object.assign(maybe, { settings: { ...maybe.settings, activeDeadlineSeconds: 5 }, tags: [] });
await api.put.job({ parameters, data: maybe });
console.log(maybe.name, maybe.settings?.backoffLimit);

const cron = { name: "cron", settings: { backoffLimit: 0, cron: {} } };
if (parameters.projectId === "web") {
  cron.settings.cron.schedule = "0 0 * * *";
}
await api.put.job({ parameters, data: cron });
