# run
# expect: either
import requests

URL = "https://api.northflank.com/v1/projects/web/jobs/manual"
requests.put(URL, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
print(requests.post(URL + "/runs", json={}, timeout=10).status_code)
