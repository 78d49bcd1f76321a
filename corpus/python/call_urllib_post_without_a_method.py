# run
# expect: either
import json
import urllib.request

body = json.dumps({"name": "Nightly", "backoffLimit": 0}).encode("utf-8")
request = urllib.request.Request("https://api.northflank.com/v1/projects/web/jobs/manual", body)
with urllib.request.urlopen(request) as response:
    print(response.status)
