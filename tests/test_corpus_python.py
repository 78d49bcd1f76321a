"""Every case of corpus/python: what is found, what becomes of it, and what the code then sends."""

from __future__ import annotations

import contextlib
import difflib
import gc
import io
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from migrate import contract
from migrate.model import Outcome, Run
from tests import corpus
from tests.corpus import Case
from tests.recording_server import Recorded, RecordingServer

CASES = corpus.cases("python")
RUNNABLE = [case for case in CASES if case.run]


def named(case: Case) -> str:
    """The case's name, for the test's ID."""
    return case.name


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current directory."""
    folder = tmp_path / "case"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def told(run: Run) -> str:
    """Everything that a run found, to read in a failed test."""
    lines = [f"{each.path}: {each.outcome} {each.reason}" for each in run.files]
    lines += [
        f"{use.path}:{use.line} {use.action} {use.kind}: {use.message} | {use.advice}" for use in run.uses
    ]
    return "\n".join(lines)


def differences(wanted: dict[str, bytes], found: dict[str, bytes]) -> str:
    """A diff from what is wanted to what was found, with invisible characters shown."""
    lines: list[str] = []
    for name in wanted:
        old, new = (
            [repr(line)[1:-1] for line in side[name].splitlines(keepends=True)] for side in (wanted, found)
        )
        lines += difflib.unified_diff(old, new, f"wanted/{name}", f"found/{name}", lineterm="")
    return "\n".join(lines)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_case(case: Case, place: Path) -> None:
    """The case ends as its file says: rewritten, left for review, or not touched at all."""
    run, after = corpus.migrate(case.before, case.options(), place)

    assert Outcome.FAILED not in {each.outcome for each in run.files}, told(run)
    changed = after != case.before
    if case.after is not None:
        assert after == case.after, f"{differences(case.after, after)}\n{told(run)}"
    if case.stays:
        assert not changed, told(run)
    if any(each.word == "rewrite" for each in case.expected):
        assert changed, told(run)
    if not any(each.word == "either" for each in case.expected):
        check_reviews(case, run)
    elif not changed:
        assert corpus.reviews(run), f"neither rewritten nor reported\n{told(run)}"


def check_reviews(case: Case, run: Run) -> None:
    """Every expected review is there, each with message and advice, and there are no others."""
    found = corpus.reviews(run)
    wanted = [each for each in case.expected if each.word in ("review", "noted")]
    for expected in wanted:
        assert any(expected.met_by(use) for use in found), f"missing: {expected}\n{told(run)}"
    for use in found:
        assert any(expected.met_by(use) for expected in wanted), f"not expected: {use.kind}\n{told(run)}"
        assert use.message, use
        assert use.advice, use


@pytest.mark.parametrize("case", [case for case in CASES if not case.stays], ids=named)
def test_second_pass(case: Case, place: Path) -> None:
    """The result is stable: a second pass changes nothing more."""
    _, after = corpus.migrate(case.before, case.options(), place)
    _, again = corpus.migrate(after, case.options(), place)

    assert again == after


@pytest.mark.parametrize("case", RUNNABLE, ids=named)
def test_requests(case: Case, place: Path, recording_server: RecordingServer) -> None:
    """Run before and after: the requests are the contract's translation and the output is the same."""
    run, after = corpus.migrate(case.before, case.options(), place)
    before_output, before = execute(case, case.before, place, recording_server)
    # What is left for review stays old, and its consequences are told; all the rest must be right.
    partly = bool(corpus.reviews(run))
    after_output, sent = execute(case, after, place, recording_server, may_stop=partly)

    assert before, "the case sends nothing"
    accepted = [each for each in before if each.route]
    assert all(each.status < 300 for each in accepted), accepted
    if after != case.before:
        options = case.options()
        compare(before, sent, options.target_path, partly=partly)
        assert partly or before_output == after_output


@pytest.mark.parametrize("case", [case for case in RUNNABLE if case.after is not None], ids=named)
def test_expected_output_is_right(case: Case, place: Path, recording_server: RecordingServer) -> None:
    """The expected output of the case itself sends the translated requests and prints the same."""
    assert case.after is not None
    before_output, before = execute(case, case.before, place, recording_server)
    after_output, sent = execute(case, case.after, place, recording_server)

    compare(before, sent)
    assert before_output == after_output


def compare(
    before: list[Recorded],
    after: list[Recorded],
    target_path: str = contract.DEFAULT_TARGET_PATH,
    *,
    partly: bool = False,
) -> None:
    """Demand that each request is the contract's translation of the one before, in its order.

    partly: some were left as they are, and the program may have stopped for want of an answer's key.
    """
    if partly:
        before = before[: len(after)]
    assert len(before) == len(after)
    for old, new in zip(before, after, strict=True):
        path, _, query = old.path.partition("?")
        found = contract.match_request(old.method, path, target_path)
        if found is None or (partly and new.path == old.path):
            assert (old.method, old.path, old.body) == (new.method, new.path, new.body)
            continue
        operation, wanted = found
        assert (old.method, wanted + ("?" if query else "") + query) == (new.method, new.path)
        expected = contract.upgrade_request(operation, old.json)
        assert contract.same_value(ordered(expected), ordered(new.json)), f"{expected} != {new.json}"
        assert new.status == old.status
        for name in ("authorization", "content-type"):
            assert old.headers.get(name) == new.headers.get(name)


def ordered(value: Any) -> Any:
    """A JSON value with sorted keys: their order has no meaning."""
    if isinstance(value, dict):
        return {key: ordered(value[key]) for key in sorted(value)}
    return [ordered(each) for each in value] if isinstance(value, list) else value


def execute(
    case: Case, contents: dict[str, bytes], place: Path, server: RecordingServer, *, may_stop: bool = False
) -> tuple[str, list[Recorded]]:
    """Run the case's file with the API's host replaced by the server's; its output and requests.

    may_stop: it may miss a key of an answer, since what reads it was left for review.
    """
    local = {name: redirect(data, server) for name, data in contents.items()}
    corpus.write(local, place)
    output = io.StringIO()
    missing = (LookupError,) if may_stop else ()
    with isolated(place), contextlib.redirect_stdout(output), contextlib.suppress(*missing):
        code = compile(local[case.run], case.run, "exec", dont_inherit=True)
        exec(code, {"__name__": "__main__", "__file__": str(place / case.run)})  # noqa: S102 (own cases)
    return output.getvalue(), server.clear()


def redirect(data: bytes, server: RecordingServer) -> bytes:
    """The same code with the API's address replaced by the server's."""
    data = data.replace(contract.BASE_URL.encode(), server.url.encode())
    data = data.replace(b"http.client.HTTPSConnection(", b"http.client.HTTPConnection(")
    return data.replace(contract.HOST.encode(), f"{server.host}:{server.port}".encode())


@contextlib.contextmanager
def isolated(place: Path) -> Iterator[None]:
    """Import from the case's folder and forget its modules; sloppy code of a case is not our warning."""
    known = set(sys.modules)
    sys.path.insert(0, str(place))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
            gc.collect()
    finally:
        sys.path.remove(str(place))
        for name in set(sys.modules) - known:
            if str(place) in str(getattr(sys.modules[name], "__file__", "")):
                del sys.modules[name]


def test_corpus_is_large_and_careful() -> None:
    """There are at least 120 cases, and in at least a third nothing may be touched."""
    stays = [case for case in CASES if case.stays]

    assert len(CASES) >= 120
    assert len(stays) * 3 >= len(CASES)
