# run
# expect: either
import requests

requests.put(
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    json={"name": "Nightly", "backoffLimit": 0, "runOnSourceChange": "never", "backoffLimit": 1},
    timeout=10,
)
