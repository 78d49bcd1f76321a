// run
const http = require("http");
const host = new URL("https://api.northflank.com");

const payload = JSON.stringify({ name: "a", backoffLimit: 1 });
const req = http.request(
  {
    hostname: host.hostname,
    port: host.port,
    path: "/v1/projects/web/jobs/manual",
    method: "PUT",
    headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(payload) },
  },
  (res) => {
    console.log(res.statusCode);
    res.resume();
  },
);
req.write(payload);
req.end();
// output
const http = require("http");
const host = new URL("https://api.northflank.com");

const payload = JSON.stringify({ name: "a", settings: { backoffLimit: 1 } });
const req = http.request(
  {
    hostname: host.hostname,
    port: host.port,
    path: "/v1/projects/web/jobs",
    method: "PUT",
    headers: { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(payload) },
  },
  (res) => {
    console.log(res.statusCode);
    res.resume();
  },
);
req.write(payload);
req.end();
