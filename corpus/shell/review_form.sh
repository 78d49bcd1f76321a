# expect: review http-call several parts
curl -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d name=nightly -d backoffLimit=0
