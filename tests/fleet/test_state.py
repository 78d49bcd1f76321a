"""The state of a fleet."""

import sqlite3

import pytest

from migrate.errors import UsageError
from migrate.fleet.model import Repository, Status, Summary, UseRow
from migrate.fleet.state import Place, State, settled

ONE = Repository("acme/one", "https://git.example.org/acme/one.git")
ROW = UseRow("a.py", "http-call", "put.job", "python", "rewrite", ("@acme/jobs",), 2)


@pytest.fixture
def state(tmp_path):
    """An empty state."""
    opened = State(str(tmp_path / "deep" / "fleet.sqlite3"))
    yield opened
    opened.close()


def test_repository_is_queued_once_and_keeps_where_it_stands(state):
    """Adding a repository again changes nothing of what was done for it."""
    state.add([ONE])
    state.record("acme/one", Place("c1", "t1"), "k1", (Summary((ROW,)), b"run"))
    state.add([ONE])
    record = state.repository("acme/one")
    assert (record.status, record.head, record.tree) == (Status.SCANNED, "c1", "t1")
    assert record.summary == Summary((ROW,))
    assert state.run_of("k1") == b"run"


def test_name_of_another_place_is_refused(state):
    """One name never stands for two repositories."""
    state.add([ONE])
    with pytest.raises(UsageError, match="from another place"):
        state.add([Repository("acme/one", "https://elsewhere.example.org/acme/one.git")])


def test_history_grows_only_where_something_changed(state):
    """A scan that finds the same writes no history; one that finds nothing writes that."""
    state.add([ONE])
    for _ in range(2):
        state.record("acme/one", Place("c1", "t1"), "k1", (Summary((ROW,)), b""))
    state.record("acme/one", Place("c2", "t2"), "k2", (Summary(), b""))
    rows = [(row.owner, row.language, row.action, row.count) for row in state.history()]
    assert rows == [("@acme/jobs", "python", "rewrite", 2), ("", "", "", 0)]


def test_cached_result_is_taken_and_dropped_with_its_last_repository(state):
    """Two repositories with the same tree share a result, until neither has it."""
    state.add([ONE, Repository("acme/fork", "https://git.example.org/acme/fork.git")])
    state.record("acme/one", Place("c1", "t1"), "k1", (Summary((ROW,)), b""))
    assert state.record("acme/fork", Place("c9", "t1"), "k1") == Status.SCANNED
    state.record("acme/one", Place("c2", "t2"), "k2", (Summary(), b""))
    state.forget_unused()
    assert state.has_result("k1")
    state.record("acme/fork", Place("c2", "t2"), "k2")
    state.forget_unused()
    assert not state.has_result("k1")


def test_published_pull_requests_are_counted_after_a_restart(tmp_path):
    """The times of opened pull requests survive the process."""
    path = str(tmp_path / "fleet.sqlite3")
    state = State(path)
    state.add([ONE])
    state.set_branch("acme/one", "northflank-jobs", "c5")
    state.set_pull_request("acme/one", "https://git.example.org/acme/one/pull/7", 7)
    state.close()
    state = State(path)
    assert len(state.published_since(0)) == 1
    assert [each.pull_request_number for each in state.open_pull_requests()] == [7]
    state.set_branch("acme/one", "northflank-jobs", "c6")
    assert state.repository("acme/one").status is Status.PULL_REQUEST_OPEN
    state.close()


def test_failed_scan_does_not_lose_the_pull_request(state):
    """After a failure that passed, the repository stands where it stood."""
    state.add([ONE])
    state.set_pull_request("acme/one", "https://git.example.org/acme/one/pull/7", 7)
    state.set_status("acme/one", Status.FAILED, "no connection")
    status = state.record("acme/one", Place("c1", "t1"), "k1", (Summary((ROW,)), b""))
    assert status is Status.PULL_REQUEST_OPEN


@pytest.mark.parametrize(
    ("reached", "scanned", "expected"),
    [
        ("", Status.CLEAN, Status.CLEAN),
        (Status.BRANCH_MADE, Status.SCANNED, Status.BRANCH_MADE),
        (Status.BRANCH_MADE, Status.CLEAN, Status.CLEAN),
        (Status.PULL_REQUEST_OPEN, Status.CLEAN, Status.PULL_REQUEST_OPEN),
        (Status.MERGED, Status.NEEDS_REVIEW, Status.MERGED),
        (Status.MERGED, Status.SCANNED, Status.SCANNED),
        (Status.PULL_REQUEST_OPEN, Status.FAILED, Status.FAILED),
    ],
)
def test_scan_does_not_undo_what_was_made(reached, scanned, expected):
    """A branch, a pull request and a merge outlast the scans they are still true for."""
    assert settled(reached, scanned) is expected


def test_file_of_another_version_is_refused(tmp_path):
    """A newer tool's file is left alone, with a word on what to type."""
    path = tmp_path / "fleet.sqlite3"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    with pytest.raises(UsageError, match=r"another version \(99\)") as caught:
        State(str(path))
    assert "--state" in caught.value.hint


def test_file_that_is_no_database_is_refused(tmp_path):
    """Any other file is left alone."""
    path = tmp_path / "notes.txt"
    path.write_text("Buy milk, and never trust a file by its name. " * 20)
    with pytest.raises(UsageError, match="not a database"):
        State(str(path))


def test_summary_survives_as_text():
    """What is written is what is read."""
    summary = Summary((ROW,), 7, (("b.py", "can't be read: it's \udcff"),))
    assert Summary.from_json(summary.to_json()) == summary
