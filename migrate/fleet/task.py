"""What is done for one repository, in a worker: fetch, scan, and hand back the result alone.

The scan is that of ``nf-migrate scan`` in the repository's folder, with its own settings file; so
what is found here and there is the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from migrate import __version__
from migrate.errors import MigrateError, NothingScannedError
from migrate.fleet import checkout, coding
from migrate.fleet.limit import OutOfTimeError, limited
from migrate.fleet.model import Repository, Summary
from migrate.model import Run

_HERE = threading.Lock()
"""Held while the process is in a repository's folder: a process has one current folder."""


@dataclass(frozen=True, slots=True)
class Task:
    """A repository to scan.

    cache: folder of clones on the worker's machine ("" for its default). settings: options as pairs,
    by their parameter's name. known_head, known_tree: of the cached result, "" where there is none.
    timeout: seconds that all of it may take, 0 for any. head: what the server was found to have, None
    where it was not asked yet.
    """

    repository: Repository
    settings: tuple[tuple[str, Any], ...] = ()
    cache: str = ""
    known_head: str = ""
    known_tree: str = ""
    timeout: float = 0
    head: checkout.Head | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a task.

    head, tree: commit and tree that were scanned ("" in a repository without commits). summary,
    run: the result, None and empty where the cached one still holds. failure: why there is none.
    """

    name: str
    head: str = ""
    tree: str = ""
    branch: str = ""
    summary: Summary | None = None
    run: bytes = b""
    failure: str = ""


def key_of(tree: str, settings: tuple[tuple[str, Any], ...]) -> str:
    """The key of a cached result: what it depends on."""
    options = json.dumps(sorted(settings), separators=(",", ":"))
    return f"{tree or 'empty'} {__version__} {hashlib.sha256(options.encode()).hexdigest()[:16]}"


def examine(task: Task) -> Answer:
    """Fetch and scan a repository. Whatever goes wrong is told in the answer."""
    try:
        with limited(task.timeout):
            return _examine(task)
    except OutOfTimeError:
        return Answer(task.repository.name, failure=took_longer(task))
    except MigrateError as error:
        return Answer(task.repository.name, failure=error.message)
    except OSError as error:
        return Answer(
            task.repository.name, failure=f"{error.strerror or error}: {error.filename or ''}".rstrip(": ")
        )
    except Exception as error:  # noqa: BLE001 (one repository must not stop the others)
        where = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{os.path.basename(where.filename)}:{where.lineno}"
        return Answer(
            task.repository.name, failure=f"nf-migrate broke, which is its own fault: {error!r} in {place}"
        )


def took_longer(task: Task) -> str:
    """What is said of a task that took too long."""
    return f"it took longer than {task.timeout:g} seconds (--timeout)"


def _examine(task: Task) -> Answer:
    name, cache = task.repository.name, task.cache or checkout.default_cache()
    os.makedirs(cache, mode=0o700, exist_ok=True)
    head = task.head or checkout.head_of(task.repository, cache)
    if head.commit and head.commit == task.known_head:
        return Answer(name, head.commit, task.known_tree, head.branch)
    if not head.commit:
        return Answer(name, "", "", head.branch, Summary(), coding.encode(Run("scan", (), searched=0)))
    with checkout.held(task.repository, cache) as place:
        clone = place.clone(head.commit)
        if clone.tree == task.known_tree:
            return Answer(name, clone.commit, clone.tree, head.branch)
        place.write_files(clone)
        run = scan(clone.folder, dict(task.settings))
    return Answer(name, clone.commit, clone.tree, head.branch, Summary.of(run), coding.encode(run))


def scan(folder: str, settings: Mapping[str, Any]) -> Run:
    """The result of ``nf-migrate scan`` in a folder, with paths relative to it. Raises MigrateError."""
    from migrate.execute import examined, understood  # noqa: PLC0415 (parsers are heavy)

    given = {**settings, "jobs": 1, "quiet": True}
    with _inside(folder):
        try:
            return examined(understood("scan", ["."], given))
        except NothingScannedError:
            return Run("scan", (), searched=0)


@contextmanager
def _inside(folder: str) -> Iterator[None]:
    with _HERE:
        before = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.chdir(folder)
            yield
        finally:
            os.fchdir(before)
            os.close(before)
