# run
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' --data '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}' https://api.northflank.com/v1/projects/my-project/jobs/manual
# output
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' --data '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}' https://api.northflank.com/v1/projects/my-project/jobs
