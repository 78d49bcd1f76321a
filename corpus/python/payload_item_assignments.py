# run
# expect: rewrite
import requests

payload = {"name": "Nightly"}
payload["backoffLimit"] = 0
payload["runOnSourceChange"] = "never"
payload["description"] = "x"
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
