# expect: review http-call
import requests


def put(**body):
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=10)
