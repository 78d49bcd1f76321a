# run
# expect: rewrite
import requests

requests.put(
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    data='{"name": "Nightly", "backoffLimit": 0, "runOnSourceChange": "never"}',
    headers={"Content-Type": "application/json"},
    timeout=10,
)
