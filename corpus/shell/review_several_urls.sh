# expect: review http-call|endpoint-name
curl -X PUT -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0}' https://api.northflank.com/v1/projects/my-project/jobs/manual https://api.northflank.com/v1/projects/my-project-2/jobs/manual
