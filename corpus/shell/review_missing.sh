# expect: review http-call missing
curl -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d '{"name": "nightly"}'
