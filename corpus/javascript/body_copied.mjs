// run
const body = Object.freeze({ name: "a", backoffLimit: 1 });
const url = "https://api.northflank.com/v1/projects/web/jobs/manual";
await fetch(url, { method: "PUT", body: JSON.stringify(structuredClone(body)) });
await fetch(url, { method: "PUT", body: JSON.stringify({ ...body }) });
await fetch(url, { method: "PUT", body: Buffer.from(JSON.stringify(body)) });
const text = JSON.stringify(body, null, 2);
await fetch(url, { method: "PUT", body: text, headers: { "x-length": String(text.length) } });
// output
const body = Object.freeze({ name: "a", settings: { backoffLimit: 1 } });
const url = "https://api.northflank.com/v1/projects/web/jobs";
await fetch(url, { method: "PUT", body: JSON.stringify(structuredClone(body)) });
await fetch(url, { method: "PUT", body: JSON.stringify({ ...body }) });
await fetch(url, { method: "PUT", body: Buffer.from(JSON.stringify(body)) });
const text = JSON.stringify(body, null, 2);
await fetch(url, { method: "PUT", body: text, headers: { "x-length": String(text.length) } });
