# run
# expect: either
import requests


def put(path, body):
    return requests.put("https://api.northflank.com/v1" + path, json=body, timeout=10)


put("/projects/web/jobs/manual", {"name": "Nightly", "backoffLimit": 0})
