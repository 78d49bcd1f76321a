import { api, defaults } from "#/lib";

await api.put.job({ parameters: { projectId: "a" }, data: { name: "x", ...defaults } });
