# expect: review http-call
import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", data={"name": "Nightly", "backoffLimit": 0}, timeout=10)
