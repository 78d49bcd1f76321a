# run
API="https://api.northflank.com/v1"
URL="$API/projects/my-project/jobs/manual"
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}' "$URL"
curl -sS -X POST -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}' "$URL"
# output
API="https://api.northflank.com/v1"
URL="$API/projects/my-project/jobs"
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}' "$URL"
curl -sS -X POST -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}' "$URL"
