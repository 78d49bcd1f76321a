# expect: review http-call
import requests


def put(extra):
    body = {"name": "Nightly", "backoffLimit": 0, **extra}
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=10)
