import { ApiClient } from "@northflank/js-client";

export async function show(api, projectId, jobId) {
  const { data } = await api.get.job({ parameters: { projectId, jobId } });
  await api.update.job.settings({ parameters: { projectId, jobId }, data: { backoffLimit: 3 } });
  await api.create.service.deployment({ parameters: { projectId }, data: { name: "x" } });
  return data.settings.backoffLimit;
}
