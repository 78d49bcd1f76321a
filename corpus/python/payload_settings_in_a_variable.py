# run
# expect: either
import requests

SETTINGS = {"backoffLimit": 2}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 2, "settings": SETTINGS}, timeout=10)
requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Hourly", "settings": SETTINGS}, timeout=10)
