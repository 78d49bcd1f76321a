# expect: review http-call
import requests


def put(payload):
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
# output
import requests


def put(payload):
    requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
