"""Where a folder's HEAD is, read from its files: as git says, or not at all."""

from pathlib import Path

import pytest

from migrate.fleet.checkout import head_of, plain_head
from migrate.fleet.model import Repository
from tests.fleet.tools import bare
from tests.repository import commit, git


def both(folder, place, *, is_checkout):
    """What the files say and what git says."""
    repository = Repository("it", str(place), is_checkout)
    return plain_head(repository), head_of(repository, str(folder))


@pytest.mark.parametrize("is_packed", [False, True])
@pytest.mark.parametrize("is_checkout", [False, True])
def test_branch(tmp_path, is_packed, is_checkout):
    """A loose or a packed reference, in a checkout or a bare repository; then one that hides a packed one."""
    source = commit(tmp_path / "source", {"a": "b"})
    place = source if is_checkout else bare(tmp_path, "source", {"a": "b"})
    if is_packed:
        git(place, *(() if is_checkout else ("--git-dir=.",)), "pack-refs", "--all")
    found, said = both(tmp_path, place, is_checkout=is_checkout)
    assert found == said
    assert found.branch == "main"
    if is_checkout:
        commit(source, {"a": "c"})
        newer, said = both(tmp_path, place, is_checkout=True)
        assert newer == said != found


@pytest.mark.parametrize("name", ["sha1", "sha256"])
def test_detached(tmp_path, name):
    """A commit without a branch, in both formats."""
    place = tmp_path / "it"
    git(tmp_path, "init", "--quiet", f"--object-format={name}", str(place))
    commit(place, {"a": "b"})
    git(place, "checkout", "--quiet", "--detach")
    found, said = both(tmp_path, place, is_checkout=True)
    assert found == said
    assert found.branch == ""


def test_what_only_git_can_tell(tmp_path):
    """Linked work trees, symbolic branches, branches without a commit, and no repository."""
    source = commit(tmp_path / "source", {"a": "b"})
    git(source, "worktree", "add", "--quiet", str(tmp_path / "linked"), "-b", "other")
    assert both(tmp_path, tmp_path / "linked", is_checkout=True)[0] is None
    git(source, "symbolic-ref", "refs/heads/alias", "refs/heads/main")
    Path(source, ".git", "HEAD").write_text("ref: refs/heads/alias\n")
    assert plain_head(Repository("it", str(source), is_checkout=True)) is None
    for said in ("ref: refs/heads/none\n", "ref: refs/heads/../../../x\n", "ref: /etc/passwd\n", "", "\0\n"):
        Path(source, ".git", "HEAD").write_text(said)
        assert plain_head(Repository("it", str(source), is_checkout=True)) is None
    assert plain_head(Repository("it", str(tmp_path / "nowhere"))) is None
    assert plain_head(Repository("it", "https://h.example/a/b")) is None
