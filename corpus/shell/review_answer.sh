# expect: review http-call reads a moved key
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}' https://api.northflank.com/v1/projects/my-project/jobs/manual | jq -r '.data | {name, backoffLimit}'
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}' https://api.northflank.com/v1/projects/my-project/jobs/manual | grep -o '"backoffLimit":[0-9]*'
