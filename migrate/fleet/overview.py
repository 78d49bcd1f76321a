"""What is said at the end: each repository's line, the sums, and failures by their message. Pure."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from migrate.accounts import State
from migrate.fleet.model import Record, Status
from migrate.report.words import count, visible

_WORDS = {
    State.REWRITE: "to rewrite",
    State.HELD: "held back",
    State.REVIEW: "for a person",
    State.FAILED: "failed",
}
_NAMES = re.compile(r"\b[0-9a-f]{12,64}\b")
_SHOWN = 5
"""Repositories named for one message; the rest is counted."""
_WIDEST = 60


def overview(records: Sequence[Record]) -> str:
    """A line for each repository that is not clean, the sums, and what failed."""
    told = [each for each in records if each.status is not Status.CLEAN]
    width = min(max((len(visible(each.repository.name)) for each in told), default=0), _WIDEST)
    lines = [f"{visible(each.repository.name):<{width}}  {_about(each)}" for each in told]
    parts = ["\n".join(lines), _sums(records), failures(records)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _about(record: Record) -> str:
    branch = f" {record.branch}" if record.branch and record.status is Status.BRANCH_MADE else ""
    link = f" {record.pull_request}" if record.pull_request else ""
    status = visible(f"{record.status.value.replace('-', ' ')}{branch}{link}")
    uses = "" if record.status is Status.FAILED and record.summary is None else _uses([record])
    return f"{status}: {uses}" if uses else status


def _uses(records: Sequence[Record]) -> str:
    summaries = [each.summary for each in records if each.summary is not None]
    counted = ((sum(each.count(state) for each in summaries), words) for state, words in _WORDS.items())
    return ", ".join(f"{number:,} {words}" for number, words in counted if number)


def _sums(records: Sequence[Record]) -> str:
    by_status: dict[Status, int] = defaultdict(int)
    for each in records:
        by_status[each.status] += 1
    stand = ", ".join(
        f"{by_status[status]:,} {status.value.replace('-', ' ')}" for status in Status if by_status[status]
    )
    uses = _uses(records) or "none"
    return f"{count(len(records), 'repository', 'repositories')}: {stand}.\nUses: {uses}."


def failures(records: Sequence[Record]) -> str:
    """Failures by message, the most frequent first; "" where there are none."""
    groups: dict[str, list[str]] = defaultdict(list)
    for each in records:
        if each.failed:
            groups[_common(each)].append(each.repository.name)
    ordered = sorted(groups.items(), key=lambda group: (-len(group[1]), group))
    lines = [f"- {visible(message)}\n    {visible(_some(names))}" for message, names in ordered]
    return "\n".join(["Failed:", *lines]) if lines else ""


def _common(record: Record) -> str:
    """The message without what names this repository alone."""
    repository = record.repository
    text = " ".join(record.reason.split())
    for own in (repository.location, repository.location.removesuffix(".git"), repository.name):
        text = text.replace(own, "…")
    return _NAMES.sub("…", text)


def _some(names: Sequence[str]) -> str:
    rest = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {rest:,} more" if rest > 0 else "")
