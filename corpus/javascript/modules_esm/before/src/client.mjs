import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL });

export const client = new ApiClient(contexts);
