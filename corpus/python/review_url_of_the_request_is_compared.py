# expect: review http-call URL that its answer tells
# expect: review endpoint-name
import requests

BASE = "https://api.northflank.com/v1/projects/web"
response = requests.put(f"{BASE}/jobs/manual", json={"name": "n", "backoffLimit": 1}, timeout=10)
assert response.request.url == f"{BASE}/jobs/manual"
