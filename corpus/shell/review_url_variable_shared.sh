# expect: review http-call used in line
URL="https://api.northflank.com/v1/projects/my-project/jobs/manual"
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}' "$URL"
curl -sS "$URL"
