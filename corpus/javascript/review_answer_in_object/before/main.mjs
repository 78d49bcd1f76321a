import { put } from "./lib.mjs";

const { ok, job } = await put("a");
console.log(ok, job.backoffLimit);
