"""Numbers beside a recorded body that count its bytes: they have to follow when the body changes.

``Content-Length`` (RFC 9110, 8.6) in the headers of a cassette, ``bodySize`` and ``content.size`` of
a HAR file (http://www.softwareishard.com/blog/har-12-spec/).
"""

from __future__ import annotations

from collections.abc import Iterator

from migrate.find.described.scalars import text_of
from migrate.find.described.shapes import Described, plain
from migrate.structured.layout import TextEdit
from migrate.structured.nodes import Document, MappingNode, Node, Scalar, SequenceNode, walk

_NAMES = ("contentlength", "bodysize", "size")


def corrected(document: Document, found: Described, body: Node, new: str | None) -> list[TextEdit]:
    """Edits for the numbers that stand for the old length of a body that is a string."""
    if new is None or not isinstance(body, Scalar):
        return []
    old = str(len((text_of(document, body) or "").encode()))
    length = str(len(new.encode()))
    holder = _side(found, body)
    edits: list[TextEdit] = []
    for number in _numbers(holder) if holder else ():
        raw = document.text[number.start : number.end]
        if raw.strip("'\"") == old and old != length:
            edits.append((number.start, number.end, raw.replace(old, length)))
    return edits


def _side(found: Described, body: Node) -> MappingNode | None:
    """The smallest mapping of headers and body: of the request, or of the answer that the body is of."""
    for mapping in found.scope[:2]:
        for pair in mapping.pairs:
            is_side = plain(pair.name) in ("request", "response", "httprequest", "httpresponse")
            if (
                is_side
                and isinstance(pair.value, MappingNode)
                and any(each is body for each in walk(pair.value))
            ):
                return pair.value
    inside = any(each is body for each in walk(found.node))
    return found.node if inside else None


def _numbers(holder: MappingNode) -> Iterator[Scalar]:
    for node in walk(holder):
        if not isinstance(node, MappingNode):
            continue
        for pair in node.pairs:
            if plain(pair.name) in _NAMES:
                yield from _scalars(pair.value)
        named = node.get("name")
        value = node.get("value")
        is_length = named and isinstance(named.value, Scalar) and plain(str(named.value.value)) in _NAMES
        if is_length and value:
            yield from _scalars(value.value)


def _scalars(node: Node) -> list[Scalar]:
    if isinstance(node, Scalar):
        return [node]
    return [item for item in node.items if isinstance(item, Scalar)] if isinstance(node, SequenceNode) else []
