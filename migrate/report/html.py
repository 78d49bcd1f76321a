"""The run as one HTML page that loads nothing: filters, side-by-side diffs, light, dark and print.

The page is complete without its script; the script adds filters and keys. Its style and script
are named by their hashes in the Content-Security-Policy (CSP3), so that nothing in somebody's
code, path or message can run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from string import Template

from migrate.accounts import Accounts, State, change_of, state_of
from migrate.kinds import KINDS
from migrate.model import FileResult, Run, Use
from migrate.report import RenderOptions
from migrate.report.sides import table
from migrate.report.web import asset, digest, encoded, prose, select, text
from migrate.report.words import (
    FILE_WORDS,
    SHORT,
    STATE_WORDS,
    docs_url,
    on_one_line,
    summary,
    title,
)

_OPEN_AT_FIRST = 60
"""Files beyond this number are folded when the page opens."""

_NO_OWNER = "(no owner)"


def render(run: Run, options: RenderOptions) -> str:
    """The page."""
    accounts = Accounts.of(run)
    template = Template(asset("page.html"))
    style, script = asset("page.css"), asset("theme.js") + asset("page.js")
    shown = [each for each in run.files if each.uses or change_of(each)]
    page = template.substitute(
        title="Deprecated job endpoints",
        version=text(options.tool_version),
        sentence=text(summary(run, accounts)),
        notes="".join(f"<p>{prose(note)}</p>" for note in run.notes),
        summary=_summary(run, accounts),
        filters="".join(_filters(accounts, run.written)),
        files="\n".join(
            _file(each, accounts, run.written, index < _OPEN_AT_FIRST) for index, each in enumerate(shown)
        ),
        others=_others([each for each in run.files if not (each.uses or change_of(each))]),
        style=style,
        style_hash=digest(style),
        script=script,
        script_hash=digest(script),
    )
    return encoded(page, options.unicode)


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
        rows.append(f'<tr><th scope="row"><code>{text(kind)}</code></th>{cells}</tr>')
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
    yield select("action", "Action", states)
    yield select("language", "Language", _same(use.language for use, _, _ in uses))
    yield select("kind", "Kind", _same(use.kind for use, _, _ in uses))
    yield select("owner", "Owner", _same(name for _, _, each in uses for name in each.owners or (_NO_OWNER,)))
    yield select("repository", "Repository", _repositories(each.repository or "." for _, _, each in uses))


def _same(values: Iterable[str]) -> dict[str, str]:
    return {value: value for value in sorted(set(values))}


def _repositories(roots: Iterable[str]) -> dict[str, str]:
    """Repositories by their folder's name, by the whole path where two have the same."""
    found = sorted(set(roots))
    names = Counter(root.rpartition("/")[2] for root in found)
    return {root: root if names[root.rpartition("/")[2]] > 1 else root.rpartition("/")[2] for root in found}


def _file(each: FileResult, accounts: Accounts, written: bool, is_open: bool) -> str:
    owners = f'<span class="soft">{text(" ".join(each.owners))}</span>' if each.owners else ""
    reason = f'<p class="soft">{prose(each.reason)}</p>' if each.reason else ""
    uses = "".join(_use(use, state_of(use, accounts.failed), each, written) for use in each.uses)
    change = change_of(each)
    diff = table(each.path, *change) if change else ""
    return (
        f'<details class="file"{_data(each)}{" open" if is_open else ""}><summary>'
        f'<code class="path">{text(on_one_line(each.path))}</code>'
        f'<span class="soft">{FILE_WORDS[each.outcome]}</span>{owners}</summary>'
        f'<div class="inner">{reason}<ol class="uses">{uses}</ol>{diff}</div></details>'
    )


def _data(each: FileResult) -> str:
    owners = "\n".join(each.owners or (_NO_OWNER,))
    return f' data-owner="{text(owners)}" data-repository="{text(each.repository or ".")}"'


def _use(use: Use, state: State, each: FileResult, written: bool) -> str:
    data = f'data-action="{state.value}" data-language="{text(use.language)}" data-kind="{text(use.kind)}"'
    parts = [
        f'<li class="use" {data}{_data(each)}>',
        f'<span class="place">{use.line}:{use.column}</span> ',
        f'<span class="state {state.value}">{STATE_WORDS[state, written]}</span> ',
        f'<code title="{text(title(use))}">{text(use.kind)}</code>',
    ]
    if use.operation:
        parts.append(f' <a class="soft" href="{text(docs_url(use))}">{text(use.operation)}</a>')
    parts.append(f"<p>{prose(use.message)}</p>")
    if use.accepted:
        parts.append(f'<p class="soft">Accepted: {prose(use.accepted)}</p>')
    if use.advice and state in (State.REVIEW, State.NOTICE):
        parts.append(f'<p class="advice"><b>Do:</b> {prose(use.advice)}</p>')
    for one in use.prerequisites:
        if not one.met:
            command = f" <code>{text(one.command)}</code>" if one.command else ""
            parts.append(f'<p class="advice"><b>First:</b> {prose(one.text)}{command}</p>')
    if use.snippet and (state is not State.REWRITE):
        parts.append(f'<pre class="snippet">{_marked(use)}</pre>')
    if use.evidence:
        parts.append(f'<p class="soft">Why ours: {text(", ".join(use.evidence))}</p>')
    parts.append("</li>")
    return "".join(parts)


def _marked(use: Use) -> str:
    """The lines of a place, with the place marked."""
    lines = use.snippet.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    last = use.end_line - use.line
    if last >= len(lines):
        return text("\n".join(lines))
    start = use.column - 1
    end = sum(len(line) + 1 for line in lines[:last]) + use.end_column - 1
    whole = "\n".join(lines)
    return f"{text(whole[:start])}<mark>{text(whole[start:end])}</mark>{text(whole[end:])}"


def _others(files: list[FileResult]) -> str:
    if not files:
        return ""
    rows = "".join(
        f"<tr><td><code>{text(on_one_line(each.path))}</code></td><td>{FILE_WORDS[each.outcome]}</td>"
        f"<td>{prose(each.reason)}</td></tr>"
        for each in files
    )
    return (
        '<h2>Other files</h2><table class="others"><thead><tr><th scope="col">file</th>'
        f'<th scope="col">outcome</th><th scope="col">why</th></tr></thead><tbody>{rows}</tbody></table>'
    )
