"""The status of a fleet as one HTML page that loads nothing: charts, filters, light, dark and print.

Complete without its script. Names, messages and addresses come from strangers: all are escaped, and
only ``https://`` addresses become links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from string import Template

from migrate.fleet.burndown import ACTIONS, OPEN, UNKNOWN, Burndown, Group, Line, Problem
from migrate.fleet.charts import bar, moment, over_time, strip
from migrate.fleet.model import Status
from migrate.fleet.status_words import (
    ACTION_WORDS,
    BY_WORDS,
    SEVERAL_OWNERS,
    STATUS_WORDS,
    TITLE,
    named,
    sentence,
)
from migrate.proxy.report import Usage
from migrate.report import RenderOptions
from migrate.report.web import asset, digest, encoded, prose, select, text
from migrate.report.words import count

_MOST_ROWS = 25
"""Rows of a table of groups; the rest is folded."""

_MOST_NAMES = 30
_PACKAGE = "migrate.fleet"


def render(found: Burndown, options: RenderOptions) -> str:
    """The page."""
    style = asset("page.css") + asset("page.css", _PACKAGE)
    script = asset("theme.js") + asset("page.js", _PACKAGE)
    page = Template(asset("page.html", _PACKAGE)).substitute(
        title=TITLE,
        version=text(options.tool_version),
        sentence=text(sentence(found)),
        when=moment(found.now),
        sections="\n".join(_sections(found)),
        style=style,
        style_hash=digest(style),
        script=script,
        script_hash=digest(script),
    )
    return encoded(page, options.unicode)


def _sections(found: Burndown) -> Iterator[str]:
    if not found.repositories:  # the sentence above says how to begin
        return
    yield _statuses(found)
    yield _time(found)
    yield _actions(found)
    groups = "".join(_groups(title, found.by[name]) for name, title in BY_WORDS.items())
    yield f'<div class="groups">{groups}</div>'
    if found.by["owner"]:
        yield f'<p class="soft">{SEVERAL_OWNERS}</p>'
    yield _problems(found.problems)
    if found.usage:
        yield _usage(found.usage)
    yield _repositories(found)


def _section(title: str, content: str) -> str:
    return f"<section><h2>{text(title)}</h2>{content}</section>" if content else ""


def _legend(items: Iterable[tuple[str, str]]) -> str:
    listed = "".join(
        '<li><svg viewBox="0 0 10 10" aria-hidden="true">'
        f'<rect class="{name}" width="10" height="10"/></svg>{text(words)}</li>'
        for name, words in items
    )
    return f'<ul class="legend">{listed}</ul>'


def _statuses(found: Burndown) -> str:
    parts = {status.value: number for status, number in found.statuses.items() if number}
    words = [
        (status.value, f"{STATUS_WORDS[status]}: {number:,}")
        for status, number in found.statuses.items()
        if number
    ]
    label = "Repositories by status: " + ", ".join(each for _, each in words)
    return _section("Repositories", strip(parts, label) + _legend(words))


def _time(found: Burndown) -> str:
    chart = over_time(found.over_time, found.now)
    if not chart:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{moment(point.time)}</th><td>{point.repositories:,}</td>'
        f"<td>{point.uses.open:,}</td></tr>"
        for point in reversed(found.over_time)
    )
    table = (
        '<details class="more"><summary>As a table</summary><table class="fleet"><thead><tr>'
        '<th scope="col" class="left">time (UTC)</th><th scope="col">repositories scanned</th>'
        f'<th scope="col">open uses</th></tr></thead><tbody>{rows}</tbody></table></details>'
    )
    drawn = [each for each in OPEN if any(point.uses.actions.get(each) for point in found.over_time)]
    legend = _legend((action.value, ACTION_WORDS[action]) for action in drawn)
    return _section("Open uses over time", chart + legend + table)


def _actions(found: Burndown) -> str:
    actions = [action for action in ACTIONS if found.uses.actions[action]]
    most = max((found.uses.actions[action] for action in actions), default=0)
    rows = "".join(
        f'<tr><th scope="row">{ACTION_WORDS[action]}</th>'
        f'<td class="chart">{bar({action.value: found.uses.actions[action]}, most)}</td>'
        f"<td>{found.uses.actions[action]:,}</td></tr>"
        for action in actions
    )
    if not rows:
        return ""
    return _section(
        "By action", f'<div class="wide"><table class="fleet slim"><tbody>{rows}</tbody></table></div>'
    )


def _groups(title: str, groups: Sequence[Group]) -> str:
    if not groups:
        return ""
    most = max(each.open for each in groups)
    rows = [_group(each, most) for each in groups]
    content = _group_table(rows[:_MOST_ROWS], title)
    if rows[_MOST_ROWS:]:
        content += (
            f'<details class="more"><summary>{len(rows) - _MOST_ROWS:,} more</summary>'
            f"{_group_table(rows[_MOST_ROWS:], title)}</details>"
        )
    return _section(title, content)


def _group_table(rows: Sequence[str], title: str) -> str:
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{text(title)}">'
        '<table class="fleet"><thead><tr><th scope="col" class="left">name</th>'
        '<th scope="col" class="left"></th><th scope="col">open</th>'
        '<th scope="col">accepted</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _group(each: Group, most: int) -> str:
    accepted = each.actions.get("accepted", 0)
    return (
        f'<tr><th scope="row">{text(each.name)}</th><td class="chart">{bar(_open(each), most)}</td>'
        f"<td>{each.open:,}</td><td>{accepted or ''}</td></tr>"
    )


def _open(group: Group) -> dict[str, int]:
    return {action.value: group.actions.get(action, 0) for action in OPEN}


def _problems(problems: Sequence[Problem]) -> str:
    items = "".join(
        f"<li><b>{count(len(each.repositories), 'repository', 'repositories')}"
        f"{' failed' if each.failed else ''}:</b> {prose(each.message)}"
        f'<br><span class="soft">{text(named(each.repositories, _MOST_NAMES))}</span></li>'
        for each in problems
    )
    return _section("Failures and what waits", f'<ul class="problems">{items}</ul>' if items else "")


def _usage(usage: Usage) -> str:
    callers = "".join(
        f'<tr><th scope="row">{text(caller.user_agent)}</th><td class="left">{text(caller.operation)}</td>'
        f'<td class="left">{text(f"{caller.team}/{caller.project}".strip("/"))}</td>'
        f"<td>{seen.count:,}</td><td>{moment(seen.last_seen)}</td>"
        f'<td class="left">{"" if caller not in usage.unexplained else "not found in code"}</td></tr>'
        for caller, seen in usage.calls
    )
    unseen = tuple(f"{each.path} ({each.language or UNKNOWN})" for each in usage.never_seen)
    content = f"<p>{text(usage.verdict)}</p>"
    if callers:
        content += (
            '<div class="wide" tabindex="0" role="region" aria-label="Callers"><table class="fleet">'
            "<thead><tr>"
            '<th scope="col" class="left">user agent</th><th scope="col" class="left">operation</th>'
            '<th scope="col" class="left">project</th><th scope="col">calls</th>'
            f'<th scope="col">last (UTC)</th><th scope="col"></th></tr></thead><tbody>{callers}</tbody>'
            "</table></div>"
        )
    if unseen:
        content += f'<p class="soft">In code, never seen at run time: {text(named(unseen, _MOST_NAMES))}</p>'
    return _section("Who still calls", content)


def _repositories(found: Burndown) -> str:
    most = max(each.uses.open for each in found.repositories)
    words = {each.value: STATUS_WORDS[each] for each in Status if found.statuses[each]}
    rows = "".join(_line(each, most) for each in found.repositories)
    return _section(
        "By repository",
        '<form class="filters" id="filters" hidden aria-label="Filters">'
        f"{select('status', 'Status', words)}"
        '<label class="search">Text <input type="search" id="search" placeholder="name, reason" '
        'autocomplete="off"></label><button type="reset">Clear</button>'
        '<button type="button" id="theme" aria-pressed="false">Dark</button>'
        '<output id="shown" aria-live="polite"></output></form>'
        '<p class="keys" id="keys" hidden><kbd>/</kbd> search <kbd>x</kbd> clear the filters</p>'
        '<div class="wide" tabindex="0" role="region" aria-label="Repositories">'
        '<table class="fleet" id="repositories"><thead><tr><th scope="col" class="left">repository</th>'
        '<th scope="col" class="left">status</th><th scope="col" class="left"></th><th scope="col">open</th>'
        '<th scope="col" class="left">pull request</th><th scope="col" class="left">why</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        '<p class="nothing" id="nothing" hidden>No repository matches the filters.</p>',
    )


def _line(each: Line, most: int) -> str:
    return (
        f'<tr data-status="{each.status.value}"><th scope="row">{text(each.name)}</th>'
        f'<td class="left">{STATUS_WORDS[each.status]}</td>'
        f'<td class="chart">{bar(_open(each.uses), most)}</td>'
        f"<td>{f'{each.uses.open:,}' if each.scanned else ''}</td>"
        f'<td class="left">{_link(each.pull_request)}</td><td class="left">{prose(each.reason)}</td></tr>'
    )


def _link(url: str) -> str:
    if not url.startswith("https://"):
        return text(url)
    return f'<a href="{text(url)}" rel="noreferrer">#{text(url.rstrip("/").rpartition("/")[2])}</a>'
