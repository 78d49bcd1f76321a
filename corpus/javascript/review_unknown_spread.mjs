// expect: review client-call not in reach
// expect: review client-call comes from the callers
import { ApiClient } from "@northflank/js-client";
import { defaults } from "some-package";

export const put = (api) => api.put.job.manual({ parameters, data: { ...defaults(), backoffLimit: 0 } });
export const create = (api, data) => api.create.job.manual({ parameters, data });
