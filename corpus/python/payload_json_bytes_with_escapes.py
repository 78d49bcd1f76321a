# run
# expect: either
import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", data=b'{"name": "Nightly", "backoffLimit": 0, "description": "\\u00e9\\n"}', headers={"Content-Type": "application/json"}, timeout=10)
