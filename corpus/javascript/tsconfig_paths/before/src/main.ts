import { api, defaults } from "#/lib";

await api.put.job.manual({ parameters: { projectId: "a" }, data: { name: "x", ...defaults } });
