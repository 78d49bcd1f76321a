# expect: review http-call different values
curl -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d '{"backoffLimit": 0, "settings": {"backoffLimit": 1}}'
