"""The data of many repositories: frozen, plain, picklable."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

from migrate.accounts import SETTLED, Accounts
from migrate.accounts import State as UseState
from migrate.model import Run

GITHUB = "github"
GITLAB = "gitlab"


@dataclass(frozen=True, slots=True, order=True)
class Repository:
    """A reference to one repository. It never holds a secret.

    name: unique in a fleet, e.g. ``owner/name`` or the folder's name. location: git URL, or absolute
    path of a bare repository or a checkout. is_checkout: a folder with a work tree, which is the
    user's: never changed but for a branch that is asked for. default_branch: "" where unknown.
    host: ``github``, ``gitlab`` or "". api_url: of the host's API; full_name: its path there.
    """

    name: str
    location: str
    is_checkout: bool = False
    default_branch: str = ""
    host: str = ""
    api_url: str = ""
    full_name: str = ""


class Status(StrEnum):
    """How far a repository is. Exactly one holds.

    SCANNED: has uses that can be rewritten, nothing is made yet; NEEDS_REVIEW: only uses for a
    person are open; CLEAN: none is open.
    """

    QUEUED = "queued"
    SCANNED = "scanned"
    CLEAN = "clean"
    NEEDS_REVIEW = "needs-review"
    BRANCH_MADE = "branch-made"
    PULL_REQUEST_OPEN = "pull-request-open"
    MERGED = "merged"
    FAILED = "failed"


REACHED = (Status.BRANCH_MADE, Status.PULL_REQUEST_OPEN, Status.MERGED)
"""What was made for a repository; a scan does not undo it as long as it is still of use."""


@dataclass(frozen=True, slots=True, order=True)
class UseRow:
    """So many uses that have all of this in common.

    path: relative to the repository; kind, operation, language: as in `migrate.model.Use`; action: a
    value of `migrate.accounts.State` (rewrite, held, review, …); owners: by
    CODEOWNERS.
    """

    path: str
    kind: str
    operation: str
    language: str
    action: str
    owners: tuple[str, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class Summary:
    """The scan of one repository, counted.

    rows: sorted; searched: number of files searched; failures: paths of files that failed, with the
    reason.
    """

    rows: tuple[UseRow, ...] = ()
    searched: int = 0
    failures: tuple[tuple[str, str], ...] = field(default=())

    @classmethod
    def of(cls, run: Run) -> Self:
        """Count a run over one repository, whose paths are relative to it."""
        accounts = Accounts.of(run)
        counted = Counter(
            UseRow(use.path, use.kind, use.operation, use.language, state.value, each.owners)
            for use, state, each in accounts.uses
        )
        rows = sorted(
            UseRow(each.path, each.kind, each.operation, each.language, each.action, each.owners, count)
            for each, count in counted.items()
        )
        failures = tuple((each.path, each.reason) for each in run.files if each.path in accounts.failed)
        return cls(tuple(rows), run.searched or 0, failures)

    @property
    def open(self) -> tuple[UseRow, ...]:
        """Rows of uses that somebody has yet to do something about."""
        return tuple(row for row in self.rows if row.action not in SETTLED)

    @property
    def uses(self) -> int:
        """Number of open uses."""
        return sum(row.count for row in self.open)

    def count(self, *actions: str) -> int:
        """Number of uses with one of these actions."""
        return sum(row.count for row in self.rows if row.action in actions)

    @property
    def status(self) -> Status:
        """What the scan alone says of the repository."""
        if self.count(UseState.REWRITE):
            return Status.SCANNED
        if self.uses:
            return Status.NEEDS_REVIEW
        return Status.FAILED if self.failures else Status.CLEAN

    @property
    def reason(self) -> str:
        """Which files failed, in a sentence; "" where none did."""
        if not self.failures:
            return ""
        path, reason = self.failures[0]
        rest = len(self.failures) - 1
        return f"{path}: {reason}" + (f" (and {rest} more files failed)" if rest else "")

    def to_json(self) -> str:
        """As text."""
        return json.dumps(asdict(self), ensure_ascii=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """From the text of `to_json`."""
        value: Mapping[str, Any] = json.loads(text)
        rows = tuple(UseRow(**{**row, "owners": tuple(row["owners"])}) for row in value["rows"])
        return cls(rows, value["searched"], tuple((path, reason) for path, reason in value["failures"]))


@dataclass(frozen=True, slots=True)
class Record:
    """What the state knows of a repository.

    status, reason: where it stands, and why it failed. head, tree: names of the last scanned commit
    and its tree ("" before). branch, branch_commit: what ``fleet rewrite --commit`` made.
    pull_request: its URL; pull_request_number: what the host calls it (GitLab: iid), 0 for none.
    updated: seconds since 1970. summary: of the last finished scan, None before. result: the key of
    its full result.
    """

    repository: Repository
    status: Status = Status.QUEUED
    reason: str = ""
    head: str = ""
    tree: str = ""
    branch: str = ""
    branch_commit: str = ""
    pull_request: str = ""
    pull_request_number: int = 0
    updated: float = 0.0
    summary: Summary | None = None
    result: str = ""

    @property
    def failed(self) -> bool:
        """Whether it, or a file in it, failed."""
        return self.status is Status.FAILED or bool(self.summary and self.summary.failures)


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """Open uses of a repository at a time (seconds since 1970), by owner, language and action.

    A scan that finds something else than the one before writes all rows of the repository anew, and
    one with empty texts and count 0 where nothing is left: the latest time of a repository counts.
    owner: several owners of a file are joined by a space; "" for none.
    """

    time: float
    repository: str
    owner: str
    language: str
    action: str
    count: int
