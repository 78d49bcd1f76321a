"""The run as one HTML page that loads nothing: filters, side-by-side diffs, light, dark and print.

The page is complete without its script; the script adds filters and keys. Its style and script
are named by their hashes in the Content-Security-Policy (CSP3), so that nothing in somebody's
code, path or message can run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from html import escape
from importlib import resources
from string import Template

from migrate.kinds import KINDS
from migrate.model import FileResult, Run, Use
from migrate.report import RenderOptions
from migrate.report.accounts import Accounts, State, change_of, state_of
from migrate.report.sides import table
from migrate.report.words import (
    FILE_WORDS,
    SHORT,
    STATE_WORDS,
    docs_url,
    on_one_line,
    summary,
    title,
    visible,
)

_OPEN_AT_FIRST = 60
"""Files beyond this number are folded when the page opens."""

_NO_OWNER = "(no owner)"
_CODE = re.compile(r"`([^`\n]+)`")


def render(run: Run, options: RenderOptions) -> str:
    """The page."""
    accounts = Accounts.of(run)
    template = Template(_asset("page.html"))
    style, script = _asset("page.css"), _asset("page.js")
    shown = [each for each in run.files if each.uses or change_of(each)]
    page = template.substitute(
        title="Deprecated job endpoints",
        version=_text(options.tool_version),
        sentence=_text(summary(run, accounts)),
        notes="".join(f"<p>{_prose(note)}</p>" for note in run.notes),
        summary=_summary(run, accounts),
        filters="".join(_filters(accounts, run.written)),
        files="\n".join(
            _file(each, accounts, run.written, index < _OPEN_AT_FIRST) for index, each in enumerate(shown)
        ),
        others=_others([each for each in run.files if not (each.uses or change_of(each))]),
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
    )
    return page if options.unicode else page.encode("ascii", "xmlcharrefreplace").decode("ascii")


def _asset(name: str) -> str:
    """A part of the page. All are ASCII, so that the hashes hold in any output encoding."""
    return resources.files("migrate.report").joinpath("page", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _text(text: str) -> str:
    return escape(visible(text))


def _prose(text: str) -> str:
    """Text in which what stands in backticks is code."""
    return _CODE.sub(r"<code>\1</code>", _text(text))


def _summary(run: Run, accounts: Accounts) -> str:
    if not accounts.uses:
        return ""
    states = [state for state in State if accounts.states[state]]
    used = {use.kind for use in run.uses}
    kinds = [*(kind for kind in KINDS if kind in used), *sorted(used - KINDS.keys())]
    head = "".join(f'<th scope="col">{SHORT[state, run.written]}</th>' for state in states)
    rows = []
    for kind in kinds:
        counts = [sum(use.kind == kind and its is state for use, its, _ in accounts.uses) for state in states]
        cells = "".join(f"<td>{number or ''}</td>" for number in (*counts, sum(counts)))
        rows.append(f'<tr><th scope="row"><code>{_text(kind)}</code></th>{cells}</tr>')
    totals = "".join(
        f"<td>{number}</td>" for number in (*(accounts.states[state] for state in states), len(accounts.uses))
    )
    return (
        f'<table class="sums"><thead><tr><th scope="col">kind of use</th>{head}<th scope="col">all</th></tr>'
        f"</thead><tbody>{''.join(rows)}</tbody>"
        f'<tfoot><tr><th scope="row">all</th>{totals}</tr></tfoot></table>'
    )


def _filters(accounts: Accounts, written: bool) -> Iterable[str]:
    uses = accounts.uses
    states = {state.value: STATE_WORDS[state, written] for state in State if accounts.states[state]}
    yield _select("action", "Action", states)
    yield _select("language", "Language", _same(use.language for use, _, _ in uses))
    yield _select("kind", "Kind", _same(use.kind for use, _, _ in uses))
    yield _select(
        "owner", "Owner", _same(name for _, _, each in uses for name in each.owners or (_NO_OWNER,))
    )
    yield _select("repository", "Repository", _repositories(each.repository or "." for _, _, each in uses))


def _same(values: Iterable[str]) -> dict[str, str]:
    return {value: value for value in sorted(set(values))}


def _repositories(roots: Iterable[str]) -> dict[str, str]:
    """Repositories by their folder's name, by the whole path where two have the same."""
    found = sorted(set(roots))
    names = Counter(root.rpartition("/")[2] for root in found)
    return {root: root if names[root.rpartition("/")[2]] > 1 else root.rpartition("/")[2] for root in found}


