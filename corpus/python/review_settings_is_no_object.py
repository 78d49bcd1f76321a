# expect: review http-call settings
import requests

requests.put(
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    json={"name": "Nightly", "backoffLimit": 1, "settings": None},
    timeout=10,
)
