// run
const res = await fetch("https://api.northflank.com/v1/projects/p/jobs/manual", {
  method: "PUT",
  body: JSON.stringify({ name: "a", backoffLimit: 1 }),
});
const { data } = await res.json();
console.error("done " + JSON.stringify(data));
console.log(`${data.id}`);
// output
const res = await fetch("https://api.northflank.com/v1/projects/p/jobs", {
  method: "PUT",
  body: JSON.stringify({ name: "a", settings: { backoffLimit: 1 } }),
});
const { data } = await res.json();
console.error("done " + JSON.stringify(data));
console.log(`${data.id}`);
