set body '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}'
curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d $body
# output
set body '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}'
curl -sS -X PUT https://api.northflank.com/v1/projects/my-project/jobs -d $body
