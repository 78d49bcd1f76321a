import { ApiClient, PutJobData } from "@northflank/js-client";

export async function deploy(api: ApiClient, projectId: string) {
  const data: PutJobData = {
    name: "nightly",
    billing: { deploymentPlan: "nf-compute-20" },
    deployment: { docker: { configType: "default" } },
    settings: { backoffLimit: 0, runOnSourceChange: "never" },
  };
  const job = await api.put.job({ parameters: { projectId }, data });
  return job.data.settings?.backoffLimit;
}
