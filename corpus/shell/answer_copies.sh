# run
answer=$(curl -sS https://api.northflank.com/v1/projects/my-project/jobs/nightly)
answer=$(curl -sS -X PUT -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0}' https://api.northflank.com/v1/projects/my-project/jobs/manual)
copy="$answer"
echo "$copy" | jq .data.backoffLimit
answer=$(curl -sS https://api.northflank.com/v1/projects/my-project/jobs/manual)
echo "$answer" | jq .data.backoffLimit
# output
answer=$(curl -sS https://api.northflank.com/v1/projects/my-project/jobs/nightly)
answer=$(curl -sS -X PUT -H 'Content-Type: application/json' -d '{"name": "nightly", "settings": {"backoffLimit": 0}}' https://api.northflank.com/v1/projects/my-project/jobs)
copy="$answer"
echo "$copy" | jq .data.settings.backoffLimit
answer=$(curl -sS https://api.northflank.com/v1/projects/my-project/jobs/manual)
echo "$answer" | jq .data.backoffLimit
