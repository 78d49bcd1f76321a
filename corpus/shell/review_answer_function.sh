# expect: review http-call reads a moved key
show() { jq -r .data.backoffLimit; }
curl -sS -X PUT -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0}' https://api.northflank.com/v1/projects/my-project/jobs/manual | show
