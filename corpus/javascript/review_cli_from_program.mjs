// expect: review cli-call northflank put job
// expect: review cli-call northflank create job
// expect: review cli-call northflank patch job
// expect: review cli-call northflank put job
import { execa, $ } from "execa";
import { execFile, execSync } from "node:child_process";

await execa("northflank", ["put", "job", "manual", "--projectId", "web", "-f", "job.json"]);
execSync("northflank create job manual --projectId web -f job.json");
const args = ["patch", "job", "manual"];
execFile("northflank", args);
await $`northflank put job manual --projectId web`;
