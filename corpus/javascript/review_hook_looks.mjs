// expect: review http-call a hook at
import axios from "axios";

const client = axios.create({
  baseURL: "https://api.northflank.com/v1/",
  transformRequest: [(data) => ({ backoffLimit: 3, ...data }), ...axios.defaults.transformRequest],
});
await client.put("projects/web/jobs/manual", { name: "a", backoffLimit: 2 });
