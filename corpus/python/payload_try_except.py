# run
# expect: either
import requests

payload = {"name": "Nightly", "backoffLimit": 0}
try:
    payload["activeDeadlineSeconds"] = int("sixty")
except ValueError:
    payload["activeDeadlineSeconds"] = None
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
