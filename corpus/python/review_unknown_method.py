# expect: review http-call|endpoint-name
import requests


def send(method, body):
    return requests.request(method, "https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=10)
