# expect: review http-call
import requests


def put(name, **extra):
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=dict(name=name, backoffLimit=0, **extra), timeout=10)
