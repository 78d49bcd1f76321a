// expect: review test-double looks at
import { http, HttpResponse } from "msw";

http.put("https://api.northflank.com/v1/projects/:projectId/jobs/manual", async ({ request }) => {
  const body = await request.json();
  return HttpResponse.json({ data: { retries: body.backoffLimit } });
});
