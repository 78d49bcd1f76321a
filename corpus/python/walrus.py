# run
# expect: rewrite
import requests

if (response := requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=(body := {"name": "Nightly", "backoffLimit": 0}), timeout=10)).ok:
    print("ok")
