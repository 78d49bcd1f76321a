import { ApiClient } from "@northflank/js-client";

export const api = new ApiClient();
