# run
# expect: rewrite
import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs/cron", json={"name": "Nightly", "schedule": "30 8 * * *", "backoffLimit": 0}, timeout=10)
