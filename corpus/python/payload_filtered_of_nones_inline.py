# run
# expect: either
import requests


def put(name, deadline=None):
    body = {"name": name, "backoffLimit": 0, "activeDeadlineSeconds": deadline}
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={k: v for k, v in body.items() if v is not None}, timeout=10)


put("Nightly")
put("Hourly", 60)
