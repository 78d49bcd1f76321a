# run
# expect: either
import requests

fast = True
if fast:
    payload = {"name": "Nightly", "backoffLimit": 0}
else:
    payload = {"name": "Nightly", "backoffLimit": 5, "activeDeadlineSeconds": 3600}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
