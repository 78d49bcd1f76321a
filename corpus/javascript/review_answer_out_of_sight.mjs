// expect: review http-call goes out of sight
import { render } from "./view.js";

const response = await fetch("https://api.northflank.com/v1/projects/web/jobs/manual", {
  method: "PUT",
  body: JSON.stringify({ name: "x", backoffLimit: 0 }),
});
render(await response.json(), (job) => job.backoffLimit);
