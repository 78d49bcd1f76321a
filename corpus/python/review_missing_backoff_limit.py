# expect: review http-call backoffLimit
import requests

requests.put(
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    json={"name": "Nightly", "runOnSourceChange": "never"},
    timeout=10,
)
