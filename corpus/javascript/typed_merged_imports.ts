import type { ApiClient, PutJobCronData, PutJobManualData, PutJobManualRequest } from "@northflank/js-client";

const base = {
  name: "nightly",
  billing: { deploymentPlan: "nf-compute-20" },
  deployment: { docker: { configType: "default" as const }, external: { imagePath: "nginx:latest" } },
};

export async function both(api: ApiClient, projectId: string): Promise<void> {
  const manual: PutJobManualData = { ...base, backoffLimit: 0 };
  const cron: PutJobCronData = { ...base, backoffLimit: 1, schedule: "0 0 * * *", concurrencyPolicy: "forbid" };
  const request: PutJobManualRequest = { parameters: { projectId }, data: manual };
  await api.put.job.manual(request);
  await api.put.job.cron({ parameters: { projectId }, data: cron });
}
// output
import type { ApiClient, PutJobData, PutJobRequest } from "@northflank/js-client";

const base = {
  name: "nightly",
  billing: { deploymentPlan: "nf-compute-20" },
  deployment: { docker: { configType: "default" as const }, external: { imagePath: "nginx:latest" } },
};

export async function both(api: ApiClient, projectId: string): Promise<void> {
  const manual: PutJobData = { ...base, settings: { backoffLimit: 0 } };
  const cron: PutJobData = { ...base, settings: { backoffLimit: 1, cron: { schedule: "0 0 * * *", concurrencyPolicy: "forbid" } } };
  const request: PutJobRequest = { parameters: { projectId }, data: manual };
  await api.put.job(request);
  await api.put.job({ parameters: { projectId }, data: cron });
}
