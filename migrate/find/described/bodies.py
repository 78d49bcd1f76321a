"""The body of a described request: its value, and the edits that move its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrate import contract
from migrate.contract import Operation, Untranslatable
from migrate.definitions import parsed
from migrate.embed import Unwritable
from migrate.find.described.scalars import region_of, text_of
from migrate.find.described.shapes import Path
from migrate.model import Edit
from migrate.source import Source
from migrate.structured.document import only_root
from migrate.structured.layout import TextEdit
from migrate.structured.moves import move_in_root
from migrate.structured.nodes import Document, Node, Scalar, to_value

_EXPRESSION_MARK = "="
"""n8n puts it before a text that holds expressions."""


@dataclass(frozen=True, slots=True)
class Moved:
    """edits: spans of the outer text; new: the whole new text of a string body (to count its bytes)."""

    edits: tuple[TextEdit, ...] = ()
    new: str | None = None


def value_of(document: Document, node: Node | None) -> Any:
    """The JSON-like value of a body, or None where it is not understood."""
    if node is None:
        return None
    try:
        if not isinstance(node, Scalar):
            return to_value(node)
        text = text_of(document, node)
        return None if text is None else to_value(only_root(parsed(_unmarked(text), "json")))
    except ValueError:
        return None


def _unmarked(text: str) -> str:
    return " " + text[1:] if text.startswith(_EXPRESSION_MARK) else text


def move(
    document: Document, root: int, node: Node, at: Path, operation: Operation, inner: Path = ()
) -> Moved:
    """The edits that move an operation's keys in a body, a mapping or a string that holds JSON.

    inner: key path of the body within the value. Raises Untranslatable, ValueError.
    """
    if isinstance(node, Scalar):
        return _move_in_text(document, node, operation, inner)
    return Moved(tuple(move_in_root(document, document.roots[root], operation, (*at, *inner))))


def _move_in_text(document: Document, node: Scalar, operation: Operation, inner: Path) -> Moved:
    region = region_of(document, node, "json")
    if region is None:
        raise Untranslatable(
            "", "layout", "The string that holds the body is quoted in a way that is not handled."
        )
    body = parsed(_unmarked(region.text), "json")
    spans = move_in_root(body, only_root(body), operation, inner)
    text = region.text
    for start, end, new in reversed(spans):
        text = text[:start] + new + text[end:]
    try:
        edits = tuple(region.outer_edit(start, end, new, document.text) for start, end, new in spans)
    except Unwritable as error:
        raise Untranslatable("", "layout", f"The body can't be written in its place: {error}.") from error
    return Moved(edits, text if spans else None)


def has_moved_keys(value: Any) -> bool:
    """Whether an answer has moved keys in its data."""
    data = value.get(contract.RESPONSE_ENVELOPE) if isinstance(value, Mapping) else None
    return isinstance(data, Mapping) and bool(set(data) & set(contract.MOVED_KEYS))


def edits_of(source: Source, spans: tuple[TextEdit, ...]) -> tuple[Edit, ...]:
    """Spans as edits of the file."""
    return tuple(source.edit(start, end, new) for start, end, new in spans)
