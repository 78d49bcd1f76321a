# run
# expect: either
import requests


def with_deadline(body):
    body["activeDeadlineSeconds"] = 60
    return body


requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=with_deadline({"name": "Nightly", "backoffLimit": 3}), timeout=10)
