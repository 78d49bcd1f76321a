# run
# expect: either
import requests

deadline = None
payload = {"name": "Nightly", "backoffLimit": 0, "activeDeadlineSeconds": deadline, "description": None}
payload = {key: value for key, value in payload.items() if value is not None}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
