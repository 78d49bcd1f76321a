// expect: review http-call out of sight
const [one, , last] = await Promise.all([
  fetch("https://api.northflank.com/v1/projects/p/jobs/manual", { method: "PUT", body: JSON.stringify({ name: "a", backoffLimit: 1 }) }),
  null,
  "last",
]);
console.log((await one.json()).data.backoffLimit, last);
