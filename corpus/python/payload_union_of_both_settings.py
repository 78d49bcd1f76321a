# run
# expect: either
import requests

COMMON = {"runOnSourceChange": "never", "backoffLimit": 1}
payload = COMMON | {"name": "Nightly", "backoffLimit": 0}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
