# expect: review http-call
import requests


def put(name):
    payload = TEMPLATES[name]
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
