import os

import requests

BASE = os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web"
new = requests.put(f"{BASE}/jobs", json={"name": "First", "settings": {"backoffLimit": 1}}, timeout=10)
print(new.json()["data"]["settings"]["backoffLimit"])
old = requests.put(f"{BASE}/jobs/manual", json={"name": "Second", "backoffLimit": 2}, timeout=10)
print(old.json()["data"]["backoffLimit"])
