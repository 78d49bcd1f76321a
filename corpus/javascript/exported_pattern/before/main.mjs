import { put, createJob } from "./index.mjs";

const parameters = { projectId: "web" };
const first = await put.job.manual({ parameters, data: { name: "a", backoffLimit: 2 } });
const second = await createJob.manual({ parameters, data: { name: "b", backoffLimit: 3 } });
console.log(first.data.backoffLimit, second.data.backoffLimit);
