"""Only what a branch changes: lines, as git tells them."""

import os
import subprocess

import pytest

from migrate import since
from migrate.errors import UsageError
from migrate.model import Action, Edit
from migrate.source import Source

ENV = {**os.environ, "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com"}
ENV |= {"GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com"}


def git(folder, *arguments):
    """Run git."""
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=ENV)


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository whose branch changed some lines, with main gone on since."""
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    names = ["a.py", "with space.py", 'quo"te\t.py', "ümläut.py"]
    for name in names:
        (folder / name).write_text("".join(f"line {n}\n" for n in range(1, 21)))
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one")
    git(folder, "checkout", "-qb", "feature")
    for name in names:
        text = (folder / name).read_text()
        text = text.replace("line 5\n", "-- a\n++ b\n@@ -1 +1 @@\n").replace("line 10\n", "")
        (folder / name).write_text(text)
    git(folder, "commit", "-qam", "two")
    (folder / "a.py").write_text((folder / "a.py").read_text().replace("line 20\n", "line twenty"))
    (folder / "new.py").write_text("x\n")
    git(folder, "checkout", "-q", "-m", "main")
    (folder / "base.py").write_text("base\n")
    git(folder, "add", "base.py")
    git(folder, "commit", "-qm", "three", "base.py")
    git(folder, "checkout", "-q", "-m", "feature")
    monkeypatch.chdir(folder)
    return folder


def use_at(path, line, edits=()):
    """A use on a line."""
    text = "".join(f"line {n}\n" for n in range(1, 40))
    source = Source(path, text.encode(), text)
    start = text.index(f"line {line}\n")
    return source.use(
        (start, start + 4), kind="http-call", language="x", action=Action.REWRITE, message="m", edits=edits
    )


def changed(uses):
    """Which uses count as changed."""
    return [not use.accepted for use in since.adjuster("main", ["."])(uses)]


@pytest.mark.parametrize("path", ["a.py", "with space.py", 'quo"te\t.py', "ümläut.py"])
def test_lines_of_the_branch(repository, path):
    """Committed and uncommitted changes since the merge base count, in files of any name."""
    uses = [use_at(path, line) for line in (4, 5, 7, 8, 11, 12, 14, 21)]
    last = path == "a.py"
    assert changed(uses) == [False, True, True, False, True, True, False, last]


def test_new_files_count_wholly_and_others_work_does_not(repository):
    """Every line of an untracked file is new; what main did since is not the branch's."""
    assert changed([use_at("new.py", 1), use_at("new.py", 30), use_at("base.py", 1)]) == [True, True, False]


def test_lines_that_edits_touch_count(repository):
    """A use far away counts where its edit falls on a changed line of another file."""
    data = (repository / "a.py").read_bytes()
    near, far = data.index(b"++ b"), data.index(b"line 15")
    uses = [use_at("base.py", 1, (Edit("a.py", at, at + 4, data[at : at + 4], b"x"),)) for at in (near, far)]
    assert changed(uses) == [True, False]


def test_unknown_revision_is_a_usage_error(repository):
    """A revision that isn't there, or is an option, is told in words."""
    for revision in ("nowhere", "--output=x", "main; rm"):
        with pytest.raises(UsageError) as caught:
            since.adjuster(revision, ["."])
        assert "fetch" in caught.value.hint
    assert not (repository / "x").exists()


def test_outside_of_git(tmp_path):
    """Without a repository it says so."""
    with pytest.raises(UsageError, match="not in a git repository"):
        since.adjuster("main", [str(tmp_path)])


def test_what_was_moved_is_no_change(repository):
    """A file under a new name asks about its changed lines alone, like any other."""
    (repository / "sub").mkdir()
    git(repository, "mv", "with space.py", "sub/moved.py")
    assert changed([use_at("sub/moved.py", 2), use_at("sub/moved.py", 5)]) == [False, True]
