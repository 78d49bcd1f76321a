// expect: review client-call also used at line 7
import { ApiClient } from "@northflank/js-client";
import { save } from "./store.js";

export async function put(api) {
  const data = { name: "x", backoffLimit: 0 };
  await api.put.job.manual({ parameters: { projectId: "web" }, data });
  await save("job", data);
}
