# run
# expect: either
import requests

write = False
method = "PUT" if write else "GET"
print(requests.request(method, "https://api.northflank.com/v1/projects/web/jobs/manual", timeout=10).status_code)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
