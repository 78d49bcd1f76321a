# run
# expect: either
import requests

data = {"backoffLimit": "local"}
print(data["backoffLimit"])
data = requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10).json()["data"]
print(data["backoffLimit"])
data = {"backoffLimit": "again"}
print(data["backoffLimit"])
