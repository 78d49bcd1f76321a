# run
# expect: either
import requests

JOBS = [
    {"name": "Nightly", "backoffLimit": 0},
    {"name": "Hourly", "backoffLimit": 1, "activeDeadlineSeconds": 60},
]
for job in JOBS:
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=job, timeout=10)
