"""``fleet scan`` as a user runs it, over local bare repositories and checkouts."""

import json
import signal
import subprocess

import pytest

from migrate.fleet.model import Status
from migrate.fleet.state import State
from tests.fleet.tools import CALL, UNCLEAR, bare, clones, command, environment, fleet, push, state_file
from tests.repository import commit, git


@pytest.fixture
def four(tmp_path):
    """Four repositories, one of each kind, and a list of them."""
    bare(tmp_path, "rewritable", {"a.py": CALL, "CODEOWNERS": "* @acme/jobs\n"})
    bare(tmp_path, "review", {"b.py": UNCLEAR})
    bare(tmp_path, "clean", {"c.py": "print()\n"})
    git(tmp_path, "init", "--quiet", "--bare", "empty.git")
    (tmp_path / "repos.txt").write_text("rewritable.git\nreview.git\nclean.git\nempty.git\n")
    return tmp_path


def records(folder):
    """What the state says, by name."""
    state = State(state_file(folder))
    try:
        return {each.repository.name: each for each in state.repositories()}
    finally:
        state.close()


def test_each_repository_has_its_status(four):
    """What is found is counted by path, action and owner; the exit status says that something is left."""
    done = fleet(four, "scan", "repos.txt")
    assert done.returncode == 1, done.stderr
    found = records(four)
    assert {name: each.status for name, each in found.items()} == {
        "rewritable": Status.SCANNED,
        "review": Status.NEEDS_REVIEW,
        "clean": Status.CLEAN,
        "empty": Status.CLEAN,
    }
    (row,) = found["rewritable"].summary.rows
    assert (row.path, row.language, row.action, row.owners) == ("a.py", "python", "rewrite", ("@acme/jobs",))
    assert "4 repositories: 1 scanned, 2 clean, 1 needs review." in done.stdout
    assert "[4/4]" in done.stderr
    assert found["rewritable"].repository.default_branch == "main"


def test_second_run_scans_only_what_changed(four):
    """What is unchanged is not fetched, not scanned, and counted all the same."""
    fleet(four, "scan", "repos.txt")
    before = {each.name: each.stat().st_mtime_ns for each in clones(four)}
    again = fleet(four, "scan", "repos.txt")
    assert "(3 unchanged)" in again.stderr
    assert again.returncode == 1
    assert {each.name: each.stat().st_mtime_ns for each in clones(four)} == before
    push(four, "review", {"b.py": "print()\n"})
    third = fleet(four, "scan", "repos.txt")
    assert "(2 unchanged)" in third.stderr
    assert records(four)["review"].status is Status.CLEAN


def test_other_options_scan_again(four):
    """A result is that of its options."""
    fleet(four, "scan", "repos.txt")
    assert "unchanged" not in fleet(four, "scan", "repos.txt", "--exclude", "a.py").stderr
    assert records(four)["rewritable"].status is Status.CLEAN


def test_one_bad_repository_does_not_stop_the_others(four):
    """Failures are told at the end, those with the same message together, and the exit status is 4."""
    with (four / "repos.txt").open("a") as file:
        file.write("file:///nowhere/x.git\nfile:///nowhere/y.git\n")
    done = fleet(four, "scan", "repos.txt", "--quiet")
    assert done.returncode == 4
    failed = done.stdout.partition("Failed:\n")[2]
    assert failed.count("- ") == 1
    assert "nowhere/x, nowhere/y" in failed
    assert records(four)["rewritable"].status is Status.SCANNED
    assert done.stderr == ""


def test_reports_over_all_repositories(four):
    """Every format of a single scan is there for all, with paths below the repository's name."""
    done = fleet(four, "scan", "repos.txt", "--format", "json", "--report", "sarif=all.sarif", "--exit-zero")
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert [use["path"] for use in report["uses"]] == ["review/b.py", "rewritable/a.py"]
    assert {use["repository"] for use in report["uses"]} == {"review", "rewritable"}
    assert json.loads((four / "all.sarif").read_text())["runs"]


def test_checkout_is_not_touched_and_its_last_commit_counts(tmp_path):
    """What is not committed is neither seen nor changed, and no file or ref of the user's is."""
    place = commit(tmp_path / "all" / "one", {"a.py": CALL})
    (place / "a.py").write_text("print()\n")
    (place / "new.py").write_text(CALL)
    listed = sorted(str(each) for each in place.rglob("*"))
    done = fleet(tmp_path, "scan", "all")
    assert "1 to rewrite" in done.stdout
    assert sorted(str(each) for each in place.rglob("*")) == listed
    assert (place / "a.py").read_text() == "print()\n"


