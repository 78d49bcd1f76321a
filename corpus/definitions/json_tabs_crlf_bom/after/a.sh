curl -X PUT https://api.northflank.com/v1/projects/p/jobs -d @job.json
