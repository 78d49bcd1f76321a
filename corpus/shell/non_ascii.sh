# run
# Zürich — 日本 😀
GRÜN=1; echo "😀"
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' https://api.northflank.com/v1/projects/my-project/jobs/manual -d '{"name": "nightly", "description": "größer 😀", "backoffLimit": 0}'
# output
# Zürich — 日本 😀
GRÜN=1; echo "😀"
curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' https://api.northflank.com/v1/projects/my-project/jobs -d '{"name": "nightly", "description": "größer 😀", "settings": {"backoffLimit": 0}}'
