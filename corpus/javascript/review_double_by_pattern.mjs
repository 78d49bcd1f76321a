// expect: review endpoint-name A pattern
import nock from "nock";

nock("https://api.northflank.com").put(/\/jobs\/manual$/).reply(200, { data: { backoffLimit: 1 } });
