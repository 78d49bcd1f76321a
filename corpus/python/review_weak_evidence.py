# expect: review http-call
import requests


def put(base):
    requests.put(f"{base}/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
