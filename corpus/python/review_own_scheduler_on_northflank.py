# expect: review http-call another system
"""Our own scheduler, hosted on Northflank."""

import os

import requests

BASE = os.environ["SCHEDULER_URL"]


def create(name):
    return requests.post(f"{BASE}/jobs/manual", json={"id": name, "retries": 3}, timeout=10)
