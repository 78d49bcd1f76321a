"""``fleet rewrite`` as a user runs it."""

import pytest

from migrate import contract
from migrate.fleet.model import Status
from tests.fleet.test_scanning import records
from tests.fleet.tools import CALL, HOME, OLD, UNCLEAR, bare, clones, fleet, push
from tests.repository import commit, git

NEW = contract.PUT_MANUAL.new_path


@pytest.fixture
def two(tmp_path):
    """Two bare repositories: one with something to rewrite and something for a person, one clean."""
    bare(tmp_path, "one", {"a.py": CALL, "b.py": UNCLEAR})
    bare(tmp_path, "clean", {"c.py": "print()\n"})
    (tmp_path / "repos.txt").write_text("one.git\nclean.git\n")
    return tmp_path


def clone_of(folder, name):
    """The kept clone of a repository."""
    (found,) = [each for each in clones(folder) if each.name.startswith(f"{name}-")]
    return found


def test_dry_run_is_the_default(two):
    """Without --commit no branch is made anywhere, and what would change can be seen."""
    done = fleet(two, "rewrite", "repos.txt", "--report", "patch=all.patch")
    assert done.returncode == 1
    assert "1 to rewrite, 1 for a person" in done.stdout
    assert b"northflank-jobs" not in git(clone_of(two, "one"), "for-each-ref")
    assert f'+requests.put("{HOME}{NEW}"' in (two / "all.patch").read_text()
    assert "b/one/a.py" in (two / "all.patch").read_text()


def test_commit_explains_itself(two):
    """One commit: what, why, the vendor's page, and what is left for a person and where."""
    done = fleet(two, "rewrite", "repos.txt", "--commit")
    assert done.returncode == 1, done.stderr  # one use is left for a person
    clone = clone_of(two, "one")
    assert git(clone, "rev-list", "--count", "origin/HEAD..northflank-jobs").strip() == b"1"
    assert git(clone, "diff", "--name-only", "origin/HEAD", "northflank-jobs") == b"a.py\n"
    said = git(clone, "log", "-1", "--format=%B", "northflank-jobs").decode()
    assert contract.PUT_MANUAL.new_docs_url in said
    assert "1 use in 1 file" in said
    assert "b.py:6" in said
    assert max(map(len, said.splitlines())) <= 100
    record = records(two)["one"]
    assert record.status is Status.BRANCH_MADE
    assert record.branch_commit == git(clone, "rev-parse", "northflank-jobs").decode().strip()
    assert records(two)["clean"].branch == ""


def test_second_run_makes_nothing(two):
    """The branch is as it was, and so is its commit in a cache that is made anew."""
    fleet(two, "rewrite", "repos.txt", "--commit")
    first = records(two)["one"].branch_commit
    fleet(two, "rewrite", "repos.txt", "--commit")
    assert records(two)["one"].branch_commit == first
    other = fleet(two, "rewrite", "repos.txt", "--commit", "--cache", "elsewhere", "--state", "other")
    assert other.returncode == 1, other.stderr
    (clone,) = (two / "elsewhere").glob("one-*[!k]")
    assert git(clone, "rev-parse", "northflank-jobs").decode().strip() == first


def test_branch_follows_its_default_branch(two):
    """Where the default branch moved on, the commit is made anew on it."""
    fleet(two, "rewrite", "repos.txt", "--commit")
    push(two, "one", {"d.py": CALL})
    fleet(two, "rewrite", "repos.txt", "--commit")
    clone = clone_of(two, "one")
    assert git(clone, "diff", "--name-only", "origin/HEAD", "northflank-jobs") == b"a.py\nd.py\n"
    assert git(clone, "rev-parse", "northflank-jobs^") == git(clone, "rev-parse", "origin/HEAD")


def test_branch_is_made_in_a_checkout_that_was_named(tmp_path):
    """Its files, its index and its current branch stay as they are."""
    place = commit(tmp_path / "all" / "one", {"a.py": CALL})
    (place / "a.py").write_text("not committed\n")
    status = git(place, "status", "--porcelain", "--branch")
    done = fleet(tmp_path, "rewrite", "all", "--commit", "--branch", "jobs/new")
    assert done.returncode == 0, done.stderr
    assert git(place, "status", "--porcelain", "--branch") == status
    assert git(place, "show", "jobs/new:a.py").decode() != CALL
    assert git(place, "diff", "--stat", "HEAD", "jobs/new")


def test_branch_with_other_work_is_left_alone(tmp_path):
    """What a person has on a branch of that name is not lost; the others are rewritten."""
    for name in ("one", "two"):
        commit(tmp_path / "all" / name, {"a.py": CALL})
    git(tmp_path / "all" / "one", "branch", "northflank-jobs")
    before = git(tmp_path / "all" / "one", "rev-parse", "northflank-jobs")
    done = fleet(tmp_path, "rewrite", "all", "--commit")
    assert done.returncode == 4
    assert "with other work" in done.stdout
    assert git(tmp_path / "all" / "one", "rev-parse", "northflank-jobs") == before
    assert {name: each.status for name, each in records(tmp_path).items()} == {
        "one": Status.FAILED,
        "two": Status.BRANCH_MADE,
    }


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--branch", "a..b", "--commit"], 2, "can't be the name of a branch"),
        (["--branch", "--commit"], 2, "can't be"),
        (["--commit", "--dry-run"], 2, "opposites"),
        (["--branch", "main", "--commit"], 4, "default branch"),
    ],
)
def test_branch_names_that_will_not_do(two, arguments, status, said):
    """Neither a bad name nor the default branch."""
    done = fleet(two, "rewrite", "repos.txt", *arguments)
    assert done.returncode == status
    assert said in done.stderr + done.stdout


def test_rewritten_default_branch_is_clean(two):
    """Once the branch is merged, the next scan finds only what is left."""
    fleet(two, "rewrite", "repos.txt", "--commit")
    git(clone_of(two, "one"), "push", "--quiet", "origin", "northflank-jobs:main")
    fleet(two, "scan", "repos.txt")
    record = records(two)["one"]
    assert (record.status, record.summary.uses) == (Status.NEEDS_REVIEW, 1)


def test_old_path_is_what_the_contract_says():
    """The planted call is one to the deprecated path."""
    assert OLD in CALL
