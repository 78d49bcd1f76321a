"""Old and new side by side, as an HTML table with the changed words marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape
from itertools import zip_longest

from migrate import diff
from migrate.diff import Row
from migrate.report.words import on_one_line, visible

_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_LONGEST = 600
"""Characters. In longer lines only the whole line is marked."""


def table(path: str, before: bytes, after: bytes) -> str:
    """The changes of one file."""
    rows = []
    for hunk in diff.hunks(path, before, after):
        rows.append(f'<tr><th colspan="4">{hunk.header}</th></tr>')
        rows += [_row(old, new) for old, new in _pairs(hunk.rows)]
    head = '<colgroup><col class="no"><col><col class="no"><col></colgroup>'
    label = escape(f"Changes in {on_one_line(path)}")
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">'
        f'<table class="diff">{head}<tbody>{"".join(rows)}</tbody></table></div>'
    )


def _pairs(rows: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Rows beside each other: an unchanged line with itself, removed lines with added ones."""
    gone: list[Row] = []
    come: list[Row] = []
    for row in rows:
        if row.mark == "-" and not come:
            gone.append(row)
        elif row.mark == "+":
            come.append(row)
        else:
            yield from zip_longest(gone, come)
            gone, come = ([row], []) if row.mark == "-" else ([], [])
            if row.mark == " ":
                yield row, row
    yield from zip_longest(gone, come)


def _row(old: Row | None, new: Row | None) -> str:
    if old is new and old is not None:
        text = escape(visible(old.text))
        return f"<tr>{_cell(old.before, 'same', text)}{_cell(old.after, 'same', text)}</tr>"
    left, right = _marked(old.text if old else "", new.text if new else "")
    return (
        f"<tr>{_cell(old.before, 'del', left) if old else _cell(None, 'gone', '')}"
        f"{_cell(new.after, 'add', right) if new else _cell(None, 'gone', '')}</tr>"
    )


def _cell(number: int | None, name: str, text: str) -> str:
    return f'<td class="no">{"" if number is None else number}</td><td class="{name}">{text}</td>'


def _marked(old: str, new: str) -> tuple[str, str]:
    """Both lines as HTML, with the words that differ marked."""
    if not old or not new or max(len(old), len(new)) > _LONGEST:
        return escape(visible(old)), escape(visible(new))
    left, right = _WORDS.findall(old), _WORDS.findall(new)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.quick_ratio() < 0.4:
        return escape(visible(old)), escape(visible(new))
    sides: tuple[list[str], list[str]] = ([], [])
    for tag, a, b, c, d in matcher.get_opcodes():
        for side, words in zip(sides, (left[a:b], right[c:d]), strict=True):
            text = escape(visible("".join(words)))
            side.append(text if tag == "equal" or not text else f"<mark>{text}</mark>")
    return "".join(sides[0]), "".join(sides[1])
