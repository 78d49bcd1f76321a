# expect: review http-call backoffLimit
import requests

requests.put(
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    json={"name": "Nightly", "backoffLimit": 1, "settings": {"backoffLimit": True}},
    timeout=10,
)
