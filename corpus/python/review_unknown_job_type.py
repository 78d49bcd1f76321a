# expect: review http-call|endpoint-name
import requests

BASE = "https://api.northflank.com/v1"
for kind in ("manual", "cron"):
    requests.put(f"{BASE}/projects/web/jobs/{kind}", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
