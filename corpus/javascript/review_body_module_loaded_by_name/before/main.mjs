import { job } from "./nightly.mjs";

await fetch("https://api.northflank.com/v1/projects/p/jobs/manual", { method: "PUT", body: JSON.stringify(job) });
