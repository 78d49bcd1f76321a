"""How far the migration is over many repositories: what the state holds, as tables. Pure.

Uses are those of each repository's last scan of its default branch: what waits in a pull request
counts until it is merged and scanned again. Open are those about which something is to be done.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from migrate.accounts import State as UseState
from migrate.fleet.model import HistoryRow, Record, Status, UseRow
from migrate.proxy.report import Finding, Usage

ACTIONS = tuple(UseState)
"""In the order in which they are shown."""

OPEN = (UseState.REWRITE, UseState.HELD, UseState.REVIEW, UseState.FAILED)

NO_OWNER = "(no owner)"
UNKNOWN = "unknown"
ELSEWHERE = "…"
"""Stands for a repository's own name and place in a message, so that equal faults have equal messages."""

_MOST_POINTS = 120
_STEPS = (60, 600, 3600, 6 * 3600, 86_400, 7 * 86_400, 28 * 86_400, 364 * 86_400)
"""Seconds between points of the chart over time."""


@dataclass(frozen=True, slots=True)
class Group:
    """Uses that have something in common. actions: how many, by value of `UseState`."""

    name: str
    actions: Mapping[str, int]

    @property
    def open(self) -> int:
        """Number of open uses."""
        return sum(self.actions.get(each, 0) for each in OPEN)


@dataclass(frozen=True, slots=True)
class Line:
    """One repository. scanned: whether it ever was; updated: seconds since 1970, 0 for never."""

    name: str
    status: Status
    reason: str
    uses: Group
    pull_request: str
    updated: float
    scanned: bool


@dataclass(frozen=True, slots=True)
class Point:
    """How many uses were left at a time (seconds since 1970), and of how many repositories that is known."""

    time: float
    repositories: int
    uses: Group


@dataclass(frozen=True, slots=True)
class Problem:
    """A message and the repositories that it is about. failed: they failed; else it is only said."""

    message: str
    failed: bool
    repositories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Burndown:
    """All that ``fleet status`` shows. now: seconds since 1970; usage: None where no record was given.

    repositories: the most open uses first. by: ``owner``, ``language``, ``operation`` and ``kind`` →
    groups, the most open uses first; a use with several owners counts for each of them.
    """

    now: float
    repositories: tuple[Line, ...]
    statuses: Mapping[Status, int]
    uses: Group
    by: Mapping[str, tuple[Group, ...]]
    over_time: tuple[Point, ...]
    problems: tuple[Problem, ...]
    usage: Usage | None = None


def burndown(
    records: Sequence[Record], history: Sequence[HistoryRow], now: float, usage: Usage | None = None
) -> Burndown:
    """Count what the state holds. history: in order of time, as the state gives it."""
    rows = [row for each in records for row in (each.summary.rows if each.summary else ())]
    statuses = Counter(each.status for each in records)
    return Burndown(
        now,
        tuple(sorted(map(_line, records), key=lambda line: (-line.uses.open, line.name))),
        {status: statuses[status] for status in Status},
        _group("all", rows),
        {name: _groups(rows, keys) for name, keys in _BY.items()},
        _over_time(history),
        _problems(records),
        usage,
    )


_BY: dict[str, Callable[[UseRow], Iterable[str]]] = {
    "owner": lambda row: row.owners or (NO_OWNER,),
    "language": lambda row: (row.language or UNKNOWN,),
    "operation": lambda row: (row.operation or UNKNOWN,),
    "kind": lambda row: (row.kind,),
}


def _group(name: str, rows: Iterable[UseRow]) -> Group:
    counted: Counter[str] = Counter()
    for row in rows:
        counted[row.action] += row.count
    return Group(name, {action.value: counted[action.value] for action in ACTIONS})


def _groups(rows: Iterable[UseRow], keys: Callable[[UseRow], Iterable[str]]) -> tuple[Group, ...]:
    found: defaultdict[str, list[UseRow]] = defaultdict(list)
    for row in rows:
        for key in dict.fromkeys(keys(row)):
            found[key].append(row)
    groups = [_group(name, some) for name, some in found.items()]
    return tuple(sorted(groups, key=lambda group: (-group.open, group.name)))


def _line(record: Record) -> Line:
    rows = record.summary.rows if record.summary else ()
    name = record.repository.name
    scanned = record.summary is not None
    return Line(
        name, record.status, record.reason, _group(name, rows), record.pull_request, record.updated, scanned
    )


def _over_time(history: Sequence[HistoryRow]) -> tuple[Point, ...]:
    """What was left after each step of time: the latest rows of each repository hold until its next."""
    if not history:
        return ()
    span = history[-1].time - history[0].time
    step = next((each for each in _STEPS if span / each <= _MOST_POINTS), _STEPS[-1])
    latest: dict[str, tuple[float, Counter[str]]] = {}
    total: Counter[str] = Counter()
    points: dict[int, Point] = {}
    for row in history:
        time, counts = latest.get(row.repository, (-1.0, Counter[str]()))
        if time != row.time:
            total.subtract(counts)
            counts = Counter[str]()
            latest[row.repository] = row.time, counts
        counts[row.action] += row.count
        total[row.action] += row.count
        left = Group("", {action.value: total[action.value] for action in ACTIONS})
        points[int(row.time // step)] = Point(row.time, len(latest), left)
    return tuple(points.values())


def _problems(records: Sequence[Record]) -> tuple[Problem, ...]:
    found: defaultdict[tuple[str, bool], list[str]] = defaultdict(list)
    for each in records:
        if each.reason or each.status is Status.FAILED:
            found[_message(each), each.status is Status.FAILED].append(each.repository.name)
    problems = [Problem(message, failed, tuple(names)) for (message, failed), names in found.items()]
    return tuple(sorted(problems, key=lambda each: (not each.failed, -len(each.repositories), each.message)))


def _message(record: Record) -> str:
    """Why, without the repository's own name and place."""
    message = " ".join(record.reason.split()) or "failed without a word"
    repository = record.repository
    for own in sorted({repository.location, repository.full_name, repository.name}, key=len, reverse=True):
        if len(own) > 3:
            message = message.replace(own, ELSEWHERE)
    return message


def findings(records: Sequence[Record]) -> list[Finding]:
    """What to join a record of calls with: each repository's operations and languages once."""
    found = {
        Finding(each.repository.name, 0, row.operation, row.language): None
        for each in records
        if each.summary
        for row in each.summary.open
    }
    return list(found)
