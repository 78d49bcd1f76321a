const base = "https://api.northflank.com/v1/projects/web";

export async function look(headers) {
  await fetch(`${base}/jobs/manual`, { headers });
  await fetch(`${base}/jobs/manual`, { method: "DELETE", headers });
  await fetch(`${base}/jobs/manual/runs`, { method: "POST", headers, body: "{}" });
  await fetch(`${base}/jobs/manual`, { method: "PATCH", headers, body: JSON.stringify({ backoffLimit: 1 }) });
  await fetch(`${base}/jobs/manual-job`, { method: "PUT", headers, body: "{}" });
}
