# expect: review http-call|endpoint-name `/jobs/manual` to `/jobs`
cmd="curl -X PUT https://api.northflank.com/v1/projects/main/jobs/manual -d @job.json"
eval "$cmd"
