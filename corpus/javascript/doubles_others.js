import fetchMock from "fetch-mock";
import axios from "axios";
import MockAdapter from "axios-mock-adapter";

fetchMock.put("https://api.northflank.com/v1/projects/web/jobs/manual", { data: { backoffLimit: 1 } });
const mock = new MockAdapter(axios);
mock.onPost("https://api.northflank.com/v1/projects/web/jobs/cron").reply(201, { data: { schedule: "0 0 * * *" } });
// output
import fetchMock from "fetch-mock";
import axios from "axios";
import MockAdapter from "axios-mock-adapter";

fetchMock.put("https://api.northflank.com/v1/projects/web/jobs", { data: { settings: { backoffLimit: 1 } } });
const mock = new MockAdapter(axios);
mock.onPost("https://api.northflank.com/v1/projects/web/jobs").reply(201, { data: { settings: { cron: { schedule: "0 0 * * *" } } } });
