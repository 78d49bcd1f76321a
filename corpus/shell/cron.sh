# run
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' https://api.northflank.com/v1/projects/my-project/jobs/cron -d '{"name": "nightly", "backoffLimit": 0, "schedule": "0 3 * * *", "suspended": false}'
# output
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' https://api.northflank.com/v1/projects/my-project/jobs -d '{"name": "nightly", "settings": {"backoffLimit": 0, "cron": {"schedule": "0 3 * * *", "suspended": false}}}'
