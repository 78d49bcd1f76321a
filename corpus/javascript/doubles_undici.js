import { MockAgent, setGlobalDispatcher } from "undici";

const agent = new MockAgent();
setGlobalDispatcher(agent);
agent
  .get("https://api.northflank.com")
  .intercept({ path: "/v1/projects/web/jobs/manual", method: "PUT" })
  .reply(200, { data: { name: "x", backoffLimit: 3 } });
// output
import { MockAgent, setGlobalDispatcher } from "undici";

const agent = new MockAgent();
setGlobalDispatcher(agent);
agent
  .get("https://api.northflank.com")
  .intercept({ path: "/v1/projects/web/jobs", method: "PUT" })
  .reply(200, { data: { name: "x", settings: { backoffLimit: 3 } } });
