import { ApiClient } from "npm:@northflank/js-client@^0.7.27";
import { helper } from "npm:@northflank/js-client-extras@^0.7.27";

const api = new ApiClient(helper());
await api.put.job.manual({ parameters: { projectId: "web" }, data: { name: "a", backoffLimit: 1 } });
// output
import { ApiClient } from "npm:@northflank/js-client@^0.8.10";
import { helper } from "npm:@northflank/js-client-extras@^0.7.27";

const api = new ApiClient(helper());
await api.put.job({ parameters: { projectId: "web" }, data: { name: "a", settings: { backoffLimit: 1 } } });
