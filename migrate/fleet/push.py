"""Pushes a branch by the user's git and credentials: never by force, never over somebody's commits."""

from __future__ import annotations

import re

from migrate import git
from migrate.errors import MigrateError
from migrate.report.words import visible

TIMEOUT = 900.0
"""Seconds for one call of git."""

_PROGRAMS = re.compile(
    r"core\.(?:sshcommand|askpass|gitproxy)|credential\.(?:.*\.)?helper|remote\..*\.(?:receivepack|uploadpack|vcs)"
    r"|url\..*\.(?:push)?insteadof|protocol\..*|http\.(?:.*\.)?(?:proxy|ssl(?:verify|cainfo|capath))",
    re.IGNORECASE,
)
"""Settings that name a program or lead elsewhere: fine in the user's own files, not in a repository's."""

_LONGEST = 500
_PASSWORD = re.compile(r"(?<=://)[^/@\s]+@")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class PushError(MigrateError):
    """A branch was not pushed; nothing was changed on the remote."""


class OtherCommitsError(PushError):
    """The remote's branch holds commits that are not in the history of ours."""


def push(folder: str, remote: str, branch: str, commit: str) -> bool:
    """Bring the remote's branch to a commit; False where it was there already. Raises PushError.

    folder: of the repository that has the commit; remote: its name there, or an address. The branch
    is made, or moved forward where all that it holds is in the commit's own history.
    """
    _demand_plain_settings(folder)
    there = remote_commit(folder, remote, branch)
    if there == commit:
        return False
    if there and not _contains(folder, commit, there):
        raise OtherCommitsError(
            f"the branch {branch} on the remote holds commits of somebody else, or an earlier proposal",
            "Take another --branch, or delete that one there.",
        )
    options = ["--quiet", "--no-verify", "--no-follow-tags", "--recurse-submodules=no"]
    _run(folder, "the push", "push", *options, "--", remote, f"{commit}:refs/heads/{branch}")
    return True


def remote_commit(folder: str, remote: str, branch: str) -> str:
    """The commit of a branch on the remote, "" where it has none. Raises PushError."""
    name = f"refs/heads/{branch}"
    for line in _run(folder, "asking for its branch", "ls-remote", "--refs", "--", remote, name).splitlines():
        found, _, ref = line.partition("\t")
        if ref == name and _COMMIT.fullmatch(found):
            return found
    return ""


def remote_head(folder: str, remote: str) -> str:
    """The remote's default branch, "" where it has none. Raises PushError."""
    listed = _run(folder, "asking for its default branch", "ls-remote", "--symref", "--", remote, "HEAD")
    prefix = "ref: refs/heads/"
    lines = (line.partition("\t")[0] for line in listed.splitlines())
    return next((line.removeprefix(prefix) for line in lines if line.startswith(prefix)), "")


def demand_published(folder: str, remote: str, base: str, commit: str) -> None:
    """Raise PushError unless the remote's branch has a commit: else a push would publish more than ours."""
    there = remote_commit(folder, remote, base)
    known = (there, f"refs/remotes/{remote}/{base}")
    if there != commit and not any(each and _contains(folder, each, commit) for each in known):
        raise PushError(
            f"it is made on commits that are not on the remote's branch {base}",
            "Check that branch out, bring it up to date, and run again.",
        )


def remote_address(folder: str, remote: str = "origin") -> str:
    """Where a checkout pushes to, "" where it has no such remote."""
    try:
        return _run(folder, "asking for its remote", "remote", "get-url", "--push", "--", remote).strip()
    except PushError:
        return ""


def _contains(folder: str, commit: str, other: str) -> bool:
    """Whether `other` is in the history of `commit`, as far as this clone knows it."""
    try:
        _run(folder, "comparing", "merge-base", "--is-ancestor", other, commit)
    except PushError:
        return False
    return True


def _demand_plain_settings(folder: str) -> None:
    listed = _run(folder, "reading its settings", "config", "--list", "-z", "--show-scope", "--name-only")
    fields = listed.split("\0")
    for scope, name in zip(fields[::2], fields[1::2], strict=False):
        if scope in {"local", "worktree"} and _PROGRAMS.fullmatch(name):
            raise PushError(
                f"its own .git/config sets {visible(name)}, which can run a program or lead elsewhere",
                "Set it in your own configuration instead: git config --global",
            )


def _run(folder: str, doing: str, *arguments: str) -> str:
    """What git answers. No hook and no watcher of the repository runs. Raises PushError."""
    # An empty push option clears the list: on GitLab such an option can open and merge by itself.
    settings = ("push.gpgSign=false", "push.pushOption=", "credential.interactive=false")
    process = git.start(folder, *arguments, settings=settings, transports=git.TRANSPORTS)
    try:
        return git.finish(process, doing, timeout=TIMEOUT).decode("utf-8", "replace")
    except git.GitError as error:
        said = visible(without_password(error.message))[:_LONGEST]
        raise PushError(said, "Try it with git itself.") from None


def without_password(text: str) -> str:
    """The text without user names and passwords in addresses."""
    return _PASSWORD.sub("", text)
