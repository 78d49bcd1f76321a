// expect: review http-call JSON.stringify
const url = "https://api.northflank.com/v1/projects/web/jobs/manual";
await fetch(url, {
  method: "PUT",
  body: JSON.stringify({ name: "a", backoffLimit: 1, secret: 2 }, ["name", "backoffLimit"]),
});
