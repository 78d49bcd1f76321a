# run
args=(-sS -X PUT -H "Authorization: Bearer x")
args+=(-H 'Content-Type: application/json' --data '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}')
curl "${args[@]}" https://api.northflank.com/v1/projects/my-project/jobs/manual
# output
args=(-sS -X PUT -H "Authorization: Bearer x")
args+=(-H 'Content-Type: application/json' --data '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}')
curl "${args[@]}" https://api.northflank.com/v1/projects/my-project/jobs
