// expect: review client-type not seen to be sent
// expect: review client-call can't be renamed
import type { ApiClient, PutJobManualData } from "@northflank/js-client";
import { queue } from "./queue.js";

export function later(data: Partial<PutJobManualData>) {
  queue.push(data);
}

export async function now(api: ApiClient, projectId: string) {
  const data: PutJobManualData = {
    name: "nightly",
    backoffLimit: 0,
    billing: { deploymentPlan: "nf-compute-20" },
    deployment: { docker: { configType: "default" } },
  };
  await api.put.job.manual({ parameters: { projectId }, data });
}
