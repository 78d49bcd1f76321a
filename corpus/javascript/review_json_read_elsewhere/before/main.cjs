require("./log.cjs");
const body = require("./job");

fetch("https://api.northflank.com/v1/projects/web/jobs/manual", { method: "PUT", body: JSON.stringify(body) });
