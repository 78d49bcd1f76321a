"""The run as Markdown: the comment on a pull request, or a job summary.

GitHub refuses a comment of more than 65,536 characters. What doesn't fit is left out from the
end, whole blocks at a time, and the comment says what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrate import diff
from migrate.accounts import Accounts, State, change_of
from migrate.kinds import KINDS
from migrate.model import FileResult, Run, Use
from migrate.report import RenderOptions
from migrate.report.words import (
    SHORT,
    STATE_WORDS,
    count,
    on_one_line,
    plain,
    summary,
    visible,
    whole_message,
)

LIMIT = 65_536
"""Characters in a comment on GitHub; GitLab takes more."""

_RESERVE = 600
"""Characters kept for the words on what was cut, and for other text in the same comment."""

_SHARE = 3
"""What is for people leaves one part in so many to the changes, if they need it."""

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~@&$])")
_CODE = re.compile(r"(`[^`\n]+`)")
_BACKTICKS = re.compile(r"`+")
_TASKS = (State.FAILED, State.REVIEW, State.HELD)


def render(run: Run, options: RenderOptions) -> str:
    """The comment, shorter than `LIMIT` characters."""
    accounts = Accounts.of(run)
    head = _head(run, accounts)
    room = LIMIT - _RESERVE - len(head)
    details = [_details(*each) for each in _changed(run)]
    kept = min(sum(len(each) + 1 for each in details), room // _SHARE)
    tasks, room, lost_tasks = _fitting(list(_tasks(accounts)), room - kept)
    diffs, _, lost_diffs = _fitting(details, room + kept)
    parts = [head]
    if tasks or lost_tasks:
        parts.append("#### Left for a person\n\n" + "".join(tasks))
    if lost_tasks:
        parts.append(f"*{count(lost_tasks, 'more item')} left out: the comment would be too long.*\n")
    if diffs or lost_diffs:
        parts.append(f"#### {'Changes' if run.written else 'Proposed changes'}\n\n" + "\n".join(diffs))
    if lost_diffs:
        files = count(lost_diffs, "more file")
        parts.append(f"*The changes of {files} left out: the comment would be too long.*\n")
    if lost_tasks or lost_diffs:
        parts.append("*Run `nf-migrate` with `--format html` or `--format text` for all of it.*\n")
    text = "\n".join(parts)
    return text if options.unicode else plain(text)


def _fitting(blocks: Sequence[str], room: int) -> tuple[list[str], int, int]:
    """The blocks that fit, the room that is left, and how many did not fit.

    A block that is too long doesn't keep a shorter one after it out.
    """
    kept: list[str] = []
    for block in blocks:
        if len(block) + 1 <= room:
            kept.append(block)
            room -= len(block) + 1
    return kept, room, len(blocks) - len(kept)


def _head(run: Run, accounts: Accounts) -> str:
    lines = ["### Deprecated job endpoints: `nf-migrate`", "", summary(run, accounts), ""]
    if accounts.uses:
        lines += [*_table(run, accounts), ""]
    lines += [f"> {escaped(note)}\n" for note in run.notes]
    return "\n".join(lines)


def _table(run: Run, accounts: Accounts) -> Iterator[str]:
    states = [state for state in State if accounts.states[state]]
    yield f"| kind of use | {' | '.join(SHORT[state, run.written] for state in states)} | all |"
    yield f"| :-- |{' --: |' * (len(states) + 1)}"
    used = {use.kind for use in run.uses}
    for kind in [*(each for each in KINDS if each in used), *sorted(used - KINDS.keys())]:
        counts = [sum(use.kind == kind and its is state for use, its, _ in accounts.uses) for state in states]
        yield f"| `{kind}` | {' | '.join(map(str, counts))} | {sum(counts)} |"
    totals = [str(accounts.states[state]) for state in states]
    yield f"| **all** | {' | '.join(f'**{each}**' for each in totals)} | **{len(accounts.uses)}** |"


def _tasks(accounts: Accounts) -> Iterator[str]:
    for wanted in _TASKS:
        for use, state, each in accounts.uses:
            if state is wanted:
                yield _task(use, state, each)


def _task(use: Use, state: State, each: FileResult) -> str:
    place = code(f"{on_one_line(use.path)}:{use.line}")
    owners = "".join(f" {code(owner)}" for owner in each.owners)
    message = escaped(whole_message(use, state, each))
    evidence = f"\n  <sub>{escaped(', '.join(use.evidence))}</sub>" if use.evidence else ""
    return f"- [ ] {place} **{STATE_WORDS[state, False]}** (`{use.kind}`){owners}  \n  {message}{evidence}\n"


def _changed(run: Run) -> list[tuple[FileResult, bytes, bytes]]:
    found = ((each, change_of(each)) for each in run.files)
    return [(each, *change) for each, change in found if change]


def _details(each: FileResult, before: bytes, after: bytes) -> str:
    lines = []
    for hunk in diff.hunks(each.path, before, after):
        lines += [hunk.header, *(f"{row.mark}{visible(row.text)}" for row in hunk.rows)]
    body = "\n".join(lines)
    fence = "`" * max(3, 1 + max((len(run) for run in _BACKTICKS.findall(body)), default=0))
    uses = f" ({count(len(each.uses), 'use')})" if each.uses else ""
    path = _html(on_one_line(each.path))
    summary = f"<summary><code>{path}</code>{uses}</summary>"
    return f"<details>{summary}\n\n{fence}diff\n{body}\n{fence}\n\n</details>\n"


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def code(text: str) -> str:
    """Text as a code span (CommonMark 6.1), whatever backticks it holds. Mentions nobody."""
    shown = visible(text).replace("\n", " ")
    fence = "`" * (1 + max((len(run) for run in _BACKTICKS.findall(shown)), default=0))
    pad = " " if shown[:1] in ("`", " ") or shown[-1:] in ("`", " ") else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def escaped(text: str) -> str:
    """Text that shows as it is: no markup, no mention, no HTML; code in backticks stays code.

    A comment after an ``@`` keeps the host from mentioning somebody, and copies as nothing.
    """
    parts = _CODE.split(visible(text).replace("\n", " "))
    return "".join(
        part if index % 2 else _SPECIAL.sub(r"\\\1", part).replace("\\@", "@<!-- -->")
        for index, part in enumerate(parts)
    )