def test_settings_of_a_repository_hold(tmp_path):
    """Its own settings file says what is left out, as when it is scanned alone; a bad one is its failure."""
    bare(tmp_path, "own", {"a.py": CALL, ".nf-migrate.toml": 'exclude = ["a.py"]\n'})
    bare(tmp_path, "bad", {"a.py": CALL, ".nf-migrate.toml": "nonsense = 1\n"})
    (tmp_path / ".nf-migrate.toml").write_text('exclude = ["*"]\n')
    done = fleet(tmp_path, "scan", "own.git", "bad.git")
    assert records(tmp_path)["own"].status is Status.CLEAN
    assert "unknown setting" in records(tmp_path)["bad"].reason
    assert done.returncode == 4


def test_killed_run_goes_on_where_it_was(tmp_path):
    """After SIGKILL in the middle nothing is lost, nothing is done twice, and no process is left."""
    names = [f"r{number}" for number in range(12)]
    for name in names:
        bare(tmp_path, name, {f"{name}.py": CALL})
    arguments = ("scan", "--jobs", "1", *(f"{name}.git" for name in names))
    with subprocess.Popen(
        command(*arguments),
        cwd=tmp_path,
        env=environment(tmp_path),
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        lines = [process.stderr.readline() for _ in range(4)]
        process.kill()
        assert process.wait() == -signal.SIGKILL
        process.stderr.read()  # ends when the last worker that inherited it is gone
    assert lines[3].startswith("[4/12]")
    kept = {name: each for name, each in records(tmp_path).items() if each.status is Status.SCANNED}
    assert len(kept) >= 4
    done = fleet(tmp_path, *arguments)
    assert f"({len(kept)} unchanged)" in done.stderr
    after = records(tmp_path)
    assert all(each.status is Status.SCANNED for each in after.values())
    assert {name: after[name].head for name in kept} == {name: each.head for name, each in kept.items()}


def test_interrupted_run_says_how_to_go_on(tmp_path):
    """Ctrl-C ends at once with 130; what is done is kept."""
    for number in range(8):
        bare(tmp_path, f"r{number}", {"a.py": CALL})
    with subprocess.Popen(
        command("scan", "--jobs", "1", *(f"r{number}.git" for number in range(8))),
        cwd=tmp_path,
        env=environment(tmp_path),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        process.stderr.readline()
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate()
    assert process.returncode == 130, errors
    assert "run the same command again" in errors
    assert "Traceback" not in errors
    assert output == ""
    assert any(each.status is Status.SCANNED for each in records(tmp_path).values())


def test_clone_that_was_left_half_made_is_made_anew(four):
    """What a killed run or a person did to a clone does not show in the result."""
    fleet(four, "scan", "repos.txt")
    for place in clones(four):
        (place.parent / f"{place.name}.lock").write_text("busy")
        (place / ".git" / "index.lock").touch()
        (place / "stray.py").write_text(CALL)
    push(four, "rewritable", {"other.py": CALL})
    fleet(four, "scan", "repos.txt")
    assert [row.path for row in records(four)["rewritable"].summary.rows] == ["a.py", "other.py"]


def test_broken_clone_is_made_anew(four):
    """A clone that git can't use any more is thrown away."""
    fleet(four, "scan", "repos.txt")
    for place in clones(four):
        (place / ".git" / "HEAD").unlink()
    push(four, "rewritable", {"other.py": CALL})
    done = fleet(four, "scan", "repos.txt")
    assert done.returncode == 1, done.stdout
    assert len(records(four)["rewritable"].summary.rows) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--scheduler", "tcp://h:1"], "--engine dask"),
        (["--engine", "dask"], "--scheduler"),
        (["--report", "nonsense"], "FORMAT=FILE"),
        (["--target-path", "nonsense"], "is not a path"),
        (["--state", "repos.txt"], "not a database"),
    ],
)
def test_wrong_usage(four, arguments, said):
    """What is wrong is said before anything is done."""
    done = fleet(four, "scan", "repos.txt", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert not clones(four)


def test_nothing_named(tmp_path):
    """A folder without repositories is told."""
    assert fleet(tmp_path, "scan", ".").returncode in (2, 3)


def test_the_status_of_some(four):
    """``fleet status REPOS`` counts those alone, and says which of them nobody has scanned."""
    fleet(four, "scan", "rewritable.git", "review.git")
    everything = json.loads(fleet(four, "status", "--format", "json").stdout)
    assert {each["name"] for each in everything["repositories"]} == {"rewritable", "review"}
    done = fleet(four, "status", "review.git", "clean.git", "--format", "json")
    assert done.returncode == 0, done.stderr
    (only,) = json.loads(done.stdout)["repositories"]
    assert only["name"] == "review"
    assert "not scanned yet: clean." in done.stderr
