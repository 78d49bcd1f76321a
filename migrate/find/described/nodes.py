"""Template nodes of the old kind: not deprecated by the vendor, turned only where that is asked for."""

from __future__ import annotations

from migrate import contract
from migrate.contract import Untranslatable
from migrate.find.described.shapes import Path, mappings
from migrate.model import Action, Edit, Use
from migrate.project import Project
from migrate.source import Source
from migrate.structured.layout import TextEdit
from migrate.structured.moves import move_in_root
from migrate.structured.nodes import Document, MappingNode, Scalar

_BODY = "spec"


def find(source: Source, document: Document, project: Project, language: str) -> list[Use]:
    """One use for each template node of the old kind."""
    uses: list[Use] = []
    for root, at, node, _ in mappings(document):
        kind = node.get("kind")
        if kind and isinstance(kind.value, Scalar) and kind.value.value == contract.OLD_TEMPLATE_KIND:
            uses.append(_use(source, document, project, language, (root, at, node, kind.value)))
    return uses


def _use(
    source: Source,
    document: Document,
    project: Project,
    language: str,
    place: tuple[int, Path, MappingNode, Scalar],
) -> Use:
    root, at, node, kind = place
    edits: tuple[Edit, ...] = ()
    message = (
        f"A template node of the kind {contract.OLD_TEMPLATE_KIND}, which the vendor has not deprecated. "
        "Nothing has to change."
    )
    if project.options.templates:
        message = f"A template node of the kind {contract.OLD_TEMPLATE_KIND}."
        try:
            spans = _spans(document, root, at, node, kind)
            edits = tuple(source.edit(start, end, new) for start, end, new in spans)
        except Untranslatable as error:
            message += f" Not rewritten: {error.reason}"
        except ValueError as error:
            message += f" Not rewritten: {error}."
    return source.use(
        (kind.start, kind.end),
        kind="template-node",
        language=language,
        operation=contract.PUT_MANUAL.name,
        action=Action.REWRITE if edits else Action.REVIEW,
        message=message,
        advice=f"Run with --templates to turn such nodes into {contract.NEW_TEMPLATE_KIND} nodes with "
        f"`{contract.SETTINGS}`.",
        evidence=(f"the node's kind is {contract.OLD_TEMPLATE_KIND}",),
        edits=edits,
    )


def _spans(document: Document, root: int, at: Path, node: MappingNode, kind: Scalar) -> list[TextEdit]:
    raw = document.text[kind.start : kind.end]
    renamed = raw.replace(contract.OLD_TEMPLATE_KIND, contract.NEW_TEMPLATE_KIND)
    body = node.get(_BODY)
    if body is None or not isinstance(body.value, MappingNode):
        raise Untranslatable(_BODY, "no-body", "The node has no literal spec.")
    moved = move_in_root(document, document.roots[root], contract.PUT_MANUAL, (*at, _BODY))
    return [(kind.start, kind.end, renamed), *moved]
