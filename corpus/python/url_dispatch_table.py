# run
# expect: either
import requests

BASE = "https://api.northflank.com/v1/projects/web"
PATHS = {"manual": "/jobs/manual", "cron": "/jobs/cron", "service": "/services"}
requests.put(BASE + PATHS["manual"], json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
print(requests.get(BASE + PATHS["manual"], timeout=10).status_code)
