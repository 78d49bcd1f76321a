# run
# expect: rewrite
import requests

data = requests.put("https://api.northflank.com/v1/projects/web/jobs/cron", json={"name": "Nightly", "backoffLimit": 4, "schedule": "0 1 * * *"}, timeout=10).json()["data"]
print(data["schedule"], data["backoffLimit"], data["jobType"])
