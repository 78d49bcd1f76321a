"""Tests of the deployment with a double of the API."""

import json

import responses

from deploy.client import NorthflankClient
from deploy.jobs import pause_cleanup, put_cleanup

PROJECT = "https://api.northflank.com/v1/projects/shop"


@responses.activate
def test_put_cleanup():
    responses.put(
        f"{PROJECT}/jobs/manual",
        json={"data": {"id": "cleanup", "backoffLimit": 5, "jobType": "manual"}},
    )

    assert put_cleanup(NorthflankClient("shop", "secret")) == "cleanup (5 retries)"
    assert json.loads(responses.calls[0].request.body)["name"] == "Cleanup"


@responses.activate
def test_pause_cleanup():
    responses.patch(f"{PROJECT}/jobs/manual/cleanup", json={"data": {"id": "cleanup", "jobType": "manual"}})

    pause_cleanup(NorthflankClient("shop", "secret"))

    assert responses.calls[0].request.headers["Authorization"] == "Bearer secret"
