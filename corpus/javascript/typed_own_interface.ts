import { ApiClient } from "@northflank/js-client";

interface JobBody {
  name: string;
  /** How often to try again. */
  backoffLimit: number;
  activeDeadlineSeconds?: number;
  billing: { deploymentPlan: string };
  deployment: { docker: { configType: "default" }; external: { imagePath: string } };
}

export async function deploy(api: ApiClient, projectId: string) {
  const data: JobBody = {
    name: "nightly",
    backoffLimit: 0,
    billing: { deploymentPlan: "nf-compute-20" },
    deployment: { docker: { configType: "default" }, external: { imagePath: "nginx:latest" } },
  };
  await api.put.job.manual({ parameters: { projectId }, data });
}
// output
import { ApiClient } from "@northflank/js-client";

interface JobBody {
  name: string;
  settings: {
    /** How often to try again. */
    backoffLimit: number;
    activeDeadlineSeconds?: number;
  };
  billing: { deploymentPlan: string };
  deployment: { docker: { configType: "default" }; external: { imagePath: string } };
}

export async function deploy(api: ApiClient, projectId: string) {
  const data: JobBody = {
    name: "nightly",
    settings: {
      backoffLimit: 0,
    },
    billing: { deploymentPlan: "nf-compute-20" },
    deployment: { docker: { configType: "default" }, external: { imagePath: "nginx:latest" } },
  };
  await api.put.job({ parameters: { projectId }, data });
}
