"""Writes a planned run to disk: each file is old or new at any moment, and nothing else changes.

A file is written beside itself under a name of its own, flushed, given the mode, owner and
extended attributes of the old one, and renamed over it, after comparing the old bytes once more.
A link is kept and its target written. A file with several names (hard links) gets a new content
under this name only, as with ``git checkout``: the other names are files of their own to the tool.
"""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
import stat
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from migrate import git, plan, sieve
from migrate.errors import WriteRefusedError
from migrate.model import FileResult, Outcome, Run

_SHOWN = 3
"""Paths named in a refusal; the rest is counted."""


class FileRefusedError(Exception):
    """One file is not in a state to be written; the message says why."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to write. target: real absolute path."""

    path: str
    target: str
    before: bytes
    after: bytes


def write(run: Run, *, force: bool = False) -> Run:
    """Write what a run plans; returns the run with the outcome of each file.

    Files that change together are written all or none: where one can't be written, those already
    written with it get their old bytes back. force: also without git and with uncommitted changes.

    Raises WriteRefusedError before anything is written.
    """
    planned = _planned(run)
    if not force:
        demand_clean(run)
    faults: dict[str, str] = {}
    by_path = {each.path: each for each in planned}
    for together in _components(run, by_path):
        fault = _write_together([by_path[path] for path in together])
        faults.update(dict.fromkeys(together, fault) if fault else {})
    files = tuple(_written(each, faults) if each.path in by_path else each for each in run.files)
    return replace(run, files=files, written=True)


def _planned(run: Run) -> list[FileResult]:
    return [each for each in run.files if each.outcome is Outcome.WOULD_REWRITE and each.after is not None]


def demand_clean(run: Run) -> None:
    """Raise WriteRefusedError where the files that a run plans to change can't be changed safely."""
    planned = _planned(run)
    if planned:
        _demand_clean(planned)


def _written(result: FileResult, faults: dict[str, str]) -> FileResult:
    if result.path in faults:
        return replace(result, outcome=Outcome.FAILED, reason=faults[result.path])
    return replace(result, outcome=Outcome.REWRITTEN)


def _components(run: Run, planned: dict[str, FileResult]) -> Iterator[list[str]]:
    """Paths that must change together, as lists; each planned path is in exactly one."""
    left = set(planned)
    for component in plan.make([use for use in run.uses if not use.held]).components:
        together = sorted(left & component)
        left -= component
        if together:
            yield together
    yield from ([path] for path in sorted(left))


# ── Is the tree in a state to be written? ────────────────────────────────────────────────────


def _demand_clean(planned: Sequence[FileResult]) -> None:
    by_top: dict[str, list[str]] = defaultdict(list)
    for each in planned:
        target = os.path.realpath(each.path)
        top = git.top_of(os.path.dirname(target))
        if top is None or not git.installed():
            raise WriteRefusedError(
                f"{each.path} is not in a git repository, so there would be no way back.",
                "Put it under version control, use --patch FILE instead, or add --force.",
            )
        by_top[top].append(os.path.relpath(target, top))
    for top, paths in by_top.items():
        _demand_clean_repository(git.Repository(top), paths)


def _demand_clean_repository(repository: git.Repository, paths: Sequence[str]) -> None:
    hint = "Commit or stash them first, or add --force."
    try:
        changed = repository.changed()
        untracked = sorted(set(paths) - repository.tracked(paths))
    except git.GitError as error:
        raise WriteRefusedError(
            f"Can't tell whether {repository.top} is clean: {error.message}",
            "Make `git status` work there, or add --force.",
        ) from error
    if changed:
        raise WriteRefusedError(f"{repository.top} has uncommitted changes: {_some(changed)}.", hint)
    if untracked:
        raise WriteRefusedError(
            f"{repository.top} does not track files that would change: {_some(untracked)}.", hint
        )


def _some(paths: Sequence[str]) -> str:
    rest = len(paths) - _SHOWN
    return ", ".join(paths[:_SHOWN]) + (f" and {rest} more" if rest > 0 else "")


# ── Writing ──────────────────────────────────────────────────────────────────────────────────


