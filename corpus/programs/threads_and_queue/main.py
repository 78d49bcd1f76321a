import os
from concurrent.futures import ThreadPoolExecutor

import requests

NORTHFLANK_API_URL = os.environ["NORTHFLANK_API_URL"]


def put(name: str) -> str:
    payload = {
        "name": name,
        "backoffLimit": 0,
        # Long imports take a while.
        "activeDeadlineSeconds": 3600,
    }
    response = requests.put(f"{NORTHFLANK_API_URL}/v1/projects/web/jobs/manual", json=payload, timeout=10)
    return response.json()["data"]["id"]


with ThreadPoolExecutor(1) as pool:
    print(list(pool.map(put, ["One", "Two", "Three"])))
