import os

import requests

BASE = os.environ["NORTHFLANK_API_URL"]
payload = {"name": "Nightly", "backoffLimit": 1, "settings": {"backoffLimit": 2}}
print(requests.put(f"{BASE}/v1/projects/web/jobs/manual", json=payload, timeout=10).status_code)
