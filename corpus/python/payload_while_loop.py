# run
# expect: either
import requests

payload = {"name": "Nightly", "backoffLimit": 0}
while payload["backoffLimit"] < 3:
    payload["backoffLimit"] += 1
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
