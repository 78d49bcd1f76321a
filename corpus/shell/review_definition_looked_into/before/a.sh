curl -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d @job.json
jq .backoffLimit job.json
