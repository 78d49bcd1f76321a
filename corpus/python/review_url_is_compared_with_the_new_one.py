# expect: review http-call told apart
# run
import requests

MANUAL = "https://api.northflank.com/v1/projects/web/jobs/manual"
ANY = "https://api.northflank.com/v1/projects/web/jobs"


def send(url, body):
    if url == ANY:
        body = {**body, "labels": {}}
    return requests.put(url, json=body, timeout=10)


print(send(MANUAL, {"name": "n", "backoffLimit": 1}).status_code)
