import os

import requests

NORTHFLANK = os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web"


def put(limit):
    response = requests.put(f"{NORTHFLANK}/jobs/manual", json={"name": "Nightly", "backoffLimit": limit}, timeout=10)
    body = response.json()
    if "error" in body:
        print("error", body["error"]["message"])
        return
    job = body["data"]
    limit_now = job["backoffLimit"]
    print(job["id"], limit_now, body["data"]["backoffLimit"] + 1, job["jobType"])


put(1)
put(7)
