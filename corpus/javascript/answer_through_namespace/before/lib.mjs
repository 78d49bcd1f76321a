export async function put(name) {
  const response = await fetch("https://api.northflank.com/v1/projects/web/jobs/manual", {
    method: "PUT",
    body: JSON.stringify({ name, backoffLimit: 2 }),
  });
  return (await response.json()).data;
}
