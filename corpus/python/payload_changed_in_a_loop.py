# run
# expect: either
import requests

payload = {"name": "Nightly", "backoffLimit": 0}
for limit in (1, 2):
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
    payload["backoffLimit"] = limit
