# run
import requests

response = requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10)
print(response.json()["data"]["backoffLimit"], response.json()["data"]["id"])
# output
import requests

response = requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 4}}, timeout=10)
print(response.json()["data"]["settings"]["backoffLimit"], response.json()["data"]["id"])
