// expect: review http-call length of the body
await fetch("https://api.northflank.com/v1/projects/web/jobs/manual", {
  method: "PUT",
  body: '{"name":"a","backoffLimit":1}',
  headers: { "content-length": "29" },
});
