# run
# expect: either
import requests

JOBS = {"nightly": {"name": "Nightly", "backoffLimit": 0}, "hourly": {"name": "Hourly", "backoffLimit": 1}}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=JOBS["nightly"], timeout=10)
print(JOBS["hourly"]["backoffLimit"])
