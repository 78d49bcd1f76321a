# expect: review http-call
curl -X PUT -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0}' https://api.northflank.com/v1/projects/my-project/jobs/manual --next https://api.northflank.com/v1/projects/my-project/jobs/nightly
