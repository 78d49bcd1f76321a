import { api, defaults } from "~lib";

await api.create.job({ parameters: { projectId: "a" }, data: { name: "y", ...defaults } });
