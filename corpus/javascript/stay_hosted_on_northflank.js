// This dashboard is deployed on Northflank; the scheduler is our own.
import axios from "axios";

const api = axios.create({ baseURL: "/api" });

export const create = (job) => api.post("/jobs/manual", { title: job.title, retries: job.retries });
export const put = (job) => api.put("/jobs/manual", { name: job.name, backoffLimit: 3 });
export const change = (id) => fetch(`/api/jobs/manual/${id}`, { method: "PATCH", body: "{}" });
export async function save(job) {
  const response = await fetch("/jobs/manual", { method: "POST", body: JSON.stringify(job) });
  return response.json();
}
