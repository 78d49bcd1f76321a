# run
# expect: either
import requests

payload = {"name": "Nightly", "backoffLimit": 3, "runOnSourceChange": "never"}
print(len(payload), sorted(payload), "backoffLimit" in payload)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
