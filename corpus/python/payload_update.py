# run
# expect: rewrite
import requests

payload = {"name": "Nightly", "backoffLimit": 0}
payload.update({"runOnSourceChange": "never", "description": "x"})
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
