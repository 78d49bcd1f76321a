# expect: review http-call may be the file that the answer is in
DIR=$(mktemp -d)
curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d '{"name": "nightly", "backoffLimit": 1}' -o "$DIR/answer.json"
(cd "$DIR" && jq .data.backoffLimit answer.json)
