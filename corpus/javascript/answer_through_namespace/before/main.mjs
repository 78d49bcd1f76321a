import { jobs } from "./index.mjs";

const job = await jobs.put("a");
console.log(job.backoffLimit);