def _select(name: str, label: str, values: dict[str, str]) -> str:
    """A drop-down list."""
    listed = "".join(f'<option value="{_text(key)}">{_text(word)}</option>' for key, word in values.items())
    return f'<label>{label} <select name="{name}"><option value="">all</option>{listed}</select></label>'


def _file(each: FileResult, accounts: Accounts, written: bool, is_open: bool) -> str:
    owners = f'<span class="soft">{_text(" ".join(each.owners))}</span>' if each.owners else ""
    reason = f'<p class="soft">{_prose(each.reason)}</p>' if each.reason else ""
    uses = "".join(_use(use, state_of(use, accounts.failed), each, written) for use in each.uses)
    change = change_of(each)
    diff = table(each.path, *change) if change else ""
    return (
        f'<details class="file"{_data(each)}{" open" if is_open else ""}><summary>'
        f'<code class="path">{_text(on_one_line(each.path))}</code>'
        f'<span class="soft">{FILE_WORDS[each.outcome]}</span>{owners}</summary>'
        f'<div class="inner">{reason}<ol class="uses">{uses}</ol>{diff}</div></details>'
    )


def _data(each: FileResult) -> str:
    owners = "\n".join(each.owners or (_NO_OWNER,))
    return f' data-owner="{_text(owners)}" data-repository="{_text(each.repository or ".")}"'


def _use(use: Use, state: State, each: FileResult, written: bool) -> str:
    data = f'data-action="{state.value}" data-language="{_text(use.language)}" data-kind="{_text(use.kind)}"'
    parts = [
        f'<li class="use" {data}{_data(each)}>',
        f'<span class="place">{use.line}:{use.column}</span> ',
        f'<span class="state {state.value}">{STATE_WORDS[state, written]}</span> ',
        f'<code title="{_text(title(use))}">{_text(use.kind)}</code>',
    ]
    if use.operation:
        parts.append(f' <a class="soft" href="{_text(docs_url(use))}">{_text(use.operation)}</a>')
    parts.append(f"<p>{_prose(use.message)}</p>")
    if use.accepted:
        parts.append(f'<p class="soft">Accepted: {_prose(use.accepted)}</p>')
    if use.advice and state in (State.REVIEW, State.NOTICE):
        parts.append(f'<p class="advice"><b>Do:</b> {_prose(use.advice)}</p>')
    for one in use.prerequisites:
        if not one.met:
            command = f" <code>{_text(one.command)}</code>" if one.command else ""
            parts.append(f'<p class="advice"><b>First:</b> {_prose(one.text)}{command}</p>')
    if use.snippet and (state is not State.REWRITE):
        parts.append(f'<pre class="snippet">{_marked(use)}</pre>')
    if use.evidence:
        parts.append(f'<p class="soft">Why ours: {_text(", ".join(use.evidence))}</p>')
    parts.append("</li>")
    return "".join(parts)


def _marked(use: Use) -> str:
    """The lines of a place, with the place marked."""
    lines = use.snippet.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    last = use.end_line - use.line
    if last >= len(lines):
        return _text("\n".join(lines))
    start = use.column - 1
    end = sum(len(line) + 1 for line in lines[:last]) + use.end_column - 1
    text = "\n".join(lines)
    return f"{_text(text[:start])}<mark>{_text(text[start:end])}</mark>{_text(text[end:])}"


def _others(files: list[FileResult]) -> str:
    if not files:
        return ""
    rows = "".join(
        f"<tr><td><code>{_text(on_one_line(each.path))}</code></td><td>{FILE_WORDS[each.outcome]}</td>"
        f"<td>{_prose(each.reason)}</td></tr>"
        for each in files
    )
    return (
        '<h2>Other files</h2><table class="others"><thead><tr><th scope="col">file</th>'
        f'<th scope="col">outcome</th><th scope="col">why</th></tr></thead><tbody>{rows}</tbody></table>'
    )