def _write_together(results: Sequence[FileResult]) -> str:
    """Write files all or none. Returns what went wrong, or ""."""
    done: list[_Job] = []
    current = ""
    try:
        jobs = []
        for result in results:
            current = result.path
            jobs.append(_job(result))
        for job in jobs:
            current = job.path
            replace_content(job.target, job.before, job.after)
            done.append(job)
    except (OSError, FileRefusedError) as error:
        reason = error.strerror or str(error) if isinstance(error, OSError) else str(error)
        return f"not written: {current}: {reason}" + _undo(done)
    except BaseException:  # an interrupt, say: what is half done goes back
        _undo(done)
        raise
    return ""


def _undo(done: Sequence[_Job]) -> str:
    """Give written files their old bytes back. Returns what to say where that fails."""
    said = ""
    for job in reversed(done):
        try:
            replace_content(job.target, job.after, job.before)
        except (OSError, FileRefusedError) as error:
            said += f"; {job.path} is written and could not be taken back ({error})"
    return said


def _job(result: FileResult) -> _Job:
    """Check one file without changing it. Raises FileRefusedError, OSError."""
    if result.before is None or result.after is None:
        raise FileRefusedError("there is nothing planned for it")
    target = os.path.realpath(result.path)
    root = os.path.realpath(result.repository) if result.repository else _root_of(result.path)
    if not target.startswith(root.rstrip("/") + "/"):
        raise FileRefusedError(f"it leads out of {root}, to {target}")
    _demand_same(target, result.before)
    return _Job(result.path, target, result.before, result.after)


def _root_of(path: str) -> str:
    folder = os.path.dirname(os.path.abspath(path))
    return git.top_of(os.path.realpath(folder)) or os.path.realpath(folder)


def _demand_same(target: str, expected: bytes) -> os.stat_result:
    """The status of a regular file that still holds the expected bytes."""
    descriptor = os.open(target, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise FileRefusedError("it is no regular file")
        if file.read() != expected:
            raise FileRefusedError("it changed since it was read; run again")
    return status


def replace_content(target: str, before: bytes, after: bytes) -> None:
    """Replace a file's bytes by others in one step. target: real path of a regular file.

    Raises FileRefusedError where the file does not hold `before`, and OSError.
    """
    folder = os.path.dirname(target)
    _sweep(folder)
    status = _demand_same(target, before)
    with _temporary(folder) as (name, descriptor):
        _write_all(descriptor, after)
        _copy_attributes(target, status, descriptor)
        os.fsync(descriptor)
        _demand_same(target, before)
        os.replace(name, target)
    _flush_folder(folder)


@contextmanager
def _temporary(folder: str) -> Iterator[tuple[str, int]]:
    """A new file beside the target, locked while its process lives, gone afterwards."""
    name = os.path.join(folder, f"{sieve.TEMPORARY_PREFIX}{secrets.token_hex(8)}")
    descriptor = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with suppress(OSError):  # not every network file system locks
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield name, descriptor
    finally:
        os.close(descriptor)
        with suppress(FileNotFoundError):
            os.unlink(name)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _copy_attributes(target: str, status: os.stat_result, descriptor: int) -> None:
    """Owner where allowed (before the mode: changing the owner clears bits), mode, attributes."""
    own = os.fstat(descriptor)
    if (own.st_uid, own.st_gid) != (status.st_uid, status.st_gid):
        for user, group in ((status.st_uid, status.st_gid), (-1, status.st_gid)):
            with suppress(PermissionError):
                os.fchown(descriptor, user, group)
                break
    os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
    if hasattr(os, "listxattr"):
        for attribute in _attributes(target):
            with suppress(OSError):  # security.* is not for everybody to set
                os.setxattr(descriptor, attribute, os.getxattr(target, attribute))


def _attributes(target: str) -> list[str]:
    try:
        return os.listxattr(target)
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.EPERM, errno.EACCES):
            return []
        raise


def _flush_folder(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # not every file system flushes folders
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(folder: str) -> None:
    """Remove temporary files of killed runs: of exactly our names, and locked by nobody."""
    for name in os.listdir(folder):
        if not sieve.is_temporary(name):
            continue
        path = os.path.join(folder, name)
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                os.unlink(path)
            finally:
                os.close(descriptor)
