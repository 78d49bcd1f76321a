"""Calls that are counted in memory, on disk as well, so that a process that is killed loses none.

Each process appends a line for each call to a file of its own beside the database, in one write to
the system's cache (microseconds, no fsync), and holds a lock on it. What the database has taken over
of it stands in the database itself, in the same transaction. Whoever starts next takes over the rest
of files that nobody holds.
"""

from __future__ import annotations

import fcntl
import glob
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import msgspec

from migrate.proxy.usage import Caller, Ledger, Store

_LARGEST = 1 << 20
_RECORD = msgspec.json.Decoder(tuple[str, str, str, str, str, str, float, int, str])


class _File:
    """One file, held by this process. size: bytes written."""

    def __init__(self, database: str) -> None:
        while True:
            self.name = uuid.uuid4().hex
            self.path = _path(database, self.name)
            self._descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
            fcntl.flock(self._descriptor, fcntl.LOCK_EX)
            if os.fstat(self._descriptor).st_nlink:  # else somebody took it for an abandoned one
                break
            os.close(self._descriptor)
        self.size = 0

    def append(self, line: bytes) -> None:
        """Write a line. What can't be written (a full disk) is in memory still."""
        try:
            self.size += os.write(self._descriptor, line)
        except OSError:
            return

    def close(self, *, remove: bool) -> None:
        """Let go of it."""
        if remove:
            self.path.unlink(missing_ok=True)
        os.close(self._descriptor)


class Journal:
    """The calls of this process that the database may not have yet."""

    def __init__(self, database: str) -> None:
        self._database = database
        self._file = _File(database)
        self._full: list[_File] = []

    def append(self, caller: Caller, now: float, status: int, sent: str) -> None:
        """Note a call."""
        self._file.append(b"\n" + msgspec.json.encode((*caller, now, status, sent)) + b"\n")

    def marks(self) -> dict[str, int]:
        """Names of the files and how much is in them: what the next writing covers."""
        if self._file.size > _LARGEST:
            self._full.append(self._file)
            self._file = _File(self._database)
        return {each.name: each.size for each in (*self._full, self._file)}

    def saved(self) -> list[str]:
        """Remove what the database has all of. Returns the names."""
        names = [each.name for each in self._full]
        for each in self._full:
            each.close(remove=True)
        self._full = []
        return names

    def close(self, *, saved: bool) -> None:
        """End. saved: whether the database has all."""
        for each in (*self._full, self._file):
            each.close(remove=saved)


def recover(database: str, store: Store) -> None:
    """Take over what processes that were killed left. Raises OSError and sqlite3.Error."""
    pattern = glob.escape(_path(database, "").name) + "*"
    for path in sorted(Path(database).parent.glob(pattern)):
        try:
            file = path.open("rb")
        except FileNotFoundError:
            continue  # its process has ended
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue  # its process lives
            if not os.fstat(file.fileno()).st_nlink:
                continue
            name = path.name.rpartition("-")[2]
            content = file.read()
            ledger = Ledger()
            for caller, now, status, sent in _records(content[store.journaled(name) :]):
                ledger.call(caller, status, sent, now)
            store.adopt(name, len(content), ledger.calls)
            path.unlink()
            store.forget(name)


def _path(database: str, name: str) -> Path:
    return Path(f"{database}.journal-{name}")


def _records(content: bytes) -> Iterator[tuple[Caller, float, int, str]]:
    for line in content.split(b"\n"):
        try:
            *caller, now, status, sent = _RECORD.decode(line)
        except msgspec.DecodeError:
            continue  # empty, or cut by a full disk
        yield Caller(*caller), now, status, sent
