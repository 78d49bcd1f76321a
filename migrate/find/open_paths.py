"""Requests whose path ends in a variable where the job's type belongs, in text that is only searched.

``PUT …/jobs/{x}`` can't be anything but a deprecated operation: the API has no such request on a job's
own ID, as it has GET, DELETE and PATCH. So the method has to be known, and the host be Northflank's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrate import contract, evidence
from migrate.find.text import advice
from migrate.model import HOLE, Action, Findings, Use
from migrate.source import Source

_METHOD = re.compile(r"(?<![A-Za-z])"
                     r"(?:PUT|POST|PATCH|GET|DELETE|HEAD|[Pp]ut|[Pp]ost|[Pp]atch|[Gg]et|[Dd]elete|[Hh]ead)"
                     r"(?![a-z])")  # fmt: skip
_NEAR = (0, 1, 2, 3, 4, -1, -2, -3)
"""The lines, counted from that of the path, in which its method is looked for, nearest first."""


def find_in(
    source: Source,
    language: str,
    *,
    explained: Sequence[tuple[int, int]] = (),
    comments: Sequence[tuple[int, int]] = (),
    continued: bool = False,
) -> Findings:
    """A review for each PUT or POST to such a path, and PATCH where an ID follows, in a file with the host.

    explained, comments: spans of characters in which nothing is looked for. continued: whether a request
    ends with its line, but for lines that end in a backslash.
    """
    if contract.HOST not in source.text and contract.HOST not in source.around:
        return Findings()
    return Findings(tuple(_uses(source, language, [*explained, *comments], continued)))


def _uses(source: Source, language: str, known: Sequence[tuple[int, int]], continued: bool) -> Iterator[Use]:
    lines = source.text.splitlines()
    for found in contract.OPEN_PATH_IN_TEXT.finditer(source.text):
        if any(start <= found.start() < end for start, end in known):
            continue
        line, _ = source.line_column(found.start())
        path = f"{contract.COLLECTION}/{HOLE}" + (f"/{HOLE}" if found["id"] else "")
        old = contract.open_operation(_method(lines, line - 1, continued), path, HOLE)
        about = evidence.of_url(_url_before(source.text, found.start()))
        if old is None or (about.contra and not about.pro):
            continue
        yield source.use(
            found.span(),
            kind="http-call",
            language=language,
            operation=old.name,
            action=Action.REVIEW,
            message=f"{old.method} …{contract.COLLECTION}/… with a variable at its end: "
            "no operation but a deprecated one has such a path. Not rewritten: "
            "the job's type in the path is not known.",
            advice=advice(old),
            evidence=evidence.of_words(source.text, "the file").pro,
        )


def _url_before(text: str, offset: int) -> str:
    """What stands before an offset without a space or a quote."""
    found = re.search(r"[^\s\"'`]*$", text[max(0, offset - 300) : offset])
    return found[0] if found else ""


def _method(lines: Sequence[str], at: int, continued: bool) -> str:
    """The method that is named nearest to a line, in capitals, or ""."""
    for step in _NEAR:
        named = _METHOD.findall(lines[at + step]) if 0 <= at + step < len(lines) else []
        between = lines[min(at, at + step) : max(at, at + step)]
        if named and (not continued or all(each.rstrip().endswith("\\") for each in between)):
            return str(named[-1] if step < 0 else named[0]).upper()
    return ""
