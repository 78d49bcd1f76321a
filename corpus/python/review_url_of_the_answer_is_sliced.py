# expect: review http-call URL that its answer tells
# run
import requests

BASE = "https://api.northflank.com/v1/projects/web"
response = requests.put(f"{BASE}/jobs/manual", json={"name": "n", "backoffLimit": 1}, timeout=10)
print(response.url[-6:])
