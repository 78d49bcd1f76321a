# run
# expect: either
import requests

BASE = {"name": "Nightly", "backoffLimit": 0}
body = BASE.copy()
body["backoffLimit"] = 4
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=10)
print(BASE["backoffLimit"])
