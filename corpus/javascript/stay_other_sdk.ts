import Finch from "@tryfinch/finch-api";

const client = new Finch({ accessToken: process.env.FINCH_TOKEN });
const automated = await client.jobs.automated.create({ type: "data_sync_all" });
const manual = await client.jobs.manual.retrieve(jobId);
await client.create.job.manual({ data: { name: "sync", retries: 3 } });
console.log(automated, manual);
