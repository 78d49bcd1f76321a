// run
import nock from "nock";
import axios from "axios";

const scope = nock("https://api.northflank.com");
scope
  .put("/v1/projects/web/jobs/manual", { name: "a", backoffLimit: 1 })
  .reply(200, { data: { name: "a", backoffLimit: 1, jobType: "manual" } });
nock("https://api.northflank.com/v1/projects/web").post("/jobs/manual").reply(201, { data: { id: "b" } });
nock.enableNetConnect();
nock.cleanAll();

const { data } = await axios.put("https://api.northflank.com/v1/projects/web/jobs/manual", { name: "a", backoffLimit: 1 });
console.log(data.data.backoffLimit);
// output
import nock from "nock";
import axios from "axios";

const scope = nock("https://api.northflank.com");
scope
  .put("/v1/projects/web/jobs", { name: "a", settings: { backoffLimit: 1 } })
  .reply(200, { data: { name: "a", settings: { backoffLimit: 1 }, jobType: "manual" } });
nock("https://api.northflank.com/v1/projects/web").post("/jobs").reply(201, { data: { id: "b" } });
nock.enableNetConnect();
nock.cleanAll();

const { data } = await axios.put("https://api.northflank.com/v1/projects/web/jobs", { name: "a", settings: { backoffLimit: 1 } });
console.log(data.data.settings.backoffLimit);
