"""Links to the vendor's pages of the deprecated operations: they go to the successor's pages."""

from __future__ import annotations

from collections.abc import Sequence

from migrate import contract
from migrate.model import Action, Findings
from migrate.source import Source


def find_in(source: Source, language: str, spans: Sequence[tuple[int, int]] | None = None) -> Findings:
    """A rewrite for each link. spans: where links may stand (comments, say); None: anywhere."""
    uses = []
    for found in contract.DOCS_LINK.finditer(source.text):
        if spans is not None and not any(start <= found.start() < end for start, end in spans):
            continue
        old = contract.operation(found["verb"], found["type"])
        if old is None:
            continue
        uses.append(
            source.use(
                found.span(),
                kind="docs-link",
                language=language,
                operation=old.name,
                action=Action.REWRITE,
                message="A link to the page of a deprecated operation.",
                edits=(source.edit(*found.span("page"), old.new_docs_page),),
            )
        )
    return Findings(tuple(uses))
