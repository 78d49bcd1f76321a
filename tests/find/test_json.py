"""JSON files: collections, recordings, workflows, templates."""

from __future__ import annotations

import json
from typing import Any

import pytest

from migrate import contract
from tests.find.planned import planned

URL = "https://api.northflank.com/v1/projects/p/jobs/manual"
NEW_URL = "https://api.northflank.com/v1/projects/p/jobs"
OLD = {
    "name": "x",
    "billing": {"deploymentPlan": "nf-compute-20"},
    "backoffLimit": 0,
    "runOnSourceChange": "never",
}
NEW = contract.move_keys(contract.PUT_MANUAL, OLD)
ANSWER = {"data": {**OLD, "id": "x", "jobType": "manual"}}
NEW_ANSWER = {"data": {**NEW, "id": "x", "jobType": "manual"}}


def text(value: Any) -> str:
    """A value as JSON with two spaces."""
    return json.dumps(value, indent=2) + "\n"


STAY = {
    "a lockfile": {"packages": {"node_modules/jobs/manual": {"version": "1.0.0"}}},
    "a Kubernetes job": {
        "apiVersion": "batch/v1",
        "kind": "Job",
        "spec": {"backoffLimit": 0, "x": "jobs/manual"},
    },
    "another host": {"method": "PUT", "url": "https://a.example/jobs/manual", "body": {"backoffLimit": 0}},
    "a job named manual": {"method": "GET", "url": URL},
    "an import path": {"paths": {"@/jobs/manual": ["src/jobs/manual"]}},
}


@pytest.mark.parametrize("value", STAY.values(), ids=STAY)
def test_what_is_not_ours_stays_untouched_and_unreported(value: Any) -> None:
    """Look-alikes give neither an edit nor a use."""
    result = planned({"file.json": text(value)})

    assert result.uses == []
    assert result.text == text(value)


def postman(url: str, segments: list[str], body: Any, answer: Any) -> Any:
    """A Postman collection with a request and a saved answer."""
    request = {
        "method": "PUT",
        "header": [{"key": "Authorization", "value": "Bearer {{token}}"}],
        "body": {"mode": "raw", "raw": json.dumps(body, indent=2), "options": {"raw": {"language": "json"}}},
        "url": {"raw": url, "protocol": "https", "host": ["api", "northflank", "com"], "path": segments},
    }
    saved = {"name": "ok", "originalRequest": request, "code": 200, "body": json.dumps(answer)}
    return {
        "info": {"name": "Northflank"},
        "item": [{"name": "Put", "request": request, "response": [saved]}],
    }


def har(url: str, body: Any, answer: Any) -> Any:
    """A HAR file with one exchange."""
    sent, received = json.dumps(body), json.dumps(answer)
    request = {
        "method": "PUT",
        "url": url,
        "headers": [{"name": "Content-Length", "value": str(len(sent))}],
        "bodySize": len(sent),
        "postData": {"mimeType": "application/json", "text": sent},
    }
    response = {"status": 200, "content": {"size": len(received), "text": received}}
    return {"log": {"version": "1.2", "entries": [{"request": request, "response": response}]}}


def wiremock(url: str, answer: Any) -> Any:
    """A stub of WireMock."""
    return {"request": {"method": "PUT", "url": url}, "response": {"status": 200, "jsonBody": answer}}


def n8n(url: str, body: Any) -> Any:
    """A workflow of n8n with an HTTP node whose body is an expression."""
    parameters = {
        "method": "PUT",
        "url": url,
        "sendBody": True,
        "specifyBody": "json",
        "jsonBody": "=" + json.dumps(body),
    }
    return {"nodes": [{"name": "HTTP", "type": "n8n-nodes-base.httpRequest", "parameters": parameters}]}


def insomnia(url: str, body: Any) -> Any:
    """An export of Insomnia, format 4."""
    body_text = {"mimeType": "application/json", "text": json.dumps(body, indent="\t")}
    return {
        "_type": "export",
        "resources": [{"_type": "request", "url": url, "method": "PUT", "body": body_text}],
    }


TEMPLATED = "https://{{host}}/v1/projects/{{project}}/jobs/manual"
CHANGED = {
    "Postman": (
        postman(TEMPLATED, ["v1", "projects", "{{project}}", "jobs", "manual"], OLD, ANSWER),
        postman(
            TEMPLATED.removesuffix("/manual"), ["v1", "projects", "{{project}}", "jobs"], NEW, NEW_ANSWER
        ),
    ),
    "HAR": (har(URL, OLD, ANSWER), har(NEW_URL, NEW, NEW_ANSWER)),
    "WireMock": (
        wiremock("/v1/projects/p/jobs/manual", ANSWER),
        wiremock("/v1/projects/p/jobs", NEW_ANSWER),
    ),
    "n8n": (
        n8n("={{ $env.NF_API }}/projects/p/jobs/manual", OLD),
        n8n("={{ $env.NF_API }}/projects/p/jobs", NEW),
    ),
    "Insomnia": (insomnia(URL, OLD), insomnia(NEW_URL, NEW)),
}


