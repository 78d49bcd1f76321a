"""An invented fleet for the picture of its status: three weeks of a migration, in the middle of it."""

from migrate import contract
from migrate.fleet.burndown import Burndown, burndown, findings
from migrate.fleet.model import HistoryRow, Record, Repository, Status, Summary, UseRow
from migrate.proxy.report import Usage
from migrate.proxy.usage import Caller, Seen

NOW = 1_795_521_600.0
_DAY = 86_400.0
_PUT = contract.PUT_MANUAL.name
_NOT_FOUND = "cloning https://github.com/acme/{}.git failed: remote: Repository not found."

_ROWS = {
    "billing": [("python", "rewrite", 7, "@acme/payments"), ("shell", "review", 2, "")],
    "shop": [("javascript", "review", 3, "@acme/web"), ("typescript", "rewrite", 4, "@acme/web")],
    "infra": [("yaml", "rewrite", 4, "@acme/platform"), ("terraform", "review", 1, "@acme/platform")],
    "tools": [("python", "rewrite", 1, "@acme/platform"), ("javascript", "held", 2, "@acme/web")],
    "reports": [("notebook", "rewrite", 2, "@acme/data"), ("python", "accepted", 1, "@acme/data")],
    "docs": [],
    "site": [],
    "auth": [],
}
_STATUSES = {
    "billing": Status.SCANNED,
    "shop": Status.SCANNED,
    "infra": Status.PULL_REQUEST_OPEN,
    "tools": Status.BRANCH_MADE,
    "reports": Status.PULL_REQUEST_OPEN,
    "docs": Status.CLEAN,
    "site": Status.CLEAN,
    "auth": Status.MERGED,
}
_HISTORY = ((21, 38, 12, 5), (18, 35, 11, 5), (15, 30, 11, 4), (11, 24, 8, 4), (6, 21, 8, 2), (2, 18, 6, 2))
"""Days ago; uses that could be rewritten, for a person, held back."""


def status() -> Burndown:
    """How far it is."""
    records = [_record(name, _STATUSES[name], rows) for name, rows in _ROWS.items()]
    records += [
        Record(_repository(name), Status.FAILED, _NOT_FOUND.format(name)) for name in ("attic", "legacy-api")
    ]
    calls = [
        (
            Caller("acme", "web", _PUT, "python-requests/2.32.3", "5f2a9c", "translated"),
            Seen(NOW - 19 * _DAY, NOW - 7200, 812, 200, ""),
        ),
        (
            Caller("acme", "batch", _PUT, "curl/8.9.1", "b41d07", "translated"),
            Seen(NOW - 17 * _DAY, NOW - 3 * _DAY, 9, 200, ""),
        ),
    ]
    return burndown(records, _history(), NOW, Usage(NOW, calls, [], findings(records)))


def _repository(name: str) -> Repository:
    return Repository(f"acme/{name}", f"https://github.com/acme/{name}.git", False, "main", "github")


def _record(name: str, status: Status, rows: list[tuple[str, str, int, str]]) -> Record:
    uses = tuple(
        UseRow("a", "http-call", _PUT, language, action, (owner,) if owner else (), count)
        for language, action, count, owner in rows
    )
    is_open = status is Status.PULL_REQUEST_OPEN
    url = f"https://github.com/acme/{name}/pull/{len(name)}" if is_open else ""
    return Record(_repository(name), status, pull_request=url, updated=NOW, summary=Summary(uses, 10))


def _history() -> list[HistoryRow]:
    return [
        HistoryRow(NOW - days * _DAY, "acme/all", "", "", action, count)
        for days, *counts in _HISTORY
        for action, count in zip(("rewrite", "review", "held"), counts, strict=True)
    ]
