# run
import json
import urllib.request


def api(method, endpoint, data=None):
    req = urllib.request.Request("https://api.northflank.com/v1" + endpoint, method=method)
    if data is not None:
        req.data = json.dumps(data).encode()
        req.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(req) as resp:
        return json.load(resp)


created = api("PUT", "/projects/web/jobs/manual", {"name": "n", "backoffLimit": 1})
print(created["data"]["backoffLimit"])
# output
import json
import urllib.request


def api(method, endpoint, data=None):
    req = urllib.request.Request("https://api.northflank.com/v1" + endpoint, method=method)
    if data is not None:
        req.data = json.dumps(data).encode()
        req.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(req) as resp:
        return json.load(resp)


created = api("PUT", "/projects/web/jobs", {"name": "n", "settings": {"backoffLimit": 1}})
print(created["data"]["settings"]["backoffLimit"])
