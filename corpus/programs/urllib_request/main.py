import json
import os
import urllib.request

API = os.environ["NORTHFLANK_API_URL"]


def call(method, path, payload):
    request = urllib.request.Request(
        API + path,
        data=json.dumps(payload).encode("utf-8"),
        headers={"Content-Type": "application/json"},
        method=method,
    )
    with urllib.request.urlopen(request) as response:
        return response.status, json.load(response)


status, answer = call("PUT", "/v1/projects/web/jobs/manual", {"name": "Nightly", "backoffLimit": 0})
print(status, answer["data"]["id"])
status, answer = call("POST", "/v1/projects/web/jobs/manual", {"name": "Hourly", "backoffLimit": 1})
print(status, answer["data"]["id"])
