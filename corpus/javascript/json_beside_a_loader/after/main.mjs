import { readFileSync } from "node:fs";

const body = JSON.parse(readFileSync(new URL("./data/job.json", import.meta.url)));
await fetch("https://api.northflank.com/v1/projects/p/jobs", { method: "PUT", body: JSON.stringify(body) });
