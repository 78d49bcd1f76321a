# run
# expect: either
import requests


def outer():
    payload = {"name": "Nightly", "backoffLimit": 0}

    def relax():
        nonlocal payload
        payload = {**payload, "backoffLimit": 9}

    relax()
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)


outer()
