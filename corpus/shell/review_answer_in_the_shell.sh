# expect: review http-call the shell looks for `backoffLimit`
ANSWER=$(curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d '{"name": "nightly", "backoffLimit": 1}')
REST=${ANSWER#*\"backoffLimit\":}
echo "${REST%%,*}"
