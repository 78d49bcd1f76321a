# run
# expect: rewrite
import requests


def payload(name, retries=0):
    return {
        "name": name,
        "backoffLimit": retries,
        "runOnSourceChange": "never",
    }


requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload("Nightly", 2), timeout=10)
