// expect: review client-call verb that is not known
// expect: review client-call verb that is not known
// expect: review client-call type that is not known
import { ApiClient } from "@northflank/js-client";

export async function apply(contexts, verbs, exists, type, options) {
  const api = new ApiClient(contexts);
  for (const verb of verbs) await api[verb].job.manual(options);
  await (exists ? api.patch : api.create).job.manual(options);
  await api.put.job[type](options);
}
