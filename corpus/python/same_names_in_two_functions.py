# run
import requests

BASE = "https://api.northflank.com/v1/projects/web"


def job():
    payload = {"name": "Nightly", "backoffLimit": 0}
    return requests.put(f"{BASE}/jobs/manual", json=payload, timeout=10)


def other():
    payload = {"name": "Nightly", "backoffLimit": 0}
    return requests.put(f"{BASE}/services/manual", json=payload, timeout=10)


job()
other()
# output
import requests

BASE = "https://api.northflank.com/v1/projects/web"


def job():
    payload = {"name": "Nightly", "settings": {"backoffLimit": 0}}
    return requests.put(f"{BASE}/jobs", json=payload, timeout=10)


def other():
    payload = {"name": "Nightly", "backoffLimit": 0}
    return requests.put(f"{BASE}/services/manual", json=payload, timeout=10)


job()
other()
