"""A SQLite file that several threads and processes share, written in transactions."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from migrate.errors import UsageError

IN_MEMORY = ":memory:"


class Database:
    """An open file. Its methods may be called from any thread.

    version: of the schema, kept as ``PRAGMA user_version``; schema: statements that can be run
    again; purpose, hint: for the message where the file can't be used. Raises UsageError.
    """

    def __init__(self, path: str, version: int, schema: str, purpose: str, hint: str) -> None:
        self._lock = threading.RLock()
        try:
            if path != IN_MEMORY:
                Path(path).parent.mkdir(parents=True, exist_ok=True)
                # What is recorded of callers and repositories is nobody else's business.
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            self._connection = sqlite3.connect(
                path, timeout=10, check_same_thread=False, isolation_level=None
            )
            self._prepare(version, schema)
        except (sqlite3.Error, OSError) as error:
            raise UsageError(f"{path}: can't be used as {purpose}: {error}", hint) from None

    def _prepare(self, version: int, schema: str) -> None:
        found = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if found not in {0, version}:
            raise sqlite3.DatabaseError(f"written by another version ({found})")
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript(schema)
        self._connection.execute(f"PRAGMA user_version = {version}")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing of what is written inside; readers see it at the end."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """All rows of a query."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()
