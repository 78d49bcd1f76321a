# expect: review http-call
import requests

config = load()
body = {"name": "Nightly"}
for key in ("backoffLimit", "runOnSourceChange"):
    body[key] = config[key]
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=10)
