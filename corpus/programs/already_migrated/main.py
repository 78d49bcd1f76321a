import os

import requests

BASE = os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web"
data = requests.put(f"{BASE}/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 1}}, timeout=10).json()["data"]
print(data["settings"]["backoffLimit"])
print(requests.get(f"{BASE}/jobs/manual", timeout=10).status_code)
