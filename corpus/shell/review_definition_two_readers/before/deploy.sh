curl -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d @job.json
curl -X "$METHOD" https://api.northflank.com/v1/projects/my-project/jobs/manual -d @job.json
