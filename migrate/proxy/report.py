"""Who still calls, as table, JSON or HTML, joined with what a scan found. Pure.

A caller and a finding are of the same sort when operation and language agree; the language of a
caller is told by its User-Agent where that names a client library, else any language agrees.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from migrate.proxy.usage import Caller, Seen

_DAY = 86_400
_AGENTS = {
    "python-requests/": "python",
    "python-httpx/": "python",
    "python-urllib": "python",
    "aiohttp/": "python",
    "node": "javascript",
    "undici": "javascript",
    "axios/": "javascript",
    "got (": "javascript",
    "go-http-client/": "go",
    "curl/": "shell",
    "wget/": "shell",
}
_FAMILIES = {"typescript": "javascript", "vue": "javascript", "svelte": "javascript", "notebook": "python"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A use that a scan found: path, line, operation, language."""

    path: str
    line: int
    operation: str
    language: str


@dataclass(frozen=True, slots=True)
class Usage:
    """The report. now: seconds since 1970; quiet_for: days since the last call, None without any.

    watched: days on which the shim ran. never_seen: findings that no recorded call can be of;
    unexplained: callers that no finding can be of. Both are empty where no scan was given.
    """

    now: float
    calls: Sequence[tuple[Caller, Seen]]
    watched: Sequence[str]
    findings: Sequence[Finding] | None = None
    quiet_days: int = 30
    never_seen: Sequence[Finding] = field(init=False)
    unexplained: Sequence[Caller] = field(init=False)

    def __post_init__(self) -> None:
        """Join."""
        findings = self.findings or ()
        callers = [caller for caller, _ in self.calls]
        unseen = [each for each in findings if not any(_agree(caller, each) for caller in callers)]
        unexplained = [caller for caller in callers if not any(_agree(caller, each) for each in findings)]
        object.__setattr__(self, "never_seen", unseen)
        object.__setattr__(self, "unexplained", unexplained if self.findings is not None else [])

    @property
    def quiet_for(self) -> float | None:
        """Days since the last call."""
        last = max((seen.last_seen for _, seen in self.calls), default=None)
        return None if last is None else (self.now - last) / _DAY

    @property
    def verdict(self) -> str:
        """Whether the shim can be removed, as a sentence."""
        since = self.now - self.quiet_days * _DAY
        watched = sum(
            1 for day in self.watched if datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() > since
        )
        quiet = self.quiet_for
        if quiet is not None and quiet < self.quiet_days:
            return f"Still in use: the last call was {quiet:.1f} days ago."
        if watched < self.quiet_days:
            return f"No call within {self.quiet_days} days, but the shim watched on {watched} of them only."
        gone = (
            "There never was a call" if quiet is None else f"The last caller is gone since {quiet:.0f} days"
        )
        return f"{gone}, and the shim watched all the time: safe to remove."


def language_of(user_agent: str) -> str:
    """The language that a User-Agent tells, "" where it does not."""
    lower = user_agent.lower()
    return next((language for start, language in _AGENTS.items() if lower.startswith(start)), "")


def _agree(caller: Caller, finding: Finding) -> bool:
    if finding.operation and finding.operation != caller.operation:
        return False
    told = language_of(caller.user_agent)
    return not told or _FAMILIES.get(finding.language, finding.language) == told


def findings_of(report: Any) -> list[Finding]:
    """The uses in a scan's JSON report. Raises ValueError where it is not one."""
    try:
        return [
            Finding(str(each["path"]), int(each["line"]), str(each["operation"] or ""), str(each["language"]))
            for each in report["uses"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not a report of `nf-migrate scan --format json` ({error})") from None


def _when(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M")


def _rows(usage: Usage) -> list[tuple[str, ...]]:
    return [
        (
            f"{caller.team}/{caller.project}" if caller.team else caller.project,
            caller.operation,
            caller.user_agent,
            caller.caller,
            caller.outcome,
            str(seen.count),
            _when(seen.first_seen),
            _when(seen.last_seen),
            str(seen.last_status),
        )
        for caller, seen in usage.calls
    ]


_TITLES = ("project", "operation", "user agent", "token", "outcome", "calls", "first", "last", "status")


def _notes(usage: Usage) -> list[tuple[str, list[str]]]:
    """Titles and lines of what the join found."""
    return [
        (
            "Found in code, never seen at run time",
            [f"{each.path}:{each.line} {each.operation or 'unknown operation'}" for each in usage.never_seen],
        ),
        (
            "Seen at run time, not found in code",
            [f"{each.operation} {each.user_agent} token {each.caller}" for each in usage.unexplained],
        ),
    ]


def as_table(usage: Usage) -> str:
    """For a terminal."""
    rows = [_TITLES, *_rows(usage)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_TITLES))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    for title, found in _notes(usage):
        if found:
            lines += ["", f"{title}:", *(f"  {line}" for line in found)]
    return "\n".join([*lines, "", usage.verdict, ""])


def as_json(usage: Usage) -> str:
    """For programs; times in seconds since 1970."""
    value = {
        "version": 1,
        "calls": [
            {
                **caller._asdict(),
                "count": seen.count,
                "first_seen": seen.first_seen,
                "last_seen": seen.last_seen,
                "last_status": seen.last_status,
                "last_sent": seen.last_sent,
            }
            for caller, seen in usage.calls
        ],
        "watched": list(usage.watched),
        "quiet_for_days": usage.quiet_for,
        "never_seen": [
            {"path": each.path, "line": each.line, "operation": each.operation, "language": each.language}
            for each in usage.never_seen
        ],
        "unexplained": [each._asdict() for each in usage.unexplained],
        "verdict": usage.verdict,
    }
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Who still calls</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #1b1f24; background: #fff }}
table {{ border-collapse: collapse }}
th, td {{ padding: .3rem .8rem; text-align: left; border-bottom: 1px solid #d0d7de }}
th {{ position: sticky; top: 0; background: #f6f8fa }}
@media (prefers-color-scheme: dark) {{
  body {{ color: #e6edf3; background: #0d1117 }} th {{ background: #161b22 }}
}}
</style></head><body>
<h1>Who still calls</h1>
<p><strong>{verdict}</strong></p>
<table><caption>Deprecated calls, the latest first (UTC)</caption>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody></table>
{notes}</body></html>
"""


def as_html(usage: Usage) -> str:
    """One page without scripts; everything that callers sent is escaped."""
    head = "".join(f'<th scope="col">{each}</th>' for each in _TITLES)
    rows = "\n".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in _rows(usage)
    )
    notes = "".join(
        f"<h2>{title}</h2>\n<ul>\n"
        + "\n".join(f"<li>{html.escape(line)}</li>" for line in found)
        + "\n</ul>\n"
        for title, found in _notes(usage)
        if found
    )
    return _PAGE.format(verdict=html.escape(usage.verdict), head=head, rows=rows, notes=notes)


FORMATS = {"table": as_table, "json": as_json, "html": as_html}
