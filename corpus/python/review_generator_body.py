# expect: review http-call
import requests


def chunks():
    yield b'{"name": "Nightly", '
    yield b'"backoffLimit": 0}'


requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", data=chunks(), timeout=10)
