# run
# expect: rewrite
import requests

requests.post("https://api.northflank.com/v1/projects/web/jobs/cron", json={"name": "Nightly", "backoffLimit": 0, "schedule": None}, timeout=10)
