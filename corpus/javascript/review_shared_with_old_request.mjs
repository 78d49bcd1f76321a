// expect: review http-call also used
// expect: review http-call
const body = { name: "a", backoffLimit: 1 };
const url = "https://api.northflank.com/v1/projects/web/jobs/manual";
await fetch(url, { method: "PUT", body: JSON.stringify(body) });
await fetch(url, { method: "PUT", body: encode(Buffer.from(JSON.stringify(body))) });
