// run
const res = await fetch(new Request("https://api.northflank.com/v1/projects/p/jobs/manual", { method: "PUT", body: JSON.stringify({ name: "a", backoffLimit: 1 }) }));
const { data } = await res.json();
console.log(data.backoffLimit);
// output
const res = await fetch(new Request("https://api.northflank.com/v1/projects/p/jobs", { method: "PUT", body: JSON.stringify({ name: "a", settings: { backoffLimit: 1 } }) }));
const { data } = await res.json();
console.log(data.settings.backoffLimit);
