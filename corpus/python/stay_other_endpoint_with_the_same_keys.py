import requests

BASE = "https://api.northflank.com/v1"
requests.put(f"{BASE}/projects/web/services/deployment", json={"name": "x", "backoffLimit": 0, "activeDeadlineSeconds": 5})
