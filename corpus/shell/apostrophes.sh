# run
curl -sS -X PUT -H 'Content-Type: application/json' -d '{"name": "it'"'"'s", "description": "it'\''s", "x": {"'"'"':'"'"'": 1}, "backoffLimit": 0, "runOnSourceChange": "ne'"'"'ver"}' https://api.northflank.com/v1/projects/my-project/jobs/manual
# output
curl -sS -X PUT -H 'Content-Type: application/json' -d '{"name": "it'"'"'s", "description": "it'\''s", "x": {"'"'"':'"'"'": 1}, "settings": {"backoffLimit": 0, "runOnSourceChange": "ne'"'"'ver"}}' https://api.northflank.com/v1/projects/my-project/jobs
