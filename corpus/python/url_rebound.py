# run
# expect: either
import requests

url = "https://api.northflank.com/v1/projects/web/jobs/manual"
requests.put(url, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
url = "https://api.northflank.com/v1/projects/web/jobs/manual"
print(requests.get(url, timeout=10).status_code)
