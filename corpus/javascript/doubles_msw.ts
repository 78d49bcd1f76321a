import { http, HttpResponse } from "msw";

export const handlers = [
  http.put("https://api.northflank.com/v1/projects/:projectId/jobs/manual", () => {
    return HttpResponse.json({
      data: {
        name: "nightly",
        backoffLimit: 0,
        jobType: "manual",
      },
    });
  }),
  http.patch("https://api.northflank.com/v1/projects/:projectId/jobs/manual/:jobId", () => new HttpResponse(null, { status: 404 })),
  http.get("https://api.northflank.com/v1/projects/:projectId/jobs/manual", () => HttpResponse.json({ data: {} })),
];
// output
import { http, HttpResponse } from "msw";

export const handlers = [
  http.put("https://api.northflank.com/v1/projects/:projectId/jobs", () => {
    return HttpResponse.json({
      data: {
        name: "nightly",
        settings: {
          backoffLimit: 0,
        },
        jobType: "manual",
      },
    });
  }),
  http.patch("https://api.northflank.com/v1/projects/:projectId/jobs/:jobId", () => new HttpResponse(null, { status: 404 })),
  http.get("https://api.northflank.com/v1/projects/:projectId/jobs/manual", () => HttpResponse.json({ data: {} })),
];
