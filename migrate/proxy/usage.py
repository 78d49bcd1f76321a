"""Who still calls: records of deprecated calls, and counters, in SQLite.

Calls and counts are collected in memory and written in one transaction about once a second and
at the end; several processes share one file. Never recorded: tokens, bodies, queries.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sqlite3
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from migrate.database import Database
from migrate.errors import UsageError

MOST_ROWS = 10_000
OTHER = "(other)"
_LONGEST = 200
_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS calls (
  team TEXT NOT NULL, project TEXT NOT NULL, operation TEXT NOT NULL, user_agent TEXT NOT NULL,
  caller TEXT NOT NULL, outcome TEXT NOT NULL,
  first_seen REAL NOT NULL, last_seen REAL NOT NULL, count INTEGER NOT NULL,
  last_status INTEGER NOT NULL, last_sent TEXT NOT NULL,
  PRIMARY KEY (team, project, operation, user_agent, caller, outcome)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS counters (
  name TEXT NOT NULL, labels TEXT NOT NULL, value REAL NOT NULL, PRIMARY KEY (name, labels)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS processes (
  id TEXT PRIMARY KEY, heartbeat REAL NOT NULL, in_flight INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS journals (name TEXT PRIMARY KEY, size INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS watched (day TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_ADD_CALL = """
INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
  first_seen = min(first_seen, excluded.first_seen),
  last_status = CASE WHEN excluded.last_seen >= last_seen THEN excluded.last_status ELSE last_status END,
  last_sent = CASE WHEN excluded.last_seen >= last_seen THEN excluded.last_sent ELSE last_sent END,
  last_seen = max(last_seen, excluded.last_seen),
  count = count + excluded.count
"""
_ADD_COUNT = "INSERT INTO counters VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = value + excluded.value"
_MARK = "INSERT INTO journals VALUES (?, ?) ON CONFLICT DO UPDATE SET size = excluded.size"
_BEAT = "INSERT INTO processes VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET heartbeat = ?2, in_flight = ?3"
ALIVE = 10.0
"""Seconds without a sign after which a process counts as gone."""


class Caller(NamedTuple):
    """What a record is kept by. caller: keyed fingerprint of the token, "-" without one.

    outcome: ``translated``, ``observed``, ``refused:CODE``, ``failed:CODE``, ``untranslated:CODE``.
    """

    team: str
    project: str
    operation: str
    user_agent: str
    caller: str
    outcome: str


@dataclass(slots=True)
class Seen:
    """When and how often. Times in seconds since 1970. last_sent: method, path and moved keys."""

    first_seen: float
    last_seen: float
    count: int
    last_status: int
    last_sent: str


Labels = tuple[tuple[str, str], ...]


class Fingerprints:
    """Fingerprints of tokens: a keyed hash (BLAKE2b), useless without the key."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.sha256(key).digest()

    def of(self, authorization: bytes) -> str:
        """The fingerprint of an Authorization field's credentials; "-" where there are none."""
        token = authorization.split(b" ", 1)[-1].strip()
        return hashlib.blake2b(token, digest_size=8, key=self._key).hexdigest() if token else "-"


def read_key(path: Path | None) -> bytes:
    """The key for fingerprints: from a file, made (mode 0600) where there is none; random for None.

    Raises UsageError.
    """
    if path is None:
        return secrets.token_bytes(32)
    try:
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _read_whole(path)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(32).encode())
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", "Name a readable file: --key-file") from None


def _read_whole(path: Path) -> bytes:
    """A key file's content, also where another process is just writing it."""
    for _ in range(50):
        key = path.read_bytes()
        if len(key) >= 16:
            return key
        time.sleep(0.02)
    raise UsageError(f"{path}: the key is shorter than 16 bytes.", "Put a longer random text there.")


class Ledger:
    """Calls and counts not yet written. Used by the event loop only; `take` hands them over."""

    def __init__(self) -> None:
        self.calls: dict[Caller, Seen] = {}
        self.counts: dict[tuple[str, Labels], float] = {}
        self.in_flight = 0
        self.note: Callable[[Caller, float, int, str], None] | None = None

    def call(self, caller: Caller, status: int, sent: str, now: float) -> None:
        """Record a deprecated call. `note`, if set, gets it too."""
        if self.note is not None:
            self.note(caller, now, status, sent)
        seen = self.calls.get(caller)
        if seen is None:
            self.calls[caller] = Seen(now, now, 1, status, sent)
            return
        seen.last_seen = now
        seen.count += 1
        seen.last_status = status
        seen.last_sent = sent

    def count(self, name: str, labels: Labels = (), value: float = 1) -> None:
        """Add to a counter."""
        key = name, labels
        self.counts[key] = self.counts.get(key, 0) + value

    def take(self) -> tuple[dict[Caller, Seen], dict[tuple[str, Labels], float]]:
        """All that is not yet written; from now on the caller's to write."""
        taken = self.calls, self.counts
        self.calls, self.counts = {}, {}
        return taken

    def give_back(self, calls: Mapping[Caller, Seen], counts: Mapping[tuple[str, Labels], float]) -> None:
        """Take back what could not be written."""
        for (name, labels), value in counts.items():
            self.count(name, labels, value)
        for caller, seen in calls.items():
            newer = self.calls.get(caller)
            if newer is not None:
                seen.last_seen, seen.last_status = newer.last_seen, newer.last_status
                seen.last_sent = newer.last_sent
                seen.count += newer.count
            self.calls[caller] = seen


