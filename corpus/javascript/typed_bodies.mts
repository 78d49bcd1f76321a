// run
import {
  ApiClient,
  ApiClientInMemoryContextProvider,
  type PutJobManualData,
  type PutJobManualParameters,
  type PatchJobManualData as Changes,
} from "@northflank/js-client";

interface Settings {
  plan: string;
  deadline?: number;
}

export class Deployer {
  constructor(private readonly api: ApiClient) {}

  async put(parameters: PutJobManualParameters, name: string, settings: Settings): Promise<number> {
    const data: PutJobManualData = {
      name,
      billing: { deploymentPlan: settings.plan },
      deployment: { docker: { configType: "default" }, external: { imagePath: "nginx:latest" } },
      backoffLimit: 0,
      runOnSourceChange: "never",
    };
    if (settings.deadline !== undefined) {
      data.activeDeadlineSeconds = settings.deadline;
    }
    const { data: job } = await this.api.put.job.manual({ parameters, data });
    return job.backoffLimit;
  }

  async patch(projectId: string, jobId: string): Promise<void> {
    const changes = { backoffLimit: 3 } satisfies Changes;
    await this.api.patch.job.manual({ parameters: { projectId, jobId }, data: changes });
  }
}

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL! });
const deployer = new Deployer(new ApiClient(contexts));
console.log(await deployer.put({ projectId: "web" }, "nightly", { plan: "nf-compute-20", deadline: 60 }));
await deployer.patch("web", "nightly");
// output
import {
  ApiClient,
  ApiClientInMemoryContextProvider,
  type PutJobData,
  type PutJobParameters,
  type PatchJobData as Changes,
} from "@northflank/js-client";

interface Settings {
  plan: string;
  deadline?: number;
}

export class Deployer {
  constructor(private readonly api: ApiClient) {}

  async put(parameters: PutJobParameters, name: string, settings: Settings): Promise<number> {
    const data: PutJobData = {
      name,
      billing: { deploymentPlan: settings.plan },
      deployment: { docker: { configType: "default" }, external: { imagePath: "nginx:latest" } },
      settings: {
        backoffLimit: 0,
        runOnSourceChange: "never",
      },
    };
    if (settings.deadline !== undefined) {
      data.settings!.activeDeadlineSeconds = settings.deadline;
    }
    const { data: job } = await this.api.put.job({ parameters, data });
    return job.settings!.backoffLimit;
  }

  async patch(projectId: string, jobId: string): Promise<void> {
    const changes = { settings: { backoffLimit: 3 } } satisfies Changes;
    await this.api.patch.job({ parameters: { projectId, jobId }, data: changes });
  }
}

const contexts = new ApiClientInMemoryContextProvider();
await contexts.addContext({ name: "test", token: "secret", host: process.env.NORTHFLANK_API_URL! });
const deployer = new Deployer(new ApiClient(contexts));
console.log(await deployer.put({ projectId: "web" }, "nightly", { plan: "nf-compute-20", deadline: 60 }));
await deployer.patch("web", "nightly");
