"""One commit on a branch, made from objects alone."""

import pytest

from migrate import git as safe_git
from migrate.errors import UsageError, WriteRefusedError
from migrate.fleet.commit import Change, Plan, checked_branch, make
from tests.repository import ENVIRONMENT, commit, git


@pytest.fixture(autouse=True)
def _identity(monkeypatch):
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repository(tmp_path):
    """A checkout with two files."""
    return safe_git.Repository(str(commit(tmp_path / "one", {"a.txt": "old\r\n", "bin/b": "b"})))


def head(repository):
    """Its commit."""
    return repository.commit_of("HEAD")


def plan(repository, after=b"new\r\n", before=b"old\r\n", path="a.txt"):
    """To change a file."""
    return Plan(head(repository), [Change(path, before, after)], "ours", "Title\n\nText é\n")


def test_commit_holds_the_change_and_touches_no_file(repository, tmp_path):
    """The branch is there, the checkout is as it was, with all that is not committed."""
    place = tmp_path / "one"
    (place / "a.txt").write_text("mine, not committed")
    (place / "staged").write_text("x")
    git(place, "add", "staged")
    status = git(place, "status", "--porcelain")
    base = head(repository)
    made = make(repository, plan(repository))
    assert git(place, "show", "ours:a.txt") == b"new\r\n"
    assert git(place, "diff", "--name-status", base, "ours") == b"M\ta.txt\n"
    assert git(place, "log", "-1", "--format=%P %H %an %s", "ours").decode().split(" ", 3) == [
        base,
        made,
        "A",
        "Person Title\n",
    ]
    assert git(place, "status", "--porcelain") == status
    assert (place / "a.txt").read_text() == "mine, not committed"


def test_second_time_is_the_same_commit(repository):
    """Nothing is made twice."""
    assert make(repository, plan(repository)) == make(repository, plan(repository))


def test_own_commit_is_replaced_and_another_is_not(repository, tmp_path):
    """What was made before may be made anew; what a person put there may not be lost."""
    first = make(repository, plan(repository))
    second = make(repository, plan(repository, b"newer"), ours=first)
    assert second != first
    with pytest.raises(WriteRefusedError, match="other work"):
        make(repository, plan(repository, b"newest"), ours=first)
    assert git(tmp_path / "one", "rev-parse", "ours").decode().strip() == second


@pytest.mark.parametrize("where", ["main", "linked"])
def test_branch_that_is_checked_out_is_refused(repository, tmp_path, where):
    """In no work tree does a branch move under the files."""
    place = tmp_path / "one"
    if where == "main":
        git(place, "switch", "--quiet", "--create", "ours")
    else:
        git(place, "worktree", "add", "--quiet", "-b", "ours", str(tmp_path / "linked"))
    with pytest.raises(WriteRefusedError, match="checked out"):
        make(repository, plan(repository))


def test_branch_that_stands_for_another_is_refused(repository, tmp_path):
    """A symbolic ref would move the branch behind it."""
    git(tmp_path / "one", "symbolic-ref", "refs/heads/ours", "refs/heads/main")
    with pytest.raises(WriteRefusedError, match="another name"):
        make(repository, plan(repository))


def test_file_that_is_another_one_is_refused(repository):
    """Nothing is put over a content that nobody examined."""
    with pytest.raises(WriteRefusedError, match="not what was examined"):
        make(repository, plan(repository, before=b"other"))


@pytest.mark.parametrize("path", ["link", "nothing", "../a.txt", ".git/config"])
def test_only_regular_files_are_changed(tmp_path, path):
    """A link, a missing file, a place outside: refused."""
    folder = tmp_path / "two"
    folder.mkdir()
    (folder / "link").symlink_to("target")
    repository = safe_git.Repository(str(commit(folder, {"a": "x"})))
    with pytest.raises((WriteRefusedError, safe_git.GitError)):
        make(repository, plan(repository, before=b"target", path=path))


def test_hooks_and_filters_of_the_repository_do_not_run(repository, tmp_path):
    """Whatever a checkout's own configuration names stays unstarted."""
    place = tmp_path / "one"
    trap = tmp_path / "trap"
    for hook in ("reference-transaction", "post-commit", "pre-commit", "post-index-change"):
        path = place / ".git" / "hooks" / hook
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\ntouch {trap}\n")
        path.chmod(0o755)
    git(place, "config", "filter.x.clean", f"touch {trap}")
    git(place, "config", "core.fsmonitor", f"touch {trap}")
    git(place, "config", "gpg.program", f"touch {trap}")
    git(place, "config", "commit.gpgSign", "true")
    (place / ".git" / "info").mkdir(exist_ok=True)
    (place / ".git" / "info" / "attributes").write_text("* filter=x\n")
    make(repository, plan(repository))
    assert not trap.exists()


@pytest.mark.parametrize("name", ["", "-x", "a..b", "a b", "x.lock", "@{-1}", "a\x00b", "refs/heads/../x"])
def test_name_that_is_none_is_refused(name):
    """A branch has a plain name."""
    with pytest.raises(UsageError, match="can't be the name of a branch"):
        checked_branch(name)


def test_nobody_is_told_what_to_do(repository, monkeypatch):
    """Without a user's name there is no commit, and a word on how to give one."""
    for name in ENVIRONMENT:
        if name.startswith(("GIT_AUTHOR", "GIT_COMMITTER")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    with pytest.raises(WriteRefusedError) as caught:
        make(repository, plan(repository))
    assert "user.name" in caught.value.hint
