// run
import got from "got";
import ky from "ky";
import superagent from "superagent";
import { request } from "undici";
import nodeFetch from "node-fetch";

const BASE = "https://api.northflank.com/v1/projects/web";
const first = await got.put(`${BASE}/jobs/manual`, { json: { name: "a", backoffLimit: 1 } }).json();
console.log(first.data.backoffLimit);
const second = await ky.post(`${BASE}/jobs/manual`, { json: { name: "b", backoffLimit: 2 } }).json();
console.log(second.data.backoffLimit);
const third = await superagent.put(`${BASE}/jobs/manual`).set("X-Trace", "1").send({ name: "c", backoffLimit: 3 });
console.log(third.body.data.backoffLimit);
const { body } = await request(`${BASE}/jobs/cron`, {
  method: "PUT",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ name: "d", backoffLimit: 4, schedule: "0 0 * * *" }),
});
const { data } = await body.json();
console.log(data.backoffLimit, data.schedule);
await nodeFetch(`${BASE}/jobs/manual/a`, { method: "PATCH", body: JSON.stringify({ backoffLimit: 5 }) });
// output
import got from "got";
import ky from "ky";
import superagent from "superagent";
import { request } from "undici";
import nodeFetch from "node-fetch";

const BASE = "https://api.northflank.com/v1/projects/web";
const first = await got.put(`${BASE}/jobs`, { json: { name: "a", settings: { backoffLimit: 1 } } }).json();
console.log(first.data.settings.backoffLimit);
const second = await ky.post(`${BASE}/jobs`, { json: { name: "b", settings: { backoffLimit: 2 } } }).json();
console.log(second.data.settings.backoffLimit);
const third = await superagent.put(`${BASE}/jobs`).set("X-Trace", "1").send({ name: "c", settings: { backoffLimit: 3 } });
console.log(third.body.data.settings.backoffLimit);
const { body } = await request(`${BASE}/jobs`, {
  method: "PUT",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ name: "d", settings: { backoffLimit: 4, cron: { schedule: "0 0 * * *" } } }),
});
const { data } = await body.json();
console.log(data.settings.backoffLimit, data.settings.cron.schedule);
await nodeFetch(`${BASE}/jobs/a`, { method: "PATCH", body: JSON.stringify({ settings: { backoffLimit: 5 } }) });
