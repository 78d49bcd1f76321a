"""The state of a fleet in a SQLite file: killed at any moment, the next run goes on from there.

Each step that is done is one transaction. Times are seconds since 1970. Never stored: tokens.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from migrate.database import Database
from migrate.errors import UsageError
from migrate.fleet.model import REACHED, HistoryRow, Record, Repository, Status, Summary
from migrate.fleet.naming import identity

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS repositories (
  name TEXT PRIMARY KEY, location TEXT NOT NULL, is_checkout INTEGER NOT NULL, default_branch TEXT NOT NULL,
  host TEXT NOT NULL, api_url TEXT NOT NULL, full_name TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'queued', reason TEXT NOT NULL DEFAULT '', reached TEXT NOT NULL DEFAULT '',
  head TEXT NOT NULL DEFAULT '', tree TEXT NOT NULL DEFAULT '', result TEXT NOT NULL DEFAULT '',
  branch TEXT NOT NULL DEFAULT '', branch_commit TEXT NOT NULL DEFAULT '',
  pull_request TEXT NOT NULL DEFAULT '', pull_request_number INTEGER NOT NULL DEFAULT 0,
  updated REAL NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, summary TEXT NOT NULL, run BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS history (
  time REAL NOT NULL, repository TEXT NOT NULL, owner TEXT NOT NULL, language TEXT NOT NULL,
  action TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (repository, time, owner, language, action)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS published (time REAL NOT NULL, repository TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS published_by_time ON published (time);
"""
_QUEUE = """
INSERT INTO repositories (name, location, is_checkout, default_branch, host, api_url, full_name)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET
  location = excluded.location, is_checkout = excluded.is_checkout,
  host = excluded.host, api_url = excluded.api_url, full_name = excluded.full_name,
  default_branch = CASE WHEN excluded.default_branch = '' THEN default_branch ELSE excluded.default_branch END
"""
_RECORDS = """
SELECT name, location, is_checkout, default_branch, host, api_url, full_name, status, reason,
  head, tree, branch, branch_commit, pull_request, pull_request_number, updated, summary, result
FROM repositories LEFT JOIN results ON key = result
"""


class Place(NamedTuple):
    """A commit that was scanned, its tree, and the branch that it is the head of ("" where unknown)."""

    head: str
    tree: str
    branch: str = ""


