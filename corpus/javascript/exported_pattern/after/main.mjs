import { put, createJob } from "./index.mjs";

const parameters = { projectId: "web" };
const first = await put.job({ parameters, data: { name: "a", settings: { backoffLimit: 2 } } });
const second = await createJob({ parameters, data: { name: "b", settings: { backoffLimit: 3 } } });
console.log(first.data.settings.backoffLimit, second.data.settings.backoffLimit);
