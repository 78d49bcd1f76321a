# run
# expect: either
import requests


def clean(body):
    return {key: value for key, value in body.items() if value}


requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=clean({"name": "Nightly", "backoffLimit": 3, "activeDeadlineSeconds": None}), timeout=10)
