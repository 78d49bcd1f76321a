// expect: review http-call which may be of it
// run
const FIELDS = ["name", "backoffLimit"];
const response = await fetch("https://api.northflank.com/v1/projects/web/jobs/manual", {
  method: "PUT",
  body: JSON.stringify({ name: "a", backoffLimit: 1 }),
});
const { data } = await response.json();
console.log(FIELDS.map((field) => data[field]).join());