class State:
    """An open state file. Its methods may be called from any thread. Raises UsageError on opening."""

    def __init__(self, path: str) -> None:
        hint = "Name another file in a writable folder: --state fleet.sqlite3"
        self._database = Database(path, _VERSION, _SCHEMA, "the state of a fleet", hint)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def add(self, repositories: Iterable[Repository]) -> None:
        """Queue what is not there yet; what is there keeps where it stands.

        Raises UsageError for a name that stands for another location already.
        """
        with self._database.transaction() as database:
            for each in repositories:
                known = database.execute(
                    "SELECT location FROM repositories WHERE name = ?", [each.name]
                ).fetchone()
                if known and identity(known[0]) != identity(each.location):
                    raise UsageError(
                        f"The state knows `{each.name}` from another place than {each.location}.",
                        "Give it another name in the list, or keep it in a state of its own: --state FILE",
                    )
                row = (each.name, each.location, each.is_checkout, each.default_branch, each.host)
                database.execute(_QUEUE, (*row, each.api_url, each.full_name))

    def places(self) -> dict[str, str]:
        """Locations of all repositories, by name."""
        return dict(self._database.rows("SELECT name, location FROM repositories"))

    def repositories(self, names: Iterable[str] | None = None) -> list[Record]:
        """All records, or those of some names, sorted by name."""
        if names is None:
            return [_record(row) for row in self._database.rows(f"{_RECORDS} ORDER BY name")]
        found = [
            row for name in set(names) for row in self._database.rows(f"{_RECORDS} WHERE name = ?", [name])
        ]
        return sorted(map(_record, found), key=lambda each: each.repository.name)

    def repository(self, name: str) -> Record:
        """One record. Raises KeyError."""
        found = self.repositories([name])
        if not found:
            raise KeyError(name)
        return found[0]

    # ── Scans ────────────────────────────────────────────────────────────────────────────────

    def has_result(self, key: str) -> bool:
        """Whether a result is cached. key: tree, tool version and options, see `migrate.fleet.task`."""
        return bool(self._database.rows("SELECT 1 FROM results WHERE key = ?", [key]))

    def run_of(self, key: str) -> bytes | None:
        """The full result, encoded by `migrate.fleet.coding`, or None where it is not cached."""
        rows = self._database.rows("SELECT run FROM results WHERE key = ?", [key])
        return bytes(rows[0][0]) if rows else None

    def record(
        self, name: str, place: Place, key: str, result: tuple[Summary, bytes] | None = None
    ) -> Status:
        """Record a finished scan: status, result and history in one transaction. Returns the status.

        place: what was scanned. result: summary and encoded run; None where `key` is cached. Raises
        KeyError where it is not.
        """
        now = time.time()
        with self._database.transaction() as database:
            if result is not None:
                row = (key, result[0].to_json(), result[1])
                database.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", row)
            found = database.execute("SELECT summary FROM results WHERE key = ?", [key]).fetchone()
            if found is None:
                raise KeyError(key)
            summary = Summary.from_json(found[0])
            (reached,) = database.execute(
                "SELECT reached FROM repositories WHERE name = ?", [name]
            ).fetchone()
            status = settled(reached, summary.status)
            database.execute(
                "UPDATE repositories SET status = ?, reason = ?, head = ?, tree = ?, result = ?, updated = ?,"
                " default_branch = CASE WHEN ?7 = '' THEN default_branch ELSE ?7 END WHERE name = ?8",
                (status, summary.reason, place.head, place.tree, key, now, place.branch, name),
            )
            counts = _counts(summary)
            if counts != _latest(database, name):
                rows = [(now, name, *labels, count) for labels, count in counts.items()]
                database.executemany("INSERT INTO history VALUES (?, ?, ?, ?, ?, ?)", rows)
        return status

    def forget_unused(self) -> None:
        """Drop results that no repository has any more."""
        with self._database.transaction() as database:
            database.execute("DELETE FROM results WHERE key NOT IN (SELECT result FROM repositories)")

    # ── Steps ────────────────────────────────────────────────────────────────────────────────

    def set_status(self, name: str, status: Status, reason: str = "") -> None:
        """Say where a repository stands."""
        with self._database.transaction() as database:
            database.execute(
                "UPDATE repositories SET status = ?, reason = ?, updated = ?,"
                " reached = CASE WHEN ? THEN ? ELSE reached END WHERE name = ?",
                (status, reason, time.time(), status in REACHED, status, name),
            )

    def set_branch(self, name: str, branch: str, commit: str, default_branch: str = "") -> None:
        """A branch was made, or moved to another commit of ours. An open pull request stays open."""
        with self._database.transaction() as database:
            database.execute(
                "UPDATE repositories SET branch = ?, branch_commit = ?, updated = ?, reason = '',"
                " default_branch = CASE WHEN ? = '' THEN default_branch ELSE ? END,"
                " status = CASE WHEN reached = ? THEN reached ELSE ? END,"
                " reached = CASE WHEN reached = ? THEN reached ELSE ? END WHERE name = ?",
                (
                    *(branch, commit, time.time(), default_branch, default_branch),
                    *(Status.PULL_REQUEST_OPEN, Status.BRANCH_MADE) * 2,
                    name,
                ),
            )

    def set_pull_request(self, name: str, url: str, number: int) -> None:
        """A pull request was opened: its place, the status and the time, in one transaction."""
        now = time.time()
        with self._database.transaction() as database:
            database.execute(
                "UPDATE repositories SET pull_request = ?, pull_request_number = ?, status = ?, reached = ?,"
                " reason = '', updated = ? WHERE name = ?",
                (url, number, Status.PULL_REQUEST_OPEN, Status.PULL_REQUEST_OPEN, now, name),
            )
            database.execute("INSERT INTO published VALUES (?, ?)", (now, name))

    def open_pull_requests(self) -> list[Record]:
        """Records whose pull request was open when last asked, sorted by name."""
        return [
            _record(row)
            for row in self._database.rows(
                f"{_RECORDS} WHERE reached = ? AND pull_request != '' ORDER BY name",
                [Status.PULL_REQUEST_OPEN],
            )
        ]

    def published_since(self, moment: float) -> list[float]:
        """Times after `moment` at which pull requests were opened, in order."""
        rows = self._database.rows("SELECT time FROM published WHERE time > ? ORDER BY time", [moment])
        return [row[0] for row in rows]

    def history(self) -> list[HistoryRow]:
        """What was left over time, by time and repository."""
        rows = self._database.rows(
            "SELECT time, repository, owner, language, action, count FROM history"
            " ORDER BY time, repository, owner, language, action"
        )
        return [HistoryRow(*row) for row in rows]


def settled(reached: str, scanned: Status) -> Status:
    """Where a repository stands after a scan of its default branch.

    reached: what was made for it before ("" for nothing). A branch or pull request that waits keeps
    its place while the uses that it rewrites are there; whether a pull request is merged says the
    host; what is merged is merged until there is something to rewrite again.
    """
    if scanned is Status.FAILED:
        return scanned
    if reached == Status.PULL_REQUEST_OPEN:
        return Status.PULL_REQUEST_OPEN
    if reached == Status.BRANCH_MADE and scanned is Status.SCANNED:
        return Status.BRANCH_MADE
    if reached == Status.MERGED and scanned is not Status.SCANNED:
        return Status.MERGED
    return scanned


def _record(row: Sequence[Any]) -> Record:
    reason, head, tree, branch, commit, pull_request, number, updated, summary, result = row[8:]
    return Record(
        Repository(row[0], row[1], bool(row[2]), *row[3:7]),
        Status(row[7]),
        *(reason, head, tree, branch, commit, pull_request, number, updated),
        summary=None if summary is None else Summary.from_json(summary),
        result=result,
    )


def _counts(summary: Summary) -> dict[tuple[str, str, str], int]:
    """Open uses by owner, language and action; one empty row where there are none."""
    found: Counter[tuple[str, str, str]] = Counter()
    for row in summary.open:
        found[" ".join(row.owners), row.language, row.action] += row.count
    return dict(found) or {("", "", ""): 0}


def _latest(database: Any, name: str) -> dict[tuple[str, str, str], int]:
    rows = database.execute(
        "SELECT owner, language, action, count FROM history WHERE repository = ?1"
        " AND time = (SELECT max(time) FROM history WHERE repository = ?1)",
        [name],
    ).fetchall()
    return {(owner, language, action): count for owner, language, action, count in rows}
