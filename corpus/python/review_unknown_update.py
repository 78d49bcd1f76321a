# expect: review http-call
import requests


def put(overrides):
    body = {"name": "Nightly", "backoffLimit": 0}
    body.update(overrides)
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=10)
