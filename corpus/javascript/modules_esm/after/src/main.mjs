import { readFileSync } from "node:fs";
import { nightly, once } from "./bodies.mjs";
import { client } from "./client.mjs";
import { PATHS } from "./paths.mjs";
import { send } from "./send.mjs";

const parameters = { projectId: "web" };
const first = await client.put.job({ parameters, data: nightly });
console.log(first.data.settings.backoffLimit);
await client.create.job({ parameters, data: once("a", 60) });
const made = await send("PUT", PATHS.manual, { name: "b", settings: { backoffLimit: 1 } });
console.log(made.name, made.settings.backoffLimit);
const stored = JSON.parse(readFileSync("job.json", "utf8"));
await client.put.job({ parameters, data: stored });
