// expect: review client-type ApiClient["put"]["job"]
// expect: review client-type typeof api.put.job
// expect: review client-type PutJobData
// expect: review client-call the type of its body
// expect: review client-type takes `backoffLimit` out of it
import { ApiClient } from "@northflank/js-client";
import type * as NF from "@northflank/js-client";
import type { PutJobManualResult } from "@northflank/js-client";

declare const api: ApiClient;
type Request = Parameters<ApiClient["put"]["job"]["manual"]>[0];
export type Answer = Awaited<ReturnType<typeof api.put.job.manual>>;
export type Data = NF.PutJobManualData | import("@northflank/js-client").PutJobManualData;
export type Retries = PutJobManualResult["backoffLimit"];

const request = { parameters: { projectId: "web" }, data: { name: "a", backoffLimit: 1 } } as Request;
export const go = () => api.put.job.manual(request);
