# run
import requests

response = requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10)
response.raise_for_status()
if response.ok and response.status_code == 200:
    print(response.json()["data"]["id"], response.json()["data"]["name"])
# output
import requests

response = requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 4}}, timeout=10)
response.raise_for_status()
if response.ok and response.status_code == 200:
    print(response.json()["data"]["id"], response.json()["data"]["name"])
