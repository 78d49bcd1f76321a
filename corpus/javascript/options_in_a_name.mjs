// run
import axios from "axios";

const config = {
  method: "put",
  url: "https://api.northflank.com/v1/projects/web/jobs/manual",
  data: { name: "a", backoffLimit: 1 },
};
await axios(config);
const { data } = await axios.request(config);
console.log(config.method, data.data.backoffLimit);
// output
import axios from "axios";

const config = {
  method: "put",
  url: "https://api.northflank.com/v1/projects/web/jobs",
  data: { name: "a", settings: { backoffLimit: 1 } },
};
await axios(config);
const { data } = await axios.request(config);
console.log(config.method, data.data.settings.backoffLimit);
