# expect: review http-call
import requests


def put(payload={"name": "Nightly", "backoffLimit": 0}):
    return requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
