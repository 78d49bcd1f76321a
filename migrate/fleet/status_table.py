"""The status of a fleet for a terminal."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from migrate.fleet.burndown import ACTIONS, Burndown, Group
from migrate.fleet.charts import moment
from migrate.fleet.status_words import ACTION_WORDS, BY_WORDS, STATUS_WORDS, named, sentence
from migrate.report import RenderOptions
from migrate.report.words import plain, visible

_MOST = 20
"""Rows of a table; the rest is counted."""

_MOST_NAMES = 8
_STYLES = {"rewrite": "green", "held": "cyan", "review": "yellow", "failed": "red"}


def render(found: Burndown, options: RenderOptions) -> str:
    """The tables."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=max(60, options.width),
        force_terminal=options.color,
        color_system="standard" if options.color else None,
        highlight=False,
        legacy_windows=False,
    )
    console.print(_text(sentence(found), "bold"))
    if found.repositories:
        for each in _tables(found):
            console.print()
            console.print(each)
    text = "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"
    return text if options.unicode else plain(text)


def _text(value: str, style: str = "") -> Text:
    return Text(visible(value).replace("\n", " "), style, overflow="fold")


def _tables(found: Burndown) -> Iterator[Table | Text]:
    yield _statuses(found)
    if found.uses.open:
        yield _uses("By repository", [each.uses for each in found.repositories if each.uses.open])
    for name, title in BY_WORDS.items():
        if found.by[name]:
            yield _uses(title, found.by[name])
    if len(found.over_time) > 1:
        yield _over_time(found)
    for problem in found.problems:
        mark = "failed" if problem.failed else "waits"
        names = named(problem.repositories, _MOST_NAMES)
        yield _text(f"{len(problem.repositories):,} {mark}: {problem.message}  [{names}]")
    if found.usage:
        yield _text(f"Who still calls: {found.usage.verdict}")
        for caller, seen in found.usage.calls[:_MOST]:
            unknown = ", not found in code" if caller in found.usage.unexplained else ""
            last = moment(seen.last_seen)
            line = f"  {caller.operation} by {caller.user_agent}: {seen.count:,} calls, last {last}{unknown}"
            yield _text(line)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for index, column in enumerate(columns):
        table.add_column(column, justify="right" if index else "left", overflow="fold")
    return table


def _statuses(found: Burndown) -> Table:
    table = _table("Repositories", "status", "repositories")
    for status, number in found.statuses.items():
        if number:
            table.add_row(STATUS_WORDS[status], f"{number:,}")
    return table


def _uses(title: str, groups: Sequence[Group]) -> Table:
    actions = [action for action in ACTIONS if any(each.actions.get(action) for each in groups)]
    table = _table(title, "name", "open", *(ACTION_WORDS[action] for action in actions))
    for each in groups[:_MOST]:
        cells = [_text(f"{each.actions.get(action) or ''}", _STYLES.get(action, "dim")) for action in actions]
        table.add_row(_text(each.name), f"{each.open:,}", *cells)
    if len(groups) > _MOST:
        rest = sum(each.open for each in groups[_MOST:])
        table.add_row(_text(f"{len(groups) - _MOST:,} more", "dim"), f"{rest:,}")
    return table


def _over_time(found: Burndown) -> Table:
    table = _table("Over time", "time (UTC)", "repositories scanned", "open uses")
    for point in found.over_time[-_MOST:]:
        table.add_row(moment(point.time), f"{point.repositories:,}", f"{point.uses.open:,}")
    return table
