export type { PutJobManualData, CreateJobManualResult as Created } from "@northflank/js-client";
// output
export type { PutJobData as PutJobManualData, CreateJobResult as Created } from "@northflank/js-client";