@pytest.mark.parametrize(("before", "after"), CHANGED.values(), ids=CHANGED)
def test_collections_and_recordings_are_rewritten(before: Any, after: Any) -> None:
    """URL, segments, body, answer and byte counts change together; and nothing else."""
    result = planned({"file.json": text(before)})

    assert result.text == text(after)
    assert planned({"file.json": result.text}).texts == result.texts


def test_escaped_slashes_are_understood() -> None:
    """A URL whose slashes are escaped is the same URL."""
    url = URL.replace("/", "\\/")
    before = f'{{"method": "PUT", "url": "{url}", "body": {{"backoffLimit": 0}}}}'

    assert json.loads(planned({"file.json": before}).text) == {
        "method": "PUT",
        "url": NEW_URL,
        "body": {"settings": {"backoffLimit": 0}},
    }


def test_a_segment_list_that_differs_from_the_url_is_left_to_a_person() -> None:
    """Half of a URL is never rewritten."""
    before = text(postman(URL, ["v1", ":x"], OLD, ANSWER))
    result = planned({"file.json": before})

    assert result.text == before
    assert set(result.kinds) == {("http-call", "review")}


def test_template_nodes_are_reported_as_not_deprecated() -> None:
    """A node of the old kind stays, unless `--templates` turns it; then a second pass finds nothing."""
    node = {"kind": "ManualJob", "ref": "j", "spec": OLD}
    template = text({"apiVersion": "v1.2", "spec": {"kind": "Workflow", "spec": {"steps": [node]}}})
    turned = planned({"t.json": template}, templates=True).text

    assert planned({"t.json": template}).kinds == [("template-node", "review")]
    assert json.loads(turned)["spec"]["spec"]["steps"] == [{"kind": "Job", "ref": "j", "spec": NEW}]
    assert planned({"t.json": turned}, templates=True).uses == []


def test_a_file_that_is_no_json_and_names_the_endpoint_is_reported() -> None:
    """It is never skipped in silence."""
    result = planned({"file.json": f'{{"url": "{URL}", nonsense'})

    assert result.kinds == [("unreadable", "review")]


RECORDED = {
    "request": {"method": "PUT", "url": URL, "body": OLD},
    "response": {"status": 200, "body": ANSWER},
}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"response": {"content": {"encoding": "base64", "text": "eyJkYXRhIjp7fX0="}}}, "encoded"),
        ({"response": {"bodyFileName": "job.json"}}, "another file"),
        ({"response": {"body": '{"data": {"backoffLimit": 1'}}, "not understood"),
        ({"response": {"body": ANSWER, "matchingRules": {"$.body.data.backoffLimit": {}}}}, "outside of"),
    ],
)
def test_a_recording_is_never_half_in_the_new_shape(more: dict[str, object], reason: str) -> None:
    """Where an answer can't be moved, or a matcher names a key, the recording is left to a person."""
    before = text({**RECORDED, **more})
    result = planned({"file.json": before})

    assert result.text == before
    assert ("test-double", "review") in result.kinds
    assert any(reason in use.message for use in result.uses)


def test_recordings_of_nock_are_changed_whole() -> None:
    """Path, body and the bare answer move together."""
    record = {
        "scope": "https://api.northflank.com:443",
        "method": "PUT",
        "path": "/v1/projects/p/jobs/manual",
        "body": OLD,
        "response": {"data": OLD},
    }
    result = planned({"file.json": text([record])})

    new = {**record, "path": "/v1/projects/p/jobs", "body": NEW, "response": {"data": NEW}}
    assert json.loads(result.text) == [new]
    compressed = text([{**record, "response": ["1f8b08", "000000"]}])
    assert planned({"file.json": compressed}).text == compressed


def test_the_path_among_the_headers_of_a_har_follows() -> None:
    """HTTP/2 has the path in a header of its own, which must not differ from the URL."""
    path = {"name": ":path", "value": "/v1/projects/p/jobs/manual?x=1"}
    request = {"method": "PUT", "url": URL, "headers": [path], "postData": {"text": json.dumps(OLD)}}
    entry = {"request": request, "response": {"status": 200, "content": {"text": json.dumps(ANSWER)}}}
    result = planned({"file.har": text({"log": {"entries": [entry]}})})

    assert '"/v1/projects/p/jobs?x=1"' in result.text
    assert "jobs/manual" not in result.text
