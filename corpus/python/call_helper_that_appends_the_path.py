# run
# expect: either
import requests

BASE = "https://api.northflank.com/v1/projects/web"


def put_job(kind, body):
    return requests.put(f"{BASE}/jobs/{kind}", json=body, timeout=10)


put_job("manual", {"name": "Nightly", "backoffLimit": 0})
