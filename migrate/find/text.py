"""Finder of last resort: any text in a language without a finder of its own. Reports, never edits.

https://northflank.com/docs/v1/api/jobs/put-manual-job: "Use /jobs/put-job instead".
"""

from __future__ import annotations

import re

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
    ("docs-link", contract.DOCS_LINK),
)


def find(source: Source, project: Project) -> Findings:  # noqa: ARG001 (the finders' common signature)
    """Report each line that names a deprecated operation, in a file that names Northflank."""
    return names_in(source, LANGUAGE, "there is no finder for this kind of file yet")


def names_in(source: Source, language: str, why: str, kind: str = "") -> Findings:
    """Findings for a source that is only searched, not understood.

    why: completes "Not rewritten: …"; kind: the kind of every use, else by what was found. An
    `UNREADABLE` source is reported without any sign of Northflank: nobody can tell what it does.
    """
    about = evidence.of_words(source.text, "the file")
    uses: list[Use] = []
    dismissals: list[Dismissal] = []
    for each_kind, pattern in PATTERNS:
        for found in pattern.finditer(source.text):
            if kind != UNREADABLE and each_kind in ("http-call", "client-call") and not about.strong:
                line, _ = source.line_column(found.start())
                dismissals.append(Dismissal(line, "nothing in the file names Northflank"))
                continue
            uses.append(_use(source, language, kind or each_kind, found, about, why))
    uses.sort(key=lambda use: use.start)
    return Findings(tuple(uses), tuple(dismissals))


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
    moves = ", ".join(f"{move.key} → {move.dotted}" for move in old.moves)
    return f"Use {old.method} …{old.new_path} ({old.new_name} in the client) and move {moves}."
