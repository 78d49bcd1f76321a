# run
# expect: either
import json
import urllib.request

request = urllib.request.Request(
    "https://api.northflank.com/v1/projects/web/jobs/manual",
    data=json.dumps({"name": "Nightly", "backoffLimit": 4}).encode(),
    method="PUT",
)
with urllib.request.urlopen(request) as response:
    job = json.loads(response.read())["data"]
print(job["backoffLimit"])
