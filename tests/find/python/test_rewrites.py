"""Rewrites that the corpus does not show: aliases, forks, copies, helpers, classes."""

import pytest

from migrate.model import Action
from tests.find.python.helper import HEAD, migrate


def body(code: str) -> str:
    """A program that ends with one request."""
    return HEAD + code


REWRITTEN = {
    "statements": (
        'p = {"name": "x"}\np["backoffLimit"] = 2\nif API:\n    p["activeDeadlineSeconds"] = 9\n'
        'requests.post(API + "/jobs/manual", json=p)\n',
        'p = {"name": "x"}\np["settings"] = {"backoffLimit": 2}\nif API:\n    p["settings"]["activeDeadlineSeconds"] = 9\n'
        'requests.post(API + "/jobs", json=p)\n',
    ),
    "alias": (
        'p = q = {"backoffLimit": 0}\nq["runOnSourceChange"] = "never"\nrequests.put(f"{API}/jobs/manual", json=p)\n',
        'p = q = {"settings": {"backoffLimit": 0}}\nq["settings"]["runOnSourceChange"] = "never"\n'
        'requests.put(f"{API}/jobs", json=p)\n',
    ),
    "copy keeps the original": (
        'D = {"backoffLimit": 1}\np = dict(D)\np["activeDeadlineSeconds"] = 5\n'
        'requests.put(f"{API}/jobs/manual", json=p)\nrequests.put(f"{API}/jobs/manual", json=D)\n',
        'D = {"settings": {"backoffLimit": 1}}\np = dict(D)\np["settings"] = {**p["settings"], "activeDeadlineSeconds": 5}\n'
        'requests.put(f"{API}/jobs", json=p)\nrequests.put(f"{API}/jobs", json=D)\n',
    ),
    "spread before": (
        'b = {"backoffLimit": 1}\nrequests.put(f"{API}/jobs/manual", json={**b, "runOnSourceChange": "never"})\n',
        'b = {"settings": {"backoffLimit": 1}}\n'
        'requests.put(f"{API}/jobs", json={**b, "settings": {**b["settings"], "runOnSourceChange": "never"}})\n',
    ),
    "settings in a variable": (
        's = {"runOnSourceChange": "never"}\nrequests.put(f"{API}/jobs/manual", json={"settings": s, "backoffLimit": 1})\n',
        's = {"runOnSourceChange": "never"}\nrequests.put(f"{API}/jobs", json={"settings": {**s, "backoffLimit": 1}})\n',
    ),
    "tables and enumerations": (
        'P = {"job": "/jobs/manual"}\nrequests.put(API + P["job"], json={"backoffLimit": 1})\n',
        'P = {"job": "/jobs"}\nrequests.put(API + P["job"], json={"settings": {"backoffLimit": 1}})\n',
    ),
    "either of two payloads": (
        'requests.put(f"{API}/jobs/manual", json={"backoffLimit": 1} if API else {"backoffLimit": 2, "name": "x"})\n',
        'requests.put(f"{API}/jobs", json={"settings": {"backoffLimit": 1}} if API else '
        '{"settings": {"backoffLimit": 2}, "name": "x"})\n',
    ),
    "path in pieces": (
        'KIND = "manual"\nrequests.put(f"{API}/jobs/{KIND}", json={"backoffLimit": 1})\n',
        'KIND = "manual"\nrequests.put(f"{API}/jobs", json={"settings": {"backoffLimit": 1}})\n',
    ),
    "a key that is counted up": (
        'p = {"backoffLimit": 0}\np["backoffLimit"] += 1\nrequests.put(f"{API}/jobs/manual", json=p)\n',
        'p = {"settings": {"backoffLimit": 0}}\np["settings"]["backoffLimit"] += 1\nrequests.put(f"{API}/jobs", json=p)\n',
    ),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewritten(name: str) -> None:
    """The program is rewritten to exactly the expected text, and nothing is left for review."""
    before, after = REWRITTEN[name]

    result = migrate(body(before))

    assert result.text == body(after)
    assert result.reviews == []


REVIEWED = {
    "sent elsewhere, too": (
        'p = {"backoffLimit": 1}\nrequests.put(API + "/services", json=p)\nrequests.put(API + "/jobs/manual", json=p)\n',
        "sent by another request",
    ),
    "kept in a list": (
        'p = {"backoffLimit": 1}\nq.append(p)\nrequests.put(API + "/jobs/manual", json=p)\n',
        "q.append",
    ),
    "changed by functions": (
        'P = {"backoffLimit": 1}\ndef f(n):\n    P["backoffLimit"] = n\n\n\ndef g():\n    requests.put(API + "/jobs/manual", json=P)\n',
        "changed in a function",
    ),
    "overridden by a spread": (
        'b = {"backoffLimit": 1}\nrequests.put(API + "/jobs/manual", json={"runOnSourceChange": "never", **b})\n',
        "two places",
    ),
    "filtered": (
        'p = {"backoffLimit": 1}\nrequests.put(API + "/jobs/manual", json={k: v for k, v in p.items() if v})\n',
        "comprehension",
    ),
    "other requests from the same call": (
        'for path in ("/jobs/manual", "/services"):\n    requests.put(API + path, json={"backoffLimit": 1})\n',
        "other requests",
    ),
    "calls that would change places": (
        'requests.put(API + "/jobs/manual", json={"backoffLimit": f(), "name": g(), "activeDeadlineSeconds": h()})\n',
        "order",
    ),
    "computed keys": (
        'p = {}\nfor key in ("backoffLimit", "name"):\n    p[key] = 1\nrequests.put(API + "/jobs/manual", json=p)\n',
        "computed",
    ),
    "a constant that a GET uses": (
        'JOBS = API + "/jobs/manual"\nrequests.get(JOBS)\nrequests.put(JOBS, json={"backoffLimit": 1})\n',
        "another request",
    ),
    "an answer that is gone through": (
        'r = requests.put(API + "/jobs/manual", json={"backoffLimit": 1})\nfor k in r.json()["data"]:\n    print(k)\n',
        "as a whole",
    ),
}


@pytest.mark.parametrize("name", REVIEWED)
def test_reviewed(name: str) -> None:
    """What can't be proved stays as it is, with the reason and the advice."""
    before, reason = REVIEWED[name]

    result = migrate(body(before))

    assert result.text == body(before)
    assert any(reason in use.message and use.advice for use in result.reviews), result.reviews


def test_client_class() -> None:
    """The URL and payload of a method are rewritten through a general helper, and a caller's read with them."""
    code = """import requests


class Northflank:
    BASE = "https://api.northflank.com/v1"

    def __init__(self, session=None):
        self.session = session or requests.Session()

    def _request(self, method, path, **kwargs):
        response = self.session.request(method, f"{self.BASE}{path}", **kwargs)
        return response.json()

    def put_job(self, project, retries=3):
        body = {"backoffLimit": retries}
        return self._request("PUT", f"/projects/{project}/jobs/manual", json=body)["data"]

    def job_named_manual(self, project):
        return self._request("GET", f"/projects/{project}/jobs/manual")


def main():
    print(Northflank().put_job("web")["backoffLimit"])
"""

    result = migrate(code)

    assert result.text == (
        code.replace('f"/projects/{project}/jobs/manual", json', 'f"/projects/{project}/jobs", json')
        .replace('{"backoffLimit": retries}', '{"settings": {"backoffLimit": retries}}')
        .replace('("web")["backoffLimit"]', '("web")["settings"]["backoffLimit"]')
    )
    assert result.reviews == []


def test_pydantic_and_dataclass() -> None:
    """The fields of an object are written out where keys must move; nested objects are left to a person."""
    code = """import dataclasses
import requests

URL = "https://api.northflank.com/v1/projects/web/jobs/manual"


@dataclasses.dataclass
class Job:
    name: str
    backoffLimit: int = 0
    billing: "Billing" = None


def send(job: Job):
    requests.put(URL, json=dataclasses.asdict(job))
"""
    flat = code.replace('    billing: "Billing" = None\n', "")

    assert 'json={"name": job.name, "settings": {"backoffLimit": job.backoffLimit}}' in migrate(flat).text
    assert migrate(code).text == code


def test_unparsable_file_is_reported() -> None:
    """A file that can't be parsed and names the endpoint is a review use with the line, not a shrug."""
    result = migrate(HEAD + 'def broken(:\n    requests.put(API + "/jobs/manual")\n')

    assert [(use.kind, use.line, use.action) for use in result.uses] == [("unreadable", 5, Action.REVIEW)]


def test_very_deep_expression() -> None:
    """A string of thousands of terms neither crashes the finder nor hides what stands beside it."""
    text = (
        HEAD
        + "x = "
        + " + ".join(['"a"'] * 3000)
        + '\nrequests.put(API + "/jobs/manual", json={"backoffLimit": 1})\n'
    )

    result = migrate(text)

    assert result.uses
