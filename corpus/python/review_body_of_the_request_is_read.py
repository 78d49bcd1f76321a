# expect: review http-call body that its answer tells
# run
import json

import requests

BASE = "https://api.northflank.com/v1/projects/web"
response = requests.put(f"{BASE}/jobs/manual", json={"name": "n", "backoffLimit": 1}, timeout=10)
print(json.loads(response.request.body)["backoffLimit"])
