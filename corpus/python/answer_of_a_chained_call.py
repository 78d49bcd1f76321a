# run
import requests

print(requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10).json()["data"]["backoffLimit"])
# output
import requests

print(requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 4}}, timeout=10).json()["data"]["settings"]["backoffLimit"])
