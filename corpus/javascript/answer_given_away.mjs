// expect: noted response-read writeFileSync
// expect: noted response-read return res.data
import axios from "axios";
import { writeFileSync } from "node:fs";

export async function put() {
  const res = await axios.put("https://api.northflank.com/v1/projects/p/jobs/manual", { name: "a", backoffLimit: 1 });
  return res.data;
}

export async function save() {
  const { data } = await axios.put("https://api.northflank.com/v1/projects/p/jobs/manual", { name: "a", backoffLimit: 1 });
  writeFileSync("job.json", JSON.stringify(data, null, 2));
}
// output
import axios from "axios";
import { writeFileSync } from "node:fs";

export async function put() {
  const res = await axios.put("https://api.northflank.com/v1/projects/p/jobs", { name: "a", settings: { backoffLimit: 1 } });
  return res.data;
}

export async function save() {
  const { data } = await axios.put("https://api.northflank.com/v1/projects/p/jobs", { name: "a", settings: { backoffLimit: 1 } });
  writeFileSync("job.json", JSON.stringify(data, null, 2));
}
