// expect: review client-call different values
// expect: review client-call missing at the top level
// expect: review client-call scheduled job
import { ApiClient } from "@northflank/js-client";

export async function put(api) {
  await api.put.job.manual({ parameters, data: { name: "x", backoffLimit: 0, settings: { backoffLimit: 1 } } });
  await api.put.job.manual({ parameters, data: { name: "x", settings: { backoffLimit: 1 } } });
  await api.put.job.manual({ parameters, data: { name: "x", backoffLimit: 0, settings: { cron: {} } } });
}
