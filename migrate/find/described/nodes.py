"""Template nodes of the old kind: not deprecated by the vendor, turned only where that is asked for."""

from __future__ import annotations

import re

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
        pair = node.get("kind")
        kind = pair.value if pair else None
        if not isinstance(kind, Scalar) or _is_resource(node):
            continue
        if kind.value == contract.OLD_TEMPLATE_KIND:
            uses.append(_use(source, document, project, language, (root, at, node, kind)))
    return uses


def _is_resource(node: MappingNode) -> bool:
    """Whether it is a resource of Kubernetes, which may have any kind."""
    version = node.get("apiVersion")
    group = version.value.value if version and isinstance(version.value, Scalar) else ""
    return node.get("metadata") is not None or "/" in str(group)


def _check_references(document: Document, node: MappingNode) -> None:
    """Raises Untranslatable where another node reads a moved key of this one (``${refs.job.…}``)."""
    pair = node.get("ref")
    name = str(pair.value.value) if pair and isinstance(pair.value, Scalar) else ""
    keys = "|".join(contract.PUT_MANUAL.moved_keys)
    found = re.search(rf"\brefs\.{re.escape(name)}\.(?:\w+\.)*?({keys})\b", document.text) if name else None
    if found:
        raise Untranslatable(found[1], "reference", f"Another place reads `{found[0]}`.")


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
        notice=not project.options.templates,
        evidence=(f"the node's kind is {contract.OLD_TEMPLATE_KIND}",),
        edits=edits,
    )


def _spans(document: Document, root: int, at: Path, node: MappingNode, kind: Scalar) -> list[TextEdit]:
    raw = document.text[kind.start : kind.end]
    renamed = raw.replace(contract.OLD_TEMPLATE_KIND, contract.NEW_TEMPLATE_KIND)
    _check_references(document, node)
    body = node.get(_BODY)
    if body is None or not isinstance(body.value, MappingNode):
        raise Untranslatable(_BODY, "no-body", "The node has no literal spec.")
    moved = move_in_root(document, document.roots[root], contract.PUT_MANUAL, (*at, _BODY))
    return [(kind.start, kind.end, renamed), *moved]
