"""Every case of corpus/shell: what is found, what becomes of it, and what the script then sends."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from migrate.model import Outcome
from tests import corpus
from tests.corpus import Case
from tests.need import need
from tests.recording_server import Recorded, RecordingServer
from tests.test_corpus_python import check_reviews, compare, redirect, told

CASES = [case for language in ("shell", "other", "docs") for case in corpus.cases(language)]
RUNNABLE = [case for case in CASES if case.run]


def named(case: Case) -> str:
    """The case's name, for the test's ID."""
    return case.name


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", CASES, ids=named)
def test_case(case: Case, place: Path) -> None:
    """The case ends as its file says: rewritten, left for review, held, or not touched at all."""
    run, after = corpus.migrate(case.before, case.options(), place)

    assert Outcome.FAILED not in {each.outcome for each in run.files}, told(run)
    wanted = case.before if case.after is None else case.after
    assert {name: data.decode() for name, data in wanted.items()} == {
        name: data.decode() for name, data in after.items()
    }, told(run)
    check_reviews(case, run)
    if case.name.startswith("stay_"):
        assert not run.uses, told(run)


@pytest.mark.parametrize("case", [case for case in CASES if not case.stays], ids=named)
def test_second_pass(case: Case, place: Path) -> None:
    """The result is stable: a second pass changes nothing more."""
    _, after = corpus.migrate(case.before, case.options(), place)
    _, again = corpus.migrate(after, case.options(), place)

    assert again == after


@pytest.mark.parametrize("case", RUNNABLE, ids=named)
def test_requests(case: Case, place: Path, recording_server: RecordingServer) -> None:
    """Run before and after: the requests are the contract's translation and the output is the same."""
    _, after = corpus.migrate(case.before, case.options(), place)
    before_output, before = execute(case, case.before, place, recording_server)
    after_output, sent = execute(case, after, place, recording_server)

    assert before, "the case sends nothing"
    assert all(each.status < 300 for each in before if each.route), before
    compare(before, sent)
    assert read(before_output) == read(after_output)


def read(output: str) -> list[str]:
    """What a script prints of the answers: whole answers differ in shape, as they must."""
    return [line for line in output.splitlines() if not line.startswith(('{"data"', "Response "))]


def execute(
    case: Case, contents: dict[str, bytes], place: Path, server: RecordingServer
) -> tuple[str, list[Recorded]]:
    """Run the case's script with the API's host replaced by the server's; its output and requests."""
    command = ["go", "run", case.run] if case.run.endswith(".go") else ["bash", case.run]
    for program in (command[0], "curl", "jq", "wget"):
        need(program)
    corpus.write({name: redirect(data, server) for name, data in contents.items()}, place)
    done = subprocess.run(
        command,
        cwd=place,
        env={**os.environ, "NORTHFLANK_TOKEN": "token", "LC_ALL": "C.UTF-8", "GOFLAGS": "-mod=mod"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, server.clear()
