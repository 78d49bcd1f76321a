import type { ApiClient, PutJobManualData } from "@northflank/js-client";

export class Service {
  constructor(private readonly api: ApiClient) {}

  private get jobs() {
    return this.api.put.job;
  }

  async run(projectId: string, deadline?: number) {
    const payload: Record<string, unknown> = {
      name: "nightly",
      backoffLimit: 0,
    };
    if (deadline) payload.activeDeadlineSeconds = deadline;
    await this.jobs.manual({ parameters: { projectId }, data: payload as PutJobManualData });
  }
}
// output
import type { ApiClient, PutJobData } from "@northflank/js-client";

export class Service {
  constructor(private readonly api: ApiClient) {}

  private get jobs() {
    return this.api.put.job;
  }

  async run(projectId: string, deadline?: number) {
    const payload: Record<string, unknown> = {
      name: "nightly",
      settings: {
        backoffLimit: 0,
      },
    };
    if (deadline) (payload.settings as Record<string, unknown>).activeDeadlineSeconds = deadline;
    await this.jobs({ parameters: { projectId }, data: payload as PutJobData });
  }
}
