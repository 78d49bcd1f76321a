# expect: review http-call
import requests

BODY = {"name": "Nightly", "backoffLimit": 0}


def relax(body):
    body["backoffLimit"] = 5


relax(BODY)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=BODY, timeout=10)