def short(text: str) -> str:
    """Text of a caller's, made safe to be stored and shown: printable, and not long."""
    text = text[:_LONGEST]
    return text if text.isprintable() else "".join(each if each.isprintable() else "?" for each in text)


class Store:
    """The SQLite file. Its methods may be called from any thread. Raises UsageError on opening."""

    def __init__(self, path: str) -> None:
        self._id = uuid.uuid4().hex
        hint = "Name a file in a writable folder: --database usage.sqlite3"
        self._database = Database(path, _VERSION, _SCHEMA, "the record of calls", hint)

    def save(
        self,
        calls: Mapping[Caller, Seen],
        counts: Mapping[tuple[str, Labels], float],
        in_flight: int,
        now: float,
        marks: Mapping[str, int] | None = None,
    ) -> None:
        """Add to what is written, in one transaction. Raises sqlite3.Error; then nothing is written.

        marks: how much of which journals is then written.
        """
        day = datetime.fromtimestamp(now, UTC).date().isoformat()
        with self._database.transaction() as database:
            _add_calls(database, calls)
            database.executemany(_MARK, (marks or {}).items())
            labelled = [(name, json.dumps(labels), value) for (name, labels), value in counts.items()]
            database.executemany(_ADD_COUNT, labelled)
            database.execute(_BEAT, (self._id, now, in_flight))
            database.execute("DELETE FROM processes WHERE heartbeat < ?", (now - ALIVE,))
            database.execute("INSERT OR IGNORE INTO watched VALUES (?)", (day,))

    def journaled(self, name: str) -> int:
        """How many bytes of a journal are written already."""
        rows = self._database.rows("SELECT size FROM journals WHERE name = ?", (name,))
        return rows[0][0] if rows else 0

    def adopt(self, name: str, size: int, calls: Mapping[Caller, Seen]) -> None:
        """Add what stood in another process's journal, up to `size` bytes. Raises sqlite3.Error."""
        with self._database.transaction() as database:
            _add_calls(database, calls)
            database.execute(_MARK, (name, size))

    def forget(self, *names: str) -> None:
        """Journals that are gone."""
        with self._database.transaction() as database:
            database.executemany("DELETE FROM journals WHERE name = ?", [(name,) for name in names])

    def calls(self) -> dict[Caller, Seen]:
        """All recorded calls, the latest first."""
        rows = self._database.rows("SELECT * FROM calls ORDER BY last_seen DESC")
        return {Caller(*row[:6]): Seen(*row[6:]) for row in rows}

    def counters(self) -> dict[tuple[str, Labels], float]:
        """All counters."""
        rows = self._database.rows("SELECT * FROM counters ORDER BY name, labels")
        return {
            (name, tuple((key, text) for key, text in json.loads(labels))): value
            for name, labels, value in rows
        }

    def processes(self, now: float) -> list[int]:
        """Requests in flight, for each process that is alive."""
        query = "SELECT in_flight FROM processes WHERE heartbeat >= ?"
        return [row[0] for row in self._database.rows(query, (now - ALIVE,))]

    def watched(self) -> list[str]:
        """Days (UTC, ISO 8601) on which the shim ran, in order."""
        return [row[0] for row in self._database.rows("SELECT day FROM watched ORDER BY day")]

    def leave(self) -> None:
        """Say that this process is gone, and close."""
        with self._database.transaction() as database:
            database.execute("DELETE FROM processes WHERE id = ?", (self._id,))
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _add_calls(database: sqlite3.Connection, calls: Mapping[Caller, Seen]) -> None:
    room = MOST_ROWS - database.execute("SELECT count(*) FROM calls").fetchone()[0]
    for caller, seen in calls.items():
        if room < len(calls):
            caller = _fit(database, caller, room)  # noqa: PLW2901 (the row that it goes to)
        row = (*caller, seen.first_seen, seen.last_seen, seen.count, seen.last_status, seen.last_sent)
        database.execute(_ADD_CALL, row)
        room -= 1


def _fit(database: sqlite3.Connection, caller: Caller, room: int) -> Caller:
    """The same caller where it has a row or there is room for one, else the row for all others."""
    if room > 0:
        return caller
    known = database.execute(
        "SELECT 1 FROM calls WHERE (team, project, operation, user_agent, caller, outcome)"
        " = (?, ?, ?, ?, ?, ?)",
        caller,
    ).fetchone()
    return caller if known else Caller(OTHER, OTHER, caller.operation, OTHER, OTHER, caller.outcome)
