import type { ApiClient, PutJobManualData } from "@northflank/js-client"

export async function run(api: ApiClient, projectId: string, deadline: number) {
  const payload: Record<string, unknown> = { name: "nightly", backoffLimit: 0 }
  payload.activeDeadlineSeconds = deadline
  await api.put.job.manual({ parameters: { projectId }, data: payload as PutJobManualData })
}
// output
import type { ApiClient, PutJobData } from "@northflank/js-client"

export async function run(api: ApiClient, projectId: string, deadline: number) {
  const payload: Record<string, unknown> = { name: "nightly", settings: { backoffLimit: 0 } }
  ;(payload.settings as Record<string, unknown>).activeDeadlineSeconds = deadline
  await api.put.job({ parameters: { projectId }, data: payload as PutJobData })
}
