# expect: review http-call told apart
# run
import requests

BASE = "https://api.northflank.com/v1/projects/web"
PUT = f"{BASE}/jobs/manual"
LIST = f"{BASE}/jobs"
print(len(set([PUT, LIST])))
print(requests.put(PUT, json={"name": "n", "backoffLimit": 1}, timeout=10).status_code)
