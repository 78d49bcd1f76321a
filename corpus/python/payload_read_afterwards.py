# run
# expect: either
import requests

payload = {"name": "Nightly", "backoffLimit": 3}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
print("retries:", payload["backoffLimit"], payload.get("runOnSourceChange", "unset"))
