"""What a run asks about, through the command: baseline, since, fail-on, reports, choices, comments."""

import json
import os
import pty
import subprocess
import sys

import pytest

from migrate.report import RENDERERS
from tests.repository import commit, git
from tests.test_cli import CLEAN, NEW, OLD, REVIEW, ROOT, run

OTHER = OLD.replace("nightly", "weekly")


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A repository with a rewrite, a review and a clean file."""
    folder = commit(tmp_path / "here", {"a.py": OLD, "b.py": REVIEW, "c.py": CLEAN, "d.py": OTHER})
    git(folder, "branch", "before")
    monkeypatch.chdir(folder)
    return folder


def states(*arguments):
    """States of the uses by path, and the exit status."""
    done = run(*arguments, "--format", "json")
    found = json.loads(done.stdout)
    return {use["path"]: use["state"] for use in found["uses"]}, done.returncode


def test_baseline_passes_what_is_known_and_fails_what_is_new(here):
    """After --write-baseline a check passes, also when lines move; a new use fails it."""
    assert run("scan", "--write-baseline", "known.json").returncode == 1
    assert states("scan", "--baseline", "known.json")[1] == 0
    (here / "a.py").write_text("# moved\n\n" + OLD)
    assert states("scan", "--baseline", "known.json")[1] == 0
    (here / "e.py").write_text(OLD)
    found, status = states("scan", "--baseline", "known.json")
    assert found == {"a.py": "accepted", "b.py": "accepted", "d.py": "accepted", "e.py": "rewrite"}
    assert status == 1


def test_rewrite_leaves_what_the_baseline_accepts(here):
    """Known uses are not edited, new ones are; the settings file can name the baseline."""
    (here / "d.py").unlink()
    run("scan", "--write-baseline", "known.json")
    commit(here, {"d.py": OTHER, ".nf-migrate.toml": 'baseline = "known.json"\n'})
    done = run("rewrite", "--write")
    assert done.returncode == 0, done.stderr
    assert (here / "a.py").read_text() == OLD
    assert (here / "d.py").read_text() == OTHER.replace("/jobs/manual", "/jobs").replace(
        '"backoffLimit": 0', '"settings": {"backoffLimit": 0}'
    )


def test_since_asks_about_the_branch_alone(here):
    """Only uses on changed lines are asked about and edited."""
    git(here, "checkout", "-q", "-b", "feature")
    commit(here, {"new.py": OLD, "a.py": "# only a comment\n" + OLD})
    found, status = states("rewrite", "--since", "before")
    assert found == {"a.py": "accepted", "b.py": "accepted", "d.py": "accepted", "new.py": "rewrite"}
    assert status == 1
    assert run("rewrite", "--since", "before", "--write").returncode == 0
    assert (here / "new.py").read_text() == NEW
    assert (here / "d.py").read_text() == OTHER
    assert run("scan", "--since", "nowhere").returncode == 2


@pytest.mark.parametrize(
    ("files", "fail_on", "status"),
    [
        (("a.py",), "any", 1),
        (("a.py",), "rewrite", 1),
        (("a.py",), "review", 0),
        (("b.py",), "any", 1),
        (("b.py",), "rewrite", 0),
        (("b.py",), "review", 1),
        (("c.py",), "any", 0),
    ],
)
def test_fail_on(here, files, fail_on, status):
    """The exit status counts what --fail-on asks for, whatever is found beside it."""
    assert run("scan", *files, "--fail-on", fail_on).returncode == status


def test_ignore_comments_through_the_command(here):
    """A use with the comment is left alone, said to be accepted, and fails nothing."""
    text = OLD.replace("requests.put(", "requests.put(  # nf-migrate: ignore[http-call] retired in May", 1)
    commit(here, {"only.py": text})
    found, status = states("rewrite", "only.py", "--write")
    assert found == {"only.py": "accepted"}
    assert status == 0
    assert (here / "only.py").read_text() == text


def test_further_reports_are_of_the_same_run(here):
    """--report writes every format beside the main one, as --format would."""
    options = [part for name in RENDERERS for part in ("--report", f"{name}=out/{name}")]
    (here / "out").mkdir()
    done = run("rewrite", "a.py", "b.py", *options)
    assert done.returncode == 1, done.stderr
    for name in RENDERERS:
        expected = run("rewrite", "a.py", "b.py", "--format", name, "--output", "one").returncode
        assert expected == 1
        assert (here / "out" / name).read_bytes() == (here / "one").read_bytes(), name


@pytest.mark.parametrize("value", ["sarif", "=x", "nothing=x", "sarif="])
def test_wrong_reports_are_told(here, value):
    """A --report that is not FORMAT=FILE is wrong usage, and nothing runs."""
    done = run("rewrite", "--write", "--report", value)
    assert done.returncode == 2
    assert b"FORMAT" in done.stderr
    assert (here / "a.py").read_text() == OLD


def answered(answers, *arguments):
    """Run the interactive rewrite with these answers."""
    return run("rewrite", "--interactive", *arguments, data=answers.encode())


@pytest.mark.parametrize(
    ("answers", "taken"),
    [
        ("y\ny\n", {"a.py", "d.py"}),
        ("n\ny\n", {"d.py"}),
        ("y\nn\n", {"a.py"}),
        ("?\nx\ny\n\nq\n", {"a.py"}),
        ("q\n", set()),
        ("", set()),
        ("d\na\n", {"d.py"}),
        ("Y\nN", {"a.py"}),
    ],
)
def test_interactive_writes_what_was_taken(here, answers, taken):
    """Each change is asked for once; what is not taken stays as it is, and in the report."""
    done = answered(answers, "--format", "json")
    found = json.loads(done.stdout)
    assert {each["path"] for each in found["files"] if each["outcome"] == "rewritten"} == taken
    for name, old in (("a.py", OLD), ("d.py", OTHER)):
        assert ((here / name).read_text() != old) == (name in taken)
    left = {use["path"] for use in found["uses"] if use["state"] == "review"}
    assert left == {"a.py", "b.py", "d.py"} - taken
    assert done.returncode == 1
    assert b"-    json=" in done.stderr or b'-    "' in done.stderr


def test_interactive_all_in_a_file(here):
    """`a` takes and `d` leaves the rest of a file, without asking again."""
    commit(here, {"a.py": OLD + OTHER, "d.py": OLD + OTHER})
    done = answered("a\nd\n", "--format", "json")
    assert done.stderr.count(b"Rewrite this") == 2
    assert "/jobs/manual" not in (here / "a.py").read_text()
    assert (here / "d.py").read_text() == OLD + OTHER


def test_interactive_refuses_before_it_asks(here):
    """A dirty tree is told before the first question; with --patch nothing is written."""
    (here / "c.py").write_text("x = 2\n")
    done = answered("y\ny\n")
    assert done.returncode == 2
    assert b"Rewrite this" not in done.stderr
    done = answered("y\nn\n", "--patch", "chosen.patch")
    assert done.returncode == 1
    assert (here / "a.py").read_text() == OLD
    git(here, "apply", "chosen.patch")
    assert (here / "a.py").read_text() == NEW
    assert (here / "d.py").read_text() == OTHER


def test_interactive_at_a_terminal(here):
    """At a terminal the questions are in colour, and the answers are typed."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "migrate", "rewrite", "-i", "a.py"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "NO_COLOR": ""},
        stdin=follower,
        stdout=follower,
        stderr=follower,
        close_fds=True,
    )
    os.close(follower)
    shown = b""
    while b"Rewrite this" not in shown:
        shown += os.read(leader, 4096)
    os.write(leader, b"y\n")
    try:
        while data := os.read(leader, 4096):
            shown += data
    except OSError:  # the terminal is closed when the program ends
        pass
    os.close(leader)
    assert process.wait(60) == 0
    assert b"\x1b[32m" in shown
    assert (here / "a.py").read_text() == NEW


