# run
echo '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}' | curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d @- https://api.northflank.com/v1/projects/my-project/jobs/manual
cat <<EOF | curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' --data-binary @- https://api.northflank.com/v1/projects/my-project/jobs/manual
{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}
EOF
# output
echo '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}' | curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' -d @- https://api.northflank.com/v1/projects/my-project/jobs
cat <<EOF | curl -sS -X PUT -H "Authorization: Bearer $NORTHFLANK_TOKEN" -H 'Content-Type: application/json' --data-binary @- https://api.northflank.com/v1/projects/my-project/jobs
{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}
EOF
