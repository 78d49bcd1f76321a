# our scheduler
curl -X POST "https://ci.example.com/api/v4/projects/7/jobs/manual" -d '{"backoffLimit": 0}'
