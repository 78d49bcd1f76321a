# expect: review http-call
curl -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d "$1"
curl -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d "$(make_body)"
curl -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d "$PAYLOAD"
