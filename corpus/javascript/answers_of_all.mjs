// run
const url = "https://api.northflank.com/v1/projects/p/jobs/manual";
const [one, two] = await Promise.all([
  fetch(url, { method: "PUT", body: JSON.stringify({ name: "a", backoffLimit: 1 }) }),
  fetch(url, { method: "PUT", body: JSON.stringify({ name: "a", backoffLimit: 1 }) }),
]);
console.log((await one.json()).data.backoffLimit, two.status);
// output
const url = "https://api.northflank.com/v1/projects/p/jobs";
const [one, two] = await Promise.all([
  fetch(url, { method: "PUT", body: JSON.stringify({ name: "a", settings: { backoffLimit: 1 } }) }),
  fetch(url, { method: "PUT", body: JSON.stringify({ name: "a", settings: { backoffLimit: 1 } }) }),
]);
console.log((await one.json()).data.settings.backoffLimit, two.status);
