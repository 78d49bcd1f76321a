import { state, retries } from "./store.mjs";

async function put(name) {
  const response = await fetch("https://api.northflank.com/v1/projects/web/jobs/manual", {
    method: "PUT",
    body: JSON.stringify({ name, backoffLimit: 2 }),
  });
  state.job = (await response.json()).data;
}

await put("a");
console.log(retries());
