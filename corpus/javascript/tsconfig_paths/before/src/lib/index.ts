import { ApiClient, ApiClientInMemoryContextProvider } from "@northflank/js-client";

export const api = new ApiClient(new ApiClientInMemoryContextProvider());
export const defaults = { backoffLimit: 1, runOnSourceChange: "never" } as const;
