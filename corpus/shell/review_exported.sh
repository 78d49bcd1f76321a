# expect: review http-call exported
export BODY='{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}'
curl -X PUT https://api.northflank.com/v1/projects/my-project/jobs/manual -d "$BODY"
python3 send.py