def test_annotate_through_the_command(here):
    """Comments go into diff and files, a second run changes nothing, a solved site loses its own."""
    assert run("rewrite", "b.py", "--annotate").stdout.count(b"+# nf-migrate: review[http-call]") == 1
    done = run("rewrite", "b.py", "--annotate", "--write")
    assert done.returncode == 1, done.stderr
    text = (here / "b.py").read_text()
    assert text.count("# nf-migrate: review[http-call] ") == 1
    git(here, "commit", "-qam", "noted")
    again = json.loads(run("rewrite", "b.py", "--annotate", "--write", "--format", "json").stdout)
    assert (here / "b.py").read_text() == text
    assert len(again["uses"]) == 1
    solved = text.replace("/jobs/manual", "/jobs")
    commit(here, {"b.py": solved})
    done = run("rewrite", "b.py", "--annotate", "--write")
    assert done.returncode == 0, done.stdout
    assert (here / "b.py").read_text() == REVIEW.replace("/jobs/manual", "/jobs")


def test_owners_are_in_the_reports(here):
    """CODEOWNERS names reach the findings."""
    commit(here, {"CODEOWNERS": "*.py @acme/jobs\n"})
    found = json.loads(run("scan", "--format", "json").stdout)
    assert {tuple(use["owners"]) for use in found["uses"]} == {("@acme/jobs",)}
    assert b"@acme/jobs" in run("scan").stdout


def test_own_reports_are_not_uses(here):
    """Reports and baselines that lie in the repository are no uses; reports are listed as skipped."""
    machine = [name for name in RENDERERS if name not in ("text", "patch")]
    options = [part for name in machine for part in ("--report", f"{name}=report-{name}.json")]
    run("scan", "--write-baseline", "known.json", *options)
    found = json.loads(run("scan", "--format", "json").stdout)
    assert {use["path"] for use in found["uses"]} == {"a.py", "b.py", "d.py"}
    skipped = {each["path"] for each in found["files"] if each["outcome"] == "skipped"}
    assert skipped <= {f"report-{name}.json" for name in machine}
    assert len(skipped) >= 5
