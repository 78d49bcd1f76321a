curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' https://api.northflank.com/v1/projects/my-project/jobs/manual -d '{"name": "nightly", "backoffLimit": 0, "settings": {"backoffLimit": 0}}'
# output
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' https://api.northflank.com/v1/projects/my-project/jobs -d '{"name": "nightly", "settings": {"backoffLimit": 0}}'
