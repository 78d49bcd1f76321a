// expect: review http-call not certain
// hosted by Northflank
const BASE = process.env.SCHEDULER_URL;

export const create = (job) => fetch(`${BASE}/jobs/manual`, { method: "POST", body: JSON.stringify({ id: job.id }) });
