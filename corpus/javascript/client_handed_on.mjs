// run
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

async function callWithRetry(method, request, times = 2) {
  for (let left = times; ; left -= 1) {
    const result = await method(request);
    if (!result.error || left === 0) return result;
  }
}

const result = await callWithRetry(api.create.job.manual, {
  parameters: { projectId: "web" },
  data: { name: "nightly", backoffLimit: 0 },
});
console.log(result.data.backoffLimit, result.data.name);
// output
import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);

async function callWithRetry(method, request, times = 2) {
  for (let left = times; ; left -= 1) {
    const result = await method(request);
    if (!result.error || left === 0) return result;
  }
}

const result = await callWithRetry(api.create.job, {
  parameters: { projectId: "web" },
  data: { name: "nightly", settings: { backoffLimit: 0 } },
});
console.log(result.data.settings.backoffLimit, result.data.name);
