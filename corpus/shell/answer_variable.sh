# run
answer=$(curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}' https://api.northflank.com/v1/projects/my-project/jobs/manual)
echo "$answer" | jq -r '.data.backoffLimit'
jq -r .data.runOnSourceChange <<< "$answer"
# output
answer=$(curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}' https://api.northflank.com/v1/projects/my-project/jobs)
echo "$answer" | jq -r '.data.settings.backoffLimit'
jq -r .data.settings.runOnSourceChange <<< "$answer"
