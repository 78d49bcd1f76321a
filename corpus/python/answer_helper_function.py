# run
# expect: either
import requests


def data(response):
    response.raise_for_status()
    return response.json()["data"]


job = data(requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10))
print(job["backoffLimit"], job["name"])
