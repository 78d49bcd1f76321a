"""Runs its own test against a double and then the real thing."""

import os

import requests
import responses

BASE = os.environ["NORTHFLANK_API_URL"]


def put() -> int:
    response = requests.put(f"{BASE}/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 3}, timeout=10)
    return response.json()["data"]["backoffLimit"]


@responses.activate
def test_put() -> None:
    responses.put(
        f"{BASE}/v1/projects/web/jobs/manual",
        json={"data": {"id": "nightly", "backoffLimit": 42, "jobType": "manual"}},
    )
    assert put() == 42
    print("double:", len(responses.calls))


test_put()
print("real:", put())
