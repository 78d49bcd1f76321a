// run
const API = "https://api.northflank.com/v1";

async function request(method, path, body) {
  const response = await fetch(`${API}${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return response.json();
}

class Jobs {
  #project;
  constructor(project) {
    this.#project = project;
  }
  async send(method, path, payload) {
    const answer = await fetch(API + path, { method, body: JSON.stringify(payload) });
    return (await answer.json()).data;
  }
  put(job) {
    return this.send("PUT", `/projects/${this.#project}/jobs/manual`, job);
  }
}

const made = await request("POST", "/projects/web/jobs/manual", { name: "a", backoffLimit: 1 });
console.log(made.data.backoffLimit);
await request("PATCH", "/projects/web/jobs/manual/a", { runOnSourceChange: "never" });
const job = await new Jobs("web").put({ name: "b", backoffLimit: 2 });
console.log(job.name, job.backoffLimit);
// output
const API = "https://api.northflank.com/v1";

async function request(method, path, body) {
  const response = await fetch(`${API}${path}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return response.json();
}

class Jobs {
  #project;
  constructor(project) {
    this.#project = project;
  }
  async send(method, path, payload) {
    const answer = await fetch(API + path, { method, body: JSON.stringify(payload) });
    return (await answer.json()).data;
  }
  put(job) {
    return this.send("PUT", `/projects/${this.#project}/jobs`, job);
  }
}

const made = await request("POST", "/projects/web/jobs", { name: "a", settings: { backoffLimit: 1 } });
console.log(made.data.settings.backoffLimit);
await request("PATCH", "/projects/web/jobs/a", { settings: { runOnSourceChange: "never" } });
const job = await new Jobs("web").put({ name: "b", settings: { backoffLimit: 2 } });
console.log(job.name, job.settings.backoffLimit);
