# expect: review http-call
import requests


def put(extra):
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0} | extra, timeout=10)
