# run
# expect: either
import requests

BASE = {"name": "Nightly", "backoffLimit": 0}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=dict(BASE, backoffLimit=3), timeout=10)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={**BASE}, timeout=10)
