# run
bash -c 'curl -sS -X PUT -H "Content-Type: application/json" -d "{\"name\": \"nightly\", \"backoffLimit\": 0}" https://api.northflank.com/v1/projects/my-project/jobs/manual'
# output
bash -c 'curl -sS -X PUT -H "Content-Type: application/json" -d "{\"name\": \"nightly\", \"settings\": {\"backoffLimit\": 0}}" https://api.northflank.com/v1/projects/my-project/jobs'
