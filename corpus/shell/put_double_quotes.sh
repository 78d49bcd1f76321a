# run
NAME=nightly
curl -sS --request PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d "{\"name\": \"$NAME\", \"backoffLimit\": 3}" "https://api.northflank.com/v1/projects/my-project/jobs/manual"
# output
NAME=nightly
curl -sS --request PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d "{\"name\": \"$NAME\", \"settings\": {\"backoffLimit\": 3}}" "https://api.northflank.com/v1/projects/my-project/jobs"
