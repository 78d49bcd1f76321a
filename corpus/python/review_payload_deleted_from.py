# expect: review http-call
import requests

body = {"name": "Nightly", "backoffLimit": 0, "runOnSourceChange": "never"}
for key in unwanted():
    body.pop(key, None)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=10)
