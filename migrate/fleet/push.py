"""Pushes a branch by the user's git and credentials: never by force, never over somebody's commits."""

from __future__ import annotations

import os
import re
import subprocess

from migrate import git
from migrate.errors import MigrateError
from migrate.report.words import visible

PROTOCOLS = "https:ssh:http:git:file"
"""Transports that git may use; ``ext`` and helpers of other names run programs."""

_USERS = (
    "GIT_SSH",
    "GIT_SSH_COMMAND",
    "GIT_SSH_VARIANT",
    "GIT_ASKPASS",
    "GIT_SSL_CAINFO",
    "GIT_PROXY_COMMAND",
)
"""Variables by which the user's own environment tells how to connect."""

_PROGRAMS = re.compile(
    r"core\.(?:sshcommand|askpass|gitproxy)|credential\.(?:.*\.)?helper|remote\..*\.(?:receivepack|uploadpack|vcs)"
    r"|url\..*\.(?:push)?insteadof|protocol\..*",
    re.IGNORECASE,
)
"""Settings that name a program or lead elsewhere: fine in the user's own files, not in a repository's."""

_PASSWORD = re.compile(r"(?<=://)[^/@\s]+@")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


class PushError(MigrateError):
    """A branch was not pushed; nothing was changed on the remote."""


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
        raise PushError(
            f"the branch {branch} on the remote holds commits of somebody else, or an earlier proposal",
            "Take another --branch, or delete that one there.",
        )
    options = ["--quiet", "--no-verify", "--no-follow-tags", "--recurse-submodules=no"]
    status, _, errors = _run(folder, "push", *options, "--", remote, f"{commit}:refs/heads/{branch}")
    if status:
        raise PushError(f"the push failed: {_said(errors)}", "Can you push there with git?")
    return True


def remote_commit(folder: str, remote: str, branch: str) -> str:
    """The commit of a branch on the remote, "" where it has none. Raises PushError."""
    name = f"refs/heads/{branch}"
    status, output, errors = _run(folder, "ls-remote", "--refs", "--", remote, name)
    if status:
        raise PushError(f"the remote can't be asked: {_said(errors)}", "Can you reach it with git?")
    for line in output.decode("utf-8", "replace").splitlines():
        found, _, ref = line.partition("\t")
        if ref == name and _COMMIT.fullmatch(found):
            return found
    return ""


def remote_address(folder: str, remote: str = "origin") -> str:
    """Where a checkout pushes to, "" where it has no such remote."""
    status, output, _ = _run(folder, "remote", "get-url", "--push", "--", remote)
    return "" if status else output.decode("utf-8", "replace").strip()


def _contains(folder: str, commit: str, other: str) -> bool:
    """Whether `other` is in the history of `commit`, as far as this clone knows it."""
    return _run(folder, "merge-base", "--is-ancestor", other, commit)[0] == 0


def _demand_plain_settings(folder: str) -> None:
    status, output, errors = _run(folder, "config", "--list", "-z", "--show-scope", "--name-only")
    if status:
        raise PushError(f"its settings can't be read: {_said(errors)}")
    fields = output.decode("utf-8", "replace").split("\0")
    for scope, name in zip(fields[::2], fields[1::2], strict=False):
        if scope in {"local", "worktree"} and _PROGRAMS.fullmatch(name):
            raise PushError(
                f"the repository's own .git/config sets {visible(name)}, which can run a program",
                "Set it in your own configuration instead: git config --global",
            )


def _run(folder: str, *arguments: str) -> tuple[int, bytes, bytes]:
    """Exit status, output and errors of git. No hook and no watcher of the repository runs."""
    settings = (
        "core.fsmonitor=false",
        f"core.hooksPath={os.devnull}",
        "push.gpgSign=false",
        "color.ui=false",
    )
    command = ["git", "--no-pager", "-C", folder, *(part for each in settings for part in ("-c", each))]
    users = {name: os.environ[name] for name in _USERS if name in os.environ}
    done = subprocess.run(
        [*command, *arguments],
        env=git.environment(folder) | users | {"GIT_ALLOW_PROTOCOL": PROTOCOLS},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def _said(errors: bytes) -> str:
    """What git said, without passwords of addresses."""
    return visible(without_password(git.text_of(errors)))[:500]


def without_password(text: str) -> str:
    """The text without user names and passwords in addresses."""
    return _PASSWORD.sub("", text)
