# expect: review http-call backoffLimit
import requests

body = {"name": "Nightly"}
if retries:
    body["backoffLimit"] = retries
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=10)
