import { ApiClient, PutJobManualData, type CreateJobManualRequest } from "@northflank/js-client";

type Data = PutJobManualData;

const data: Data = {
  name: "nightly",
  billing: { deploymentPlan: "nf-compute-10" },
  deployment: { external: { imagePath: "alpine" } },
  backoffLimit: 1,
};
const request = {
  parameters: { projectId: "web" },
  data: {
    name: "weekly",
    billing: { deploymentPlan: "nf-compute-10" },
    deployment: { external: { imagePath: "alpine" } },
    backoffLimit: 0,
  },
} satisfies CreateJobManualRequest;

export async function deploy(api: ApiClient) {
  await api.put.job.manual({ parameters: { projectId: "web" }, data });
  await api.create.job.manual(request);
}
// output
import { ApiClient, PutJobData, type CreateJobRequest } from "@northflank/js-client";

type Data = PutJobData;

const data: Data = {
  name: "nightly",
  billing: { deploymentPlan: "nf-compute-10" },
  deployment: { external: { imagePath: "alpine" } },
  settings: {
    backoffLimit: 1,
  },
};
const request = {
  parameters: { projectId: "web" },
  data: {
    name: "weekly",
    billing: { deploymentPlan: "nf-compute-10" },
    deployment: { external: { imagePath: "alpine" } },
    settings: {
      backoffLimit: 0,
    },
  },
} satisfies CreateJobRequest;

export async function deploy(api: ApiClient) {
  await api.put.job({ parameters: { projectId: "web" }, data });
  await api.create.job(request);
}
