# run
import requests

response = requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4, "runOnSourceChange": "never"}, timeout=10)
body = response.json()
data = body["data"]
print(data["backoffLimit"], data["runOnSourceChange"], data["jobType"])
# output
import requests

response = requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 4, "runOnSourceChange": "never"}}, timeout=10)
body = response.json()
data = body["data"]
print(data["settings"]["backoffLimit"], data["settings"]["runOnSourceChange"], data["jobType"])
