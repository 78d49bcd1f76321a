# expect: review http-call answer
import requests

base = "https://api.northflank.com/v1"
jobs = [
    requests.put(f"{base}/projects/{p}/jobs/manual", json={"name": p, "backoffLimit": 1}).json()["data"]
    for p in ("a", "b")
]
print([job["backoffLimit"] for job in jobs])
