import { api } from "@acme/api";

await api.put.job({ parameters: { projectId: "a" }, data: { name: "x", settings: { backoffLimit: 1 } } });
