# run
import requests

data = requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10).json()["data"]
other = {"backoffLimit": 7}
print(data["backoffLimit"], other["backoffLimit"])
# output
import requests

data = requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 4}}, timeout=10).json()["data"]
other = {"backoffLimit": 7}
print(data["settings"]["backoffLimit"], other["backoffLimit"])
