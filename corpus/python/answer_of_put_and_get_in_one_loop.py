# run
# expect: either
import requests

BASE = "https://api.northflank.com/v1/projects/web"
put = requests.put(f"{BASE}/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10)
get = requests.get(f"{BASE}/jobs/nightly", timeout=10)
for response in (put, get):
    print(response.json().get("data", {}).get("backoffLimit"))
