# run
# expect: either
import requests


def put_job(body):
    return requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=10)


put_job({"name": "Nightly", "backoffLimit": 0})
put_job({"name": "Hourly", "backoffLimit": 1, "runOnSourceChange": "never"})
