curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' https://api.northflank.com/v1/projects/my-project/jobs/put-job -d '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}'
# output
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' https://api.northflank.com/v1/projects/my-project/jobs -d '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}'
