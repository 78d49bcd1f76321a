"""One commit on a branch, made from objects alone: no checked-out file, no index is touched.

The same contents on the same commit give the same commit, so that doing it twice is doing it once:
its time is that of the commit it is made on.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from migrate import git
from migrate.errors import UsageError, WriteRefusedError

_FILE_MODES = (b"100644", b"100755")
_COMMITTED = re.compile(rb"^committer .* (\d+) [+-]\d{4}$", re.MULTILINE)
_PLAIN_INDEX = ("core.splitIndex=false", "core.untrackedCache=false", "index.sparse=false")


@dataclass(frozen=True, slots=True)
class Change:
    """A file's bytes in the commit before and after. path: relative to the repository's top."""

    path: str
    before: bytes
    after: bytes


def checked_branch(name: str) -> str:
    """The name, if it can be that of a branch. Raises UsageError."""
    with tempfile.TemporaryDirectory(prefix="nf-migrate-") as place:
        try:
            git.finish(git.start(place, "check-ref-format", "--branch", name), "the check")
        except (git.GitError, ValueError):
            hint = "Give a plain name, as in: --branch northflank-jobs"
            raise UsageError(f"`{name}` can't be the name of a branch.", hint) from None
    return name


@dataclass(frozen=True, slots=True)
class Plan:
    """A commit to make: on which commit, with which changes, on which branch, saying what."""

    base: str
    changes: Sequence[Change]
    branch: str
    message: str


def make(repository: git.Repository, plan: Plan, ours: str = "") -> str:
    """Make the commit, let the branch name it, and return its name.

    ours: the commit that the branch may name so far and that may be left behind (made by a run
    before, "" for none). Raises WriteRefusedError where the branch is in use or holds other work,
    and where a file is not what was examined; GitError.
    """
    branch = plan.branch
    reference = f"refs/heads/{branch}"
    tip = _tip(repository, reference)
    tree = _tree(repository, plan.base, plan.changes)
    commit = _commit(repository, plan.base, tree, plan.message)
    if tip == commit:
        return commit
    if reference in _checked_out(repository):
        raise WriteRefusedError(f"the branch {branch} is checked out in {repository.top}")
    if tip and tip != ours:
        raise WriteRefusedError(f"the branch {branch} is there already, with other work ({tip[:12]})")
    repository.run(
        "update-ref", "--no-deref", "-m", "nf-migrate", reference, commit, tip or "0" * len(commit)
    )
    return commit


def _tip(repository: git.Repository, reference: str) -> str:
    output = repository.run("for-each-ref", "--format=%(refname) %(objectname) %(symref)", reference)
    for line in output.decode("utf-8", "replace").splitlines():
        name, tip, target = line.split(" ", 2)
        if name == reference and target:
            raise WriteRefusedError(f"the branch {reference} is another name of {target}")
        if name == reference:
            return tip
    return ""


def _checked_out(repository: git.Repository) -> set[str]:
    """Branches that are checked out in some work tree."""
    output = repository.run("worktree", "list", "--porcelain", "-z").decode("utf-8", "replace")
    return {field.removeprefix("branch ") for field in output.split("\0") if field.startswith("branch ")}


def _tree(repository: git.Repository, base: str, changes: Sequence[Change]) -> str:
    """Write the changed files and the tree that has them. Returns its name."""
    modes = _modes(repository, base, changes)
    with tempfile.TemporaryDirectory(prefix="nf-migrate-") as place:
        names = _written(repository, changes, Path(place))
        entries = [
            b"%s %s\t%s\0" % (modes[each.path], name.encode(), os.fsencode(each.path))
            for each, name in zip(changes, names, strict=True)
        ]
        apart = replace(repository, index=str(Path(place, "index")))
        apart.run("read-tree", base, settings=_PLAIN_INDEX)
        apart.run("update-index", "-z", "--index-info", settings=_PLAIN_INDEX, data=b"".join(entries))
        return apart.run("write-tree", "--missing-ok", settings=_PLAIN_INDEX).decode().strip()


def _modes(repository: git.Repository, base: str, changes: Sequence[Change]) -> Mapping[str, bytes]:
    """The mode of each file in the commit, once it is sure that it is the file that was examined."""
    entries: dict[bytes, tuple[bytes, bytes]] = {}
    for first in range(0, len(changes), 200):
        paths = [each.path for each in changes[first : first + 200]]
        for line in repository.run("ls-tree", "-z", "--full-tree", base, "--", *paths).split(b"\0"):
            head, _, path = line.partition(b"\t")
            if path:
                mode, _, name = head.split(b" ", 2)
                entries[path] = mode, name
    for each in changes:
        mode, name = entries.get(os.fsencode(each.path), (b"", b""))
        if mode not in _FILE_MODES:
            raise WriteRefusedError(f"{each.path} is no regular file of the commit")
        if _name_of(each.before, len(name)) != name.decode():
            raise WriteRefusedError(f"{each.path} is not what was examined; run again")
    return {path: entries[os.fsencode(path)][0] for path in (each.path for each in changes)}


def _name_of(data: bytes, length: int) -> str:
    """The name that git gives a file's content (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects)."""
    content = b"blob %d\0%s" % (len(data), data)
    if length == 64:
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def _written(repository: git.Repository, changes: Sequence[Change], place: Path) -> list[str]:
    """Write the new contents as objects. Returns their names."""
    paths = []
    for number, each in enumerate(changes):
        path = place / f"content{number}"
        path.write_bytes(each.after)
        paths.append(str(path))
    output = repository.run(
        "hash-object",
        "-w",
        "--no-filters",
        "--stdin-paths",
        data=os.fsencode("".join(f"{p}\n" for p in paths)),
    )
    return output.decode().split()


def _commit(repository: git.Repository, base: str, tree: str, message: str) -> str:
    found = _COMMITTED.search(repository.run("cat-file", "commit", base).partition(b"\n\n")[0])
    when = found[1].decode() if found else "0"
    lines = [f"tree {tree}", f"parent {base}"]
    lines += [f"{role} {_identity(repository, role)} {when} +0000" for role in ("author", "committer")]
    data = "\n".join([*lines, "", message]).encode("utf-8", "replace")
    return repository.run("hash-object", "-t", "commit", "-w", "--stdin", data=data).decode().strip()


def _identity(repository: git.Repository, role: str) -> str:
    try:
        said = repository.run("var", f"GIT_{role.upper()}_IDENT").decode("utf-8", "replace")
    except git.GitError:
        raise WriteRefusedError(
            "git does not know who makes the commit",
            'Tell it: git config --global user.name "…" and user.email',
        ) from None
    return said.rsplit(" ", 2)[0]
