# run
import json

import requests

BASE = "https://api.northflank.com/v1/projects/web"
response = requests.put(f"{BASE}/jobs/manual", json={"name": "n", "backoffLimit": 1}, timeout=10)
if not response.url.startswith("https://api."):
    print(response.request.method)
if response.status_code > 499:
    raise RuntimeError(response.url, response.request.body)
print(json.loads(response.request.body)["name"])
# output
import json

import requests

BASE = "https://api.northflank.com/v1/projects/web"
response = requests.put(f"{BASE}/jobs", json={"name": "n", "settings": {"backoffLimit": 1}}, timeout=10)
if not response.url.startswith("https://api."):
    print(response.request.method)
if response.status_code > 499:
    raise RuntimeError(response.url, response.request.body)
print(json.loads(response.request.body)["name"])
