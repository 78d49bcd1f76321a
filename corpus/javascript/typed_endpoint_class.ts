import { ApiClientInMemoryContextProvider, PutJobManualEndpoint } from "@northflank/js-client";

const endpoint = new PutJobManualEndpoint(new ApiClientInMemoryContextProvider(), {});

export async function put(projectId: string) {
  const result = await endpoint.call({
    parameters: { projectId },
    data: {
      name: "nightly",
      billing: { deploymentPlan: "nf-compute-20" },
      deployment: { docker: { configType: "default" }, external: { imagePath: "nginx:latest" } },
      backoffLimit: 0,
    },
  });
  return result.data.backoffLimit;
}
// output
import { ApiClientInMemoryContextProvider, PutJobEndpoint } from "@northflank/js-client";

const endpoint = new PutJobEndpoint(new ApiClientInMemoryContextProvider(), {});

export async function put(projectId: string) {
  const result = await endpoint.call({
    parameters: { projectId },
    data: {
      name: "nightly",
      billing: { deploymentPlan: "nf-compute-20" },
      deployment: { docker: { configType: "default" }, external: { imagePath: "nginx:latest" } },
      settings: {
        backoffLimit: 0,
      },
    },
  });
  return result.data.settings!.backoffLimit;
}
