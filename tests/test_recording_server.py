"""The recording server is as strict as the API: each route takes its own shape only."""

import http.client
import json
from typing import Any

import pytest

from migrate import contract
from tests.recording_server import RecordingServer

PROJECTS = ("/v1/projects/p-1", "/v1/teams/t-1/projects/p-1")
OLD_BODY = {"name": "Nightly Report", "backoffLimit": 2, "runOnSourceChange": "never"}
NEW_BODY = {"name": "Nightly Report", "settings": {"backoffLimit": 2, "runOnSourceChange": "never"}}
NEW_CRON = {"name": "Nightly Report", "settings": {"backoffLimit": 2, "cron": {"schedule": "0 1 * * *"}}}


def send(server: RecordingServer, method: str, path: str, body: Any, **headers: str) -> tuple[int, Any]:
    """Status and parsed answer of one request."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    connection = http.client.HTTPConnection(server.host, server.port, timeout=10)
    try:
        connection.request(method, path, raw, headers)
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


@pytest.mark.parametrize("project", PROJECTS)
@pytest.mark.parametrize("operation", contract.OPERATIONS, ids=lambda each: each.name)
def test_old_route(recording_server: RecordingServer, operation: contract.Operation, project: str) -> None:
    """An old route answers its own shape in its own shape and refuses the new one."""
    path = project + operation.old_path.replace("{jobId}", "job-7")
    status, answer = send(recording_server, operation.method, path, OLD_BODY)

    assert status == (201 if operation.verb == "create" else 200)
    assert answer["data"]["backoffLimit"] == 2
    assert "settings" not in answer["data"]
    assert answer["data"]["jobType"] == operation.job_type
    assert answer["data"]["id"] == ("job-7" if operation.has_id else "nightly-report")

    status, answer = send(recording_server, operation.method, path, NEW_BODY)

    assert status == 400
    assert "settings" in [each["field"] for each in answer["error"]["details"]]


@pytest.mark.parametrize("project", PROJECTS)
@pytest.mark.parametrize("verb", contract.METHODS)
def test_new_route(recording_server: RecordingServer, verb: str, project: str) -> None:
    """A new route answers its own shape in its own shape and refuses the old one."""
    path = project + "/jobs" + ("/job-7" if verb == "patch" else "")
    method = contract.METHODS[verb]
    status, answer = send(recording_server, method, path, NEW_BODY)

    assert status == (201 if verb == "create" else 200)
    assert answer["data"]["settings"] == NEW_BODY["settings"]
    assert answer["data"]["jobType"] == "manual"
    assert send(recording_server, method, path, NEW_CRON)[1]["data"]["jobType"] == "cron"

    status, answer = send(recording_server, method, path, OLD_BODY)

    assert status == 400
    assert [each["field"] for each in answer["error"]["details"]] == ["backoffLimit", "runOnSourceChange"]


def test_old_body_without_required_key(recording_server: RecordingServer) -> None:
    """A put without the required key is refused by the old route, by name."""
    status, answer = send(recording_server, "PUT", "/v1/projects/p/jobs/manual", {"name": "abc"})

    assert (status, answer["error"]["details"][0]["field"]) == (400, "backoffLimit")


def test_settings_without_required_key(recording_server: RecordingServer) -> None:
    """A put with settings but without the required key is refused by the new route, by name."""
    body = {"name": "abc", "settings": {"runOnSourceChange": "never"}}
    status, answer = send(recording_server, "PUT", "/v1/projects/p/jobs", body)

    assert (status, answer["error"]["details"][0]["field"]) == (400, "settings.backoffLimit")


def test_both_levels_equal(recording_server: RecordingServer) -> None:
    """A body that says the same at both levels is of the old shape; one that differs is not."""
    path = "/v1/projects/p/jobs/manual"

    assert send(recording_server, "PUT", path, OLD_BODY | {"settings": {"backoffLimit": 2}})[0] == 200
    assert send(recording_server, "PUT", path, OLD_BODY | {"settings": {"backoffLimit": 3}})[0] == 400


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/projects/p/jobs/manual"),
        ("DELETE", "/v1/projects/p/jobs/manual"),
        ("PUT", "/v1/projects/p/jobs/put-job"),
        ("PUT", "/v1/projects/p/jobs/manual/runs"),
        ("PUT", "/jobs/manual"),
        ("PUT", "/v2/projects/p/jobs/manual"),
    ],
)
def test_unknown_route(recording_server: RecordingServer, method: str, path: str) -> None:
    """Any other request is answered with 404 and recorded all the same."""
    assert send(recording_server, method, path, OLD_BODY)[0] == 404

    (request,) = recording_server.requests

    assert (request.method, request.path, request.route, request.status) == (method, path, "", 404)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"\xff", b"null"])
def test_body_that_is_no_object(recording_server: RecordingServer, raw: bytes) -> None:
    """A body that is no JSON object is refused and recorded as it came."""
    assert send(recording_server, "PUT", "/v1/projects/p/jobs/manual", raw)[0] == 400
    assert recording_server.requests[0].body == raw


def test_records_raw_request(recording_server: RecordingServer) -> None:
    """Query, headers and chunked bodies are recorded, in order, until cleared."""
    connection = http.client.HTTPConnection(recording_server.host, recording_server.port, timeout=10)
    raw = json.dumps(OLD_BODY).encode()
    connection.request(
        "PUT",
        "/v1/projects/p/jobs/manual?a=%20",
        iter([raw[:9], raw[9:]]),
        {"Authorization": "Bearer x"},
        encode_chunked=True,
    )
    assert connection.getresponse().read()
    connection.request("GET", "/nothing")
    assert connection.getresponse().read()
    connection.close()

    first, second = recording_server.clear()

    assert (first.path, first.body, first.json) == ("/v1/projects/p/jobs/manual?a=%20", raw, OLD_BODY)
    assert (first.headers["authorization"], first.operation) == ("Bearer x", "put.job.manual")
    assert (second.method, second.json, recording_server.requests) == ("GET", None, [])
