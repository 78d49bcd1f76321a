# run
# expect: either
import requests

job = requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10).json()["data"]
name, limit = job["name"], job.pop("backoffLimit")
print(name, limit, "backoffLimit" in job)
