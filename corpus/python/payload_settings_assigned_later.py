# run
# expect: either
import requests

payload = {"name": "Nightly", "backoffLimit": 2}
payload["settings"] = {"backoffLimit": 2}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
