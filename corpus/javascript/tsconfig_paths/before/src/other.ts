import { api, defaults } from "~lib";

await api.create.job.manual({ parameters: { projectId: "a" }, data: { name: "y", ...defaults } });
