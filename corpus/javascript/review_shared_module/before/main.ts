import { ApiClient } from "@northflank/js-client";
import { body } from "./body";

export const put = (api: ApiClient) => api.put.job.manual({ parameters: { projectId: "web" }, data: body });
