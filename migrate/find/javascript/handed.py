"""Tells who gets the answer of a rewritten request, where it can't be followed any further."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from migrate import contract
from migrate.find.javascript.sites import Site
from migrate.find.javascript.tree import Node
from migrate.find.text import advice_for_readers
from migrate.model import Action, Use


def handed_on(sites: Iterable[Site]) -> list[Use]:
    """A use for a person beside each rewrite whose answer goes out of sight. One for each place."""
    found: dict[Node, Use] = {}
    for site in sites:
        old, answers = site.request.old, site.answers
        if site.rewritable and old is not None and answers is not None and answers.escapes is not None:
            place, why = _place(site, answers.escapes)
            found.setdefault(place, _told(site, old, place, why))
    return list(found.values())


def _place(site: Site, escape: Node) -> tuple[Node, str]:
    """The node to show, in the module of the request, and who gets the answer."""
    node = site.request.node
    words = " ".join(escape.text.split())[:60]
    if escape.module is not node.module:
        return node, f"at {escape.module.path}:{escape.line}, by `{words}`"
    outer = next(_around(escape), escape)
    return escape, f"by `{' '.join(outer.text.split())[:60]}`"


def _around(node: Node) -> Iterator[Node]:
    """The call or statement that a value goes into, nearest first."""
    return (
        each
        for each in node.up()
        if each.kind in ("call_expression", "new_expression", "return_statement", "export_statement")
    )


def _told(site: Site, old: contract.Operation, place: Node, why: str) -> Use:
    name = old.name if site.request.client else f"{old.method} …{old.old_path}"
    return place.module.source.use(
        (place.start, place.end),
        kind="response-read",
        language="javascript",
        action=Action.REVIEW,
        operation=old.name,
        message=f"The answer to {name} is handed on {why}. Nothing proves who reads what from it.",
        advice=advice_for_readers(old),
        evidence=site.request.evidence.pro,
    )
