// run
import axios from "axios";

const BASE = "https://api.northflank.com/v1";
const client = axios.create({ baseURL: BASE, headers: { Authorization: "Bearer secret" } });
const { data } = await axios.put(`${BASE}/projects/web/jobs/manual`, { name: "a", backoffLimit: 1 });
console.log(data.data.backoffLimit);
const response = await client.post("/projects/web/jobs/manual", { name: "b", backoffLimit: 2 }, { timeout: 1000 });
console.log(response.data.data.backoffLimit);
await axios({ method: "put", url: `${BASE}/projects/web/jobs/cron`, data: { name: "c", backoffLimit: 0, suspended: true } });
await client.request({ method: "PATCH", url: "/projects/web/jobs/manual/a", data: { activeDeadlineSeconds: 9 } });
// output
import axios from "axios";

const BASE = "https://api.northflank.com/v1";
const client = axios.create({ baseURL: BASE, headers: { Authorization: "Bearer secret" } });
const { data } = await axios.put(`${BASE}/projects/web/jobs`, { name: "a", settings: { backoffLimit: 1 } });
console.log(data.data.settings.backoffLimit);
const response = await client.post("/projects/web/jobs", { name: "b", settings: { backoffLimit: 2 } }, { timeout: 1000 });
console.log(response.data.data.settings.backoffLimit);
await axios({ method: "put", url: `${BASE}/projects/web/jobs`, data: { name: "c", settings: { backoffLimit: 0, cron: { suspended: true } } } });
await client.request({ method: "PATCH", url: "/projects/web/jobs/a", data: { settings: { activeDeadlineSeconds: 9 } } });
