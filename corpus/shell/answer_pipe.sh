# run
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}' https://api.northflank.com/v1/projects/my-project/jobs/manual | jq -r '.data.backoffLimit, .data.name'
# output
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}' https://api.northflank.com/v1/projects/my-project/jobs | jq -r '.data.settings.backoffLimit, .data.name'
