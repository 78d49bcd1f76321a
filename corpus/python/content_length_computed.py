# run
import json
import urllib.request

body = json.dumps({"name": "n", "backoffLimit": 1}).encode()
request = urllib.request.Request("https://api.northflank.com/v1/projects/web/jobs/manual", data=body, method="PUT")
request.add_header("Content-Type", "application/json")
request.add_header("Content-Length", str(len(body)))
with urllib.request.urlopen(request, timeout=10) as answer:
    print(answer.status)
# output
import json
import urllib.request

body = json.dumps({"name": "n", "settings": {"backoffLimit": 1}}).encode()
request = urllib.request.Request("https://api.northflank.com/v1/projects/web/jobs", data=body, method="PUT")
request.add_header("Content-Type", "application/json")
request.add_header("Content-Length", str(len(body)))
with urllib.request.urlopen(request, timeout=10) as answer:
    print(answer.status)
