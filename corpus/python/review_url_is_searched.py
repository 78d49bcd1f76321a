# expect: review http-call handed to something else
# run
import requests


def send(url, body):
    if url.endswith("/manual"):
        body = {**body, "labels": {}}
    return requests.put(url, json=body, timeout=10)


print(send("https://api.northflank.com/v1/projects/web/jobs/manual", {"name": "n", "backoffLimit": 1}).status_code)
