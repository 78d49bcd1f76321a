# expect: review http-call not known
BODY='{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}'
if [ -n "$QUICK" ]; then BODY='{"name": "quick", "backoffLimit": 1}'; fi
curl -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d "$BODY"
