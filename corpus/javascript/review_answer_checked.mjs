// expect: review http-call looks for `"backoffLimit"`
// expect: review http-call looks for `backoffLimit: 1`
// run
import assert from "node:assert";

async function put(name) {
  const response = await fetch("https://api.northflank.com/v1/projects/web/jobs/manual", {
    method: "PUT",
    body: JSON.stringify({ name, backoffLimit: 1 }),
  });
  const { data } = await response.json();
  if ("backoffLimit" in data) console.log("limited");
  console.log(data.hasOwnProperty("id"));
}

async function check(name) {
  const response = await fetch("https://api.northflank.com/v1/projects/web/jobs/manual", {
    method: "PUT",
    body: JSON.stringify({ name, backoffLimit: 1 }),
  });
  const { data } = await response.json();
  assert.deepEqual(data, { name, backoffLimit: 1, jobType: "manual", id: name });
}

await put("a");
await check("b");
