// expect: review client-call computed key
import { ApiClient } from "@northflank/js-client";

export const put = (api, key) =>
  api.put.job.manual({ parameters: { projectId: "web" }, data: { name: "x", [key]: 1, backoffLimit: 0 } });
