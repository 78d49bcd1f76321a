# expect: review http-call method
curl -X "$METHOD" https://api.northflank.com/v1/projects/my-project/jobs/manual -d '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}'
