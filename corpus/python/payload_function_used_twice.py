# run
# expect: either
import requests


def payload(name):
    return {"name": name, "backoffLimit": 2}


print(payload("x")["backoffLimit"])
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload("Nightly"), timeout=10)
