# run
BODY=$(cat <<'JSON'
{
  "name": "nightly",
  "backoffLimit": 0,
  "runtimeEnvironment": {"backoffLimit": "stays"}
}
JSON
)
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d "$BODY" https://api.northflank.com/v1/projects/my-project/jobs/manual
# output
BODY=$(cat <<'JSON'
{
  "name": "nightly",
  "settings": {
    "backoffLimit": 0
  },
  "runtimeEnvironment": {"backoffLimit": "stays"}
}
JSON
)
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d "$BODY" https://api.northflank.com/v1/projects/my-project/jobs
