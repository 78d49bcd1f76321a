# run
# expect: either
import requests

payload = {"name": "Nightly", "backoffLimit": 0, "runOnSourceChange": "never"}
payload.setdefault("activeDeadlineSeconds", 600)
payload.pop("runOnSourceChange")
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
