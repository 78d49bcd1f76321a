import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

export const api = new ApiClient(new ApiClientInMemoryContextProvider());
