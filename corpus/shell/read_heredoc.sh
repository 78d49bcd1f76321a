# run
read -r -d '' BODY <<'JSON' || true
{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}
JSON
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d "$BODY" https://api.northflank.com/v1/projects/my-project/jobs/manual
# output
read -r -d '' BODY <<'JSON' || true
{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}
JSON
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d "$BODY" https://api.northflank.com/v1/projects/my-project/jobs
