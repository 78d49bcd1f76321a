import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });
const api = new ApiClient(contexts);
export const { put, create: { job: createJob } } = api;
