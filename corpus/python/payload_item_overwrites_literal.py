# run
# expect: either
import requests

payload = {"name": "Nightly", "backoffLimit": 0}
payload["backoffLimit"] = 5
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
