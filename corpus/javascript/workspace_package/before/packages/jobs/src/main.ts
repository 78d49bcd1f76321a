import { api } from "@acme/api";

await api.put.job.manual({ parameters: { projectId: "a" }, data: { name: "x", backoffLimit: 1 } });
