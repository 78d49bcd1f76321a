curl https://api.northflank.com/v1/projects/my-project/jobs/manual
curl -X DELETE https://api.northflank.com/v1/projects/my-project/jobs/manual
curl -X PATCH https://api.northflank.com/v1/projects/my-project/jobs/manual -d '{"backoffLimit": 1}'
curl -X POST https://api.northflank.com/v1/projects/my-project/jobs/manual/runs -d '{}'
curl -G https://api.northflank.com/v1/projects/my-project/jobs/manual -d page=2
curl -I https://api.northflank.com/v1/projects/my-project/jobs/manual
