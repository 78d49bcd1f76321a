import { show, retries } from "./show.mjs";

const response = await fetch("https://api.northflank.com/v1/projects/web/jobs", {
  method: "PUT",
  body: JSON.stringify({ name: "a", settings: { backoffLimit: 4 } }),
});
const { data: job } = await response.json();
show(job);
console.log(retries(job));
