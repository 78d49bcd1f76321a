# run
# expect: either
import json
import urllib.request

request = urllib.request.Request("https://api.northflank.com/v1/projects/web/jobs/manual")
request.data = json.dumps({"name": "Nightly", "backoffLimit": 0}).encode("utf-8")
request.get_method = lambda: "PUT"
with urllib.request.urlopen(request) as response:
    print(response.status)
