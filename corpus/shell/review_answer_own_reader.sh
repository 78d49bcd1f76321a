# expect: review http-call `reader` reads a moved key
reader() { jq -r "$@"; }
curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d '{"name": "nightly", "backoffLimit": 1}' | reader .data.backoffLimit
