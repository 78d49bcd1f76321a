# run
# expect: either
import requests

payload = {"name": "Nightly", "backoffLimit": 0}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
requests.post("https://api.northflank.com/v1/projects/web/audit", json=payload, timeout=10)
