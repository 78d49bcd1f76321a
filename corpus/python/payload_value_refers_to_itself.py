# run
# expect: either
import requests

payload = {"name": "Nightly", "backoffLimit": 2}
payload["description"] = f"retries {payload['backoffLimit']} times"
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
