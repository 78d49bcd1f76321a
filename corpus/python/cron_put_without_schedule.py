# run
# expect: either
import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs/cron", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
