"""Repositories that want to be more than data."""

import os

import pytest

from migrate.fleet import checkout
from migrate.fleet.model import Repository
from migrate.fleet.task import Task, examine
from tests.fleet.tools import CALL, bare
from tests.repository import commit, git


def answer(folder, place, **more):
    """Of a scan of one repository."""
    return examine(Task(Repository("it", str(place)), cache=str(folder / "cache"), **more))


@pytest.fixture
def trap(tmp_path, monkeypatch):
    """A file that only a started program would make; the user's own git has an LFS-like filter set up."""
    trap = tmp_path / "trap"
    settings = tmp_path / "gitconfig"
    settings.write_text(
        f'[filter "lfs"]\n\tsmudge = touch {trap}\n\tprocess = touch {trap}\n\trequired = true\n'
        "[core]\n\tautocrlf = true\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    return trap


def test_nothing_of_a_repository_runs(tmp_path, trap):
    """No filter, hook, submodule or setting that its files name is started."""
    inner = commit(tmp_path / "inner", {"x": "y"})
    source = commit(
        tmp_path / "source",
        {
            "a.py": CALL,
            ".gitattributes": "* filter=lfs\n*.txt text eol=crlf ident\n",
            "a.txt": "a\n",
            ".githooks/post-checkout": f"#!/bin/sh\ntouch {trap}\n",
            ".gitconfig": f"[core]\n\tfsmonitor = touch {trap}\n",
        },
    )
    git(source, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(inner), "sub")
    commit(source)
    found = answer(tmp_path, source)
    assert found.failure == ""
    assert found.summary.uses == 1
    assert not trap.exists()
    (clone,) = [each for each in (tmp_path / "cache").iterdir() if each.is_dir()]
    assert (clone / "a.txt").read_bytes() == b"a\n"
    assert (clone / "a.py").read_bytes() == CALL.encode()
    assert list((clone / "sub").iterdir()) == []


def test_configuration_of_a_served_checkout_does_not_run(tmp_path, trap):
    """Programs named by the .git/config of a folder that is fetched from are not started."""
    source = commit(tmp_path / "source", {"a.py": CALL})
    for key in (
        "core.fsmonitor",
        "core.sshCommand",
        "uploadpack.packObjectsHook",
        "core.pager",
        "diff.external",
    ):
        git(source, "config", key, f"touch {trap}")
    for hook in ("post-checkout", "reference-transaction", "post-index-change"):
        path = source / ".git" / "hooks" / hook
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\ntouch {trap}\n")
        path.chmod(0o755)
    assert answer(tmp_path, source).summary.uses == 1
    assert not trap.exists()


def test_links_lead_nowhere(tmp_path):
    """A link out of the repository is told, and what it leads to is not counted."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text(CALL)
    source = tmp_path / "source"
    source.mkdir()
    (source / "link.py").symlink_to(outside / "secret.py")
    (source / "folder").symlink_to(outside)
    (source / "loop").symlink_to("loop")
    (source / "zero").symlink_to("/dev/zero")
    commit(source)
    found = answer(tmp_path, source)
    assert (found.failure, found.summary.uses) == ("", 0)


def test_tree_with_a_git_folder_is_refused(tmp_path):
    """A commit whose tree would write into .git is a failure of that repository."""
    source = commit(tmp_path / "source", {"a": "b"})
    blob = (
        git(source, "hash-object", "-w", "--stdin", data=b"[core]\n\tfsmonitor = touch x\n").decode().strip()
    )
    inner = git(source, "mktree", data=f"100644 blob {blob}\tconfig\n".encode()).decode().strip()
    tree = git(source, "mktree", "--missing", data=f"040000 tree {inner}\t.git\n".encode()).decode().strip()
    made = git(source, "commit-tree", tree, "-m", "x").decode().strip()
    git(source, "update-ref", "refs/heads/main", made)
    found = answer(tmp_path, source)
    assert ".git" in found.failure
    assert found.summary is None


@pytest.mark.parametrize(
    "name", ["-x.py", "a\nb.py", "a b.py", "ü.py", ":(glob)*.py", "a\x1b[2J.py", '"q".py', "{a,b}.py"]
)
def test_odd_names(tmp_path, name):
    """Whatever a file is called, it is found as it is."""
    found = answer(tmp_path, commit(tmp_path / "source", {name: CALL}))
    assert [row.path for row in found.summary.rows] == [name]


def test_name_that_is_not_text(tmp_path):
    """A name of other bytes than UTF-8 goes through the state."""
    source = tmp_path / "source"
    source.mkdir()
    with open(os.fsencode(source) + b"/\xff.py", "wb") as file:  # noqa: PTH123
        file.write(CALL.encode())
    found = answer(tmp_path, commit(source))
    assert [os.fsencode(row.path) for row in found.summary.rows] == [b"\xff.py"]


@pytest.mark.parametrize("folder", ["a b", "ü%20x", "a#b?c", "-x", "a\nb"])
def test_odd_places(tmp_path, folder):
    """A local repository may be in any folder."""
    found = answer(tmp_path, commit(tmp_path / folder, {"a.py": CALL}))
    assert (found.failure, found.summary.uses) == ("", 1)


@pytest.mark.parametrize("url", ["ext::sh -c 'touch trap'", "--upload-pack=touch trap", "fd::3"])
def test_location_that_runs_a_program_is_refused_by_git_too(tmp_path, trap, monkeypatch, url):
    """Also where a state file was tampered with."""
    monkeypatch.chdir(tmp_path)
    found = answer(tmp_path, url)
    assert found.failure
    assert not trap.exists()


def test_head_that_is_detached(tmp_path):
    """A checkout on no branch is scanned at its commit."""
    source = commit(tmp_path / "source", {"a.py": CALL})
    git(source, "checkout", "--quiet", "--detach")
    commit(source, {"b.py": CALL})
    found = answer(tmp_path, source)
    assert (found.failure, found.branch, found.summary.uses) == ("", "", 2)


def test_rewound_branch(tmp_path):
    """A branch that was forced to another history is scanned as it is now."""
    source = commit(tmp_path / "source", {"a.py": CALL})
    first = answer(tmp_path, source)
    git(source, "checkout", "--quiet", "--orphan", "other")
    commit(source, {"a.py": "print()\n"})
    git(source, "branch", "--force", "main", "other")
    git(source, "switch", "--quiet", "main")
    assert first.summary.uses == 1
    assert answer(tmp_path, source, known_head=first.head, known_tree=first.tree).summary.uses == 0


def test_same_tree_in_another_commit_is_not_scanned_again(tmp_path):
    """An empty commit changes nothing."""
    source = commit(tmp_path / "source", {"a.py": CALL})
    first = answer(tmp_path, source)
    commit(source)
    again = answer(tmp_path, source, known_head=first.head, known_tree=first.tree)
    assert again.head != first.head
    assert (again.tree, again.summary) == (first.tree, None)


def test_contents_come_only_when_they_are_needed(tmp_path):
    """Where the server allows it, a clone holds no file's content before the files are written."""
    place = bare(tmp_path, "one", {"a.py": CALL})
    git(place, "config", "uploadpack.allowFilter", "true")
    repository = Repository("one", str(place))
    with checkout.held(repository, str(tmp_path / "cache")) as held:
        clone = held.clone()
        listed = git(clone.folder, "rev-list", "--objects", "--missing=print", clone.commit)
        assert b"?" in listed
        held.write_files(clone)
    assert (tmp_path / "cache" / os.path.basename(clone.folder) / "a.py").read_text() == CALL  # noqa: PTH119


def test_shallow_clone_has_no_history(tmp_path):
    """Only the last commit is fetched."""
    commit(tmp_path / "source", {"a.py": CALL})
    source = commit(tmp_path / "source", {"b.py": CALL})
    repository = Repository("one", str(source))
    with checkout.held(repository, str(tmp_path / "cache")) as held:
        clone = held.clone()
    assert git(clone.folder, "rev-list", "--count", "HEAD").strip() == b"1"


def test_failure_tells_only_what_went_wrong(tmp_path):
    """A repository that lost its objects fails with what git says of that, without its other remarks."""
    source = commit(tmp_path / "source", {"a.py": CALL})
    for path in (source / ".git" / "objects").rglob("*"):
        if path.is_file():
            path.unlink()
    failure = answer(tmp_path, source).failure
    assert failure
    assert "filtering" not in failure
    assert failure.isprintable()
