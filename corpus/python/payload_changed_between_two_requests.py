# run
# expect: either
import requests

payload = {"name": "Nightly", "backoffLimit": 3}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
payload["backoffLimit"] = 9
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
