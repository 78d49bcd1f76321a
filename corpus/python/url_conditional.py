# run
# expect: either
import requests

new = False
url = "https://api.northflank.com/v1/projects/web/jobs" if new else "https://api.northflank.com/v1/projects/web/jobs/manual"
body = {"name": "Nightly", "settings": {"backoffLimit": 0}} if new else {"name": "Nightly", "backoffLimit": 0}
requests.put(url, json=body, timeout=10)
