"""Finder of last resort: any text in a language without a finder of its own. Reports, never edits.

https://northflank.com/docs/v1/api/jobs/put-manual-job: "Use /jobs/put-job instead".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from migrate import contract, evidence
from migrate.model import Action, Dismissal, Findings, Use
from migrate.project import Project
from migrate.source import Source

LANGUAGE = "text"
UNREADABLE = "unreadable"

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("http-call", contract.PATH_IN_TEXT),
    ("client-call", contract.CLIENT_IN_TEXT),
    ("prose", contract.CLI_COMMAND),
    ("prose", contract.CLI_SYNOPSIS),
    ("docs-link", contract.DOCS_LINK),
)


def find(source: Source, project: Project) -> Findings:  # noqa: ARG001 (the finders' common signature)
    """Report each line that names a deprecated operation, in a file that names Northflank."""
    return names_in(source, LANGUAGE, "there is no finder for this kind of file yet")


def names_in(
    source: Source,
    language: str,
    why: str,
    kind: str = "",
    *,
    explained: Sequence[tuple[int, int]] = (),
    comments: Sequence[tuple[int, int]] = (),
    first: str = "",
) -> Findings:
    """Findings for a source, or the parts of it, that are only searched, not understood.

    why: completes "Not rewritten: …"; kind: the kind of every use, else by what was found. An
    `UNREADABLE` source is reported without any sign of Northflank: nobody can tell what it does.
    explained: spans of characters that a finder has dealt with; comments: spans whose uses are prose.
    first: begins the advice.
    """
    about = evidence.of_words(f"{source.text}\n{source.around}", "the file")
    uses: list[Use] = []
    dismissals: list[Dismissal] = []
    for each_kind, pattern in PATTERNS:
        for found in pattern.finditer(source.text):
            if _within(found.start(), explained) or (
                each_kind == "docs-link" and _within(found.start(), comments)
            ):
                continue
            if kind != UNREADABLE and each_kind in ("http-call", "client-call") and not about.strong:
                line, _ = source.line_column(found.start())
                dismissals.append(Dismissal(line, "nothing in the file names Northflank"))
                continue
            this_kind = "prose" if _within(found.start(), comments) else kind or each_kind
            use = _use(source, language, this_kind, found, about, why)
            uses.append(replace(use, advice=f"{first}{use.advice}"))
    uses.sort(key=lambda use: use.start)
    return Findings(tuple(uses), tuple(dismissals))


def _within(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _use(
    source: Source,
    language: str,
    kind: str,
    found: re.Match[str],
    about: evidence.Evidence,
    why: str,
) -> Use:
    verb = found.groupdict().get("verb")
    operation = contract.operation(verb, found["type"]) if verb else None
    return source.use(
        found.span(),
        kind=kind,
        language=language,
        action=Action.REVIEW,
        operation=operation.name if operation else "",
        message=f"Names a deprecated operation. Not rewritten: {why}.",
        advice=advice(operation or contract.PUT_MANUAL),
        evidence=about.pro,
    )


def advice(old: contract.Operation) -> str:
    """What a person has to do by hand for an operation, in one sentence."""
    return f"Use {old.method} …{old.new_path} ({old.new_name} in the client) and move {moves(old)}."


def advice_for_readers(old: contract.Operation, holder: str = contract.RESPONSE_ENVELOPE) -> str:
    """What the readers of an answer have to do. holder: what the moved keys are read from."""
    return f"Where a moved key is read from it, read it from its new place in {holder}: {moves(old)}."


def moves(old: contract.Operation) -> str:
    """The keys that move, each with its new place."""
    return ", ".join(f"{move.key} → {move.dotted}" for move in old.moves)
