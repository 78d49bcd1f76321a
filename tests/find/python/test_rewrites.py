"""Rewrites that the corpus does not show: aliases, forks, copies, helpers, classes."""

from pathlib import Path

import pytest

from migrate import contract
from migrate.find import find
from migrate.model import Action, Options
from migrate.project import Project
from tests.find.python.helper import HEAD, migrate


def body(code: str) -> str:
    """A program that ends with one request."""
    return HEAD + code


def cases(text: str) -> dict[str, tuple[str, str]]:
    """Cases from blocks ``== name``, the program, ``-- reason`` or ``--`` and the expected program."""
    found: dict[str, tuple[str, str]] = {}
    for block in text.removeprefix("== ").split("\n== "):
        name, _, rest = block.partition("\n")
        before, _, after = rest.partition("\n--")
        found[name] = (before + "\n", after.removeprefix("\n").rstrip("\n") + "\n")
    return found


REWRITTEN = cases(
    """== statements
p = {"name": "x"}
p["backoffLimit"] = 2
if API:
    p["activeDeadlineSeconds"] = 9
requests.post(API + "/jobs/manual", json=p)
--
p = {"name": "x"}
p["settings"] = {"backoffLimit": 2}
if API:
    p["settings"]["activeDeadlineSeconds"] = 9
requests.post(API + "/jobs", json=p)
== alias
p = q = {"backoffLimit": 0}
q["runOnSourceChange"] = "never"
requests.put(f"{API}/jobs/manual", json=p)
--
p = q = {"settings": {"backoffLimit": 0}}
q["settings"]["runOnSourceChange"] = "never"
requests.put(f"{API}/jobs", json=p)
== copy keeps the original
D = {"backoffLimit": 1}
p = dict(D)
p["activeDeadlineSeconds"] = 5
requests.put(f"{API}/jobs/manual", json=p)
requests.put(f"{API}/jobs/manual", json=D)
--
D = {"settings": {"backoffLimit": 1}}
p = dict(D)
p["settings"] = {**p["settings"], "activeDeadlineSeconds": 5}
requests.put(f"{API}/jobs", json=p)
requests.put(f"{API}/jobs", json=D)
== spread before
b = {"backoffLimit": 1}
requests.put(f"{API}/jobs/manual", json={**b, "runOnSourceChange": "never"})
--
b = {"settings": {"backoffLimit": 1}}
requests.put(f"{API}/jobs", json={**b, "settings": {**b["settings"], "runOnSourceChange": "never"}})
== settings in a variable
s = {"runOnSourceChange": "never"}
requests.put(f"{API}/jobs/manual", json={"settings": s, "backoffLimit": 1})
--
s = {"runOnSourceChange": "never"}
requests.put(f"{API}/jobs", json={"settings": {**s, "backoffLimit": 1}})
== tables and enumerations
P = {"job": "/jobs/manual"}
requests.put(API + P["job"], json={"backoffLimit": 1})
--
P = {"job": "/jobs"}
requests.put(API + P["job"], json={"settings": {"backoffLimit": 1}})
== either of two payloads
a, b = {"backoffLimit": 1}, {"backoffLimit": 2, "name": "x"}
requests.put(f"{API}/jobs/manual", json=a if API else b)
--
a, b = {"settings": {"backoffLimit": 1}}, {"settings": {"backoffLimit": 2}, "name": "x"}
requests.put(f"{API}/jobs", json=a if API else b)
== path in pieces
KIND = "manual"
requests.put(f"{API}/jobs/{KIND}", json={"backoffLimit": 1})
--
KIND = "manual"
requests.put(f"{API}/jobs", json={"settings": {"backoffLimit": 1}})
== a key that is counted up
p = {"backoffLimit": 0}
p["backoffLimit"] += 1
requests.put(f"{API}/jobs/manual", json=p)
--
p = {"settings": {"backoffLimit": 0}}
p["settings"]["backoffLimit"] += 1
requests.put(f"{API}/jobs", json=p)
"""
)


@pytest.mark.parametrize("name", REWRITTEN)
def test_rewritten(name: str) -> None:
    """The program is rewritten to exactly the expected text, and nothing is left for review."""
    before, after = REWRITTEN[name]

    result = migrate(body(before))

    assert result.text == body(after)
    assert result.reviews == []


REVIEWED = cases(
    """== sent elsewhere, too
p = {"backoffLimit": 1}
requests.put(API + "/services", json=p)
requests.put(API + "/jobs/manual", json=p)
-- sent by another request
== kept in a list
p = {"backoffLimit": 1}
q.append(p)
requests.put(API + "/jobs/manual", json=p)
-- q.append
== changed by functions
P = {"backoffLimit": 1}
def f(n):
    P["backoffLimit"] = n


def g():
    requests.put(API + "/jobs/manual", json=P)
-- changed in a function
== overridden by a spread
b = {"backoffLimit": 1}
requests.put(API + "/jobs/manual", json={"runOnSourceChange": "never", **b})
-- two places
== filtered
p = {"backoffLimit": 1}
requests.put(API + "/jobs/manual", json={k: v for k, v in p.items() if v})
-- comprehension
== other requests from the same call
for path in ("/jobs/manual", "/services"):
    requests.put(API + path, json={"backoffLimit": 1})
-- other requests
== calls that would change places
p = {"backoffLimit": f(), "name": g(), "activeDeadlineSeconds": h()}
requests.put(API + "/jobs/manual", json=p)
-- order
== computed keys
p = {}
for key in ("backoffLimit", "name"):
    p[key] = 1
requests.put(API + "/jobs/manual", json=p)
-- computed
== a constant that a GET uses
JOBS = API + "/jobs/manual"
requests.get(JOBS)
requests.put(JOBS, json={"backoffLimit": 1})
-- another request
== an answer that is gone through
r = requests.put(API + "/jobs/manual", json={"backoffLimit": 1})
for k in r.json()["data"]:
    print(k)
-- as a whole
"""
)


@pytest.mark.parametrize("name", REVIEWED)
def test_reviewed(name: str) -> None:
    """What can't be proved stays as it is, with the reason and the advice."""
    before, reason = REVIEWED[name]

    result = migrate(body(before))

    assert result.text == body(before)
    assert any(reason.strip() in use.message and use.advice for use in result.reviews), result.reviews


def test_client_class() -> None:
    """A method's URL and payload are rewritten through a general helper, with a caller's read."""
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
    assert result.uses[0].message.endswith("Not rewritten: it can't be parsed as Python 3 near line 5.")
    assert result.uses[0].advice.startswith("Mend the syntax and run again, or by hand: Use PUT ")


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


def test_constant_used_in_an_ignored_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that .gitignore leaves out holds no users of a constant; without the rule it does."""
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "user.py").write_text("from jobs import URL\n")
    monkeypatch.chdir(tmp_path)
    code = f'{HEAD}URL = API + "/jobs/manual"\nrequests.put(URL, json={{"backoffLimit": 1}})\n'
    Path("jobs.py").write_text(code)
    project = Project(".", Options(target_path=contract.DEFAULT_TARGET_PATH))
    source = project.read("jobs.py")
    assert source is not None

    kept = [use.action for use in find(source, project).uses]
    Path(".gitignore").write_text("copy/\n")
    ignored = [use.action for use in find(source, project).uses]

    assert (kept, ignored) == ([Action.REVIEW], [Action.REWRITE])
