# run
import json
import urllib.request

request = urllib.request.Request(
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    data=json.dumps({"name": "Nightly", "backoffLimit": 0}).encode(),
    headers={"Content-Type": "application/json"},
    method="PUT",
)
with urllib.request.urlopen(request) as response:
    print(response.status)
# output
import json
import urllib.request

request = urllib.request.Request(
    "https://api.northflank.com/v1/projects/web/jobs",
    data=json.dumps({"name": "Nightly", "settings": {"backoffLimit": 0}}).encode(),
    headers={"Content-Type": "application/json"},
    method="PUT",
)
with urllib.request.urlopen(request) as response:
    print(response.status)
