const { MANUAL } = require("./paths");
const makeBody = require("./body");

async function main() {
  const response = await fetch(MANUAL, { method: "PUT", body: JSON.stringify(makeBody("x")) });
  const { data } = await response.json();
  console.log(data.name, data.settings.backoffLimit);
}

main();
