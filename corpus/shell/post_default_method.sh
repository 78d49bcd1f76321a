# run
curl -sS -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' https://api.northflank.com/v1/projects/my-project/jobs/manual \
  --data-raw '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}'
# output
curl -sS -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' https://api.northflank.com/v1/projects/my-project/jobs \
  --data-raw '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}'
