// expect: review prose
// expect: review endpoint-name
// expect: review client-call type that is not known
// expect: review client-call handed on
// expect: review cli-call
// expect: review test-double Stands in
import { execFileSync } from "node:child_process";
import { client } from "./northflank";

// PUT /v1/projects/{projectId}/jobs/manual wants backoffLimit.
// https://northflank.com/docs/v1/api/jobs/put-manual-job
export const endpoints = ["/projects/web/jobs/manual"];
export const byType = (type, request) => client.put.job[type](request);
expect(client.put.job.manual).toHaveBeenCalled();
execFileSync("northflank", ["put", "job", "manual", "--projectId", "web"]);
export const fake = { put: { job: { manual: jest.fn() } } };
// output
import { execFileSync } from "node:child_process";
import { client } from "./northflank";

// PUT /v1/projects/{projectId}/jobs/manual wants backoffLimit.
// https://northflank.com/docs/v1/api/jobs/put-job
export const endpoints = ["/projects/web/jobs/manual"];
export const byType = (type, request) => client.put.job[type](request);
expect(client.put.job.manual).toHaveBeenCalled();
execFileSync("northflank", ["put", "job", "manual", "--projectId", "web"]);
export const fake = { put: { job: { manual: jest.fn() } } };
