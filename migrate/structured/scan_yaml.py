"""YAML through PyYAML's events, which give the span of every node and keep aliases apart.

Values follow what YAML 1.1 and the YAML 1.2 core schema agree on; where they differ (``yes``,
``0o17``, ``12:30``, dates) the value is `Opaque`: two such values are equal if their texts are.
https://yaml.org/spec/1.2.2/#103-core-schema, https://yaml.org/type/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from migrate.model import Opaque
from migrate.structured.nodes import MAX_DEPTH, Alias, MappingNode, Node, Pair, Scalar, SequenceNode
from migrate.structured.scan_json import number
from migrate.structured.templates import EXPRESSION, has_expression

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NUMBER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_CONSTANTS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_RESOLVER: Any = yaml.resolver.Resolver()
_TEXT_TAG = "tag:yaml.org,2002:str"
_SPECIAL = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9][0-9_]*\.?[0-9_]*)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?\.inf|\.nan",
    re.IGNORECASE,
)

_FILLED_IN = re.compile(rf":?[ \t]*(?:#.*)?(?:\r?\n[ \t]*)+({EXPRESSION.pattern})")


def parse(text: str, source: str) -> tuple[tuple[Node, ...], frozenset[int]]:
    """The roots of all documents, and the ids of the nodes that aliases stand for.

    text: what is parsed; source: of the same length, where texts of opaque values are cut from.
    Raises ValueError.
    """
    shift = 1 if text.startswith("\ufeff") else 0
    if len(text) > shift and "\x00" in text:
        raise ValueError("has a NUL character")
    try:
        return _Builder(text[shift:], source[shift:], shift).documents()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" at line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise ValueError(f"{getattr(error, 'problem', None) or 'no YAML'}{where}") from error


class _Builder:
    def __init__(self, text: str, source: str, shift: int) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self._text = text
        self._source = source
        self._shift = shift
        self._anchors: dict[str, Node] = {}
        self._shared: set[int] = set()

    def documents(self) -> tuple[tuple[Node, ...], frozenset[int]]:
        roots: list[Node] = []
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._anchors = {}
                roots.append(self._node(next(self._events), 0))
        return tuple(roots), frozenset(self._shared)

    def _span(self, first: Any, last: Any) -> tuple[int, int]:
        return first.start_mark.index + self._shift, last.end_mark.index + self._shift

    def _node(self, event: Any, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise ValueError(f"too deeply nested at line {event.start_mark.line + 1}")
        start, end = self._span(event, event)
        anchor: str = event.anchor or ""
        if isinstance(event, yaml.AliasEvent):
            target = self._anchors.get(anchor)
            if target is None:
                raise ValueError(f"the alias *{anchor} has no anchor before it")
            self._shared.add(id(target))
            return Alias(start, end, anchor, target)
        tag: str = event.tag or ""
        self._anchors.pop(anchor, None)
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            style = event.style or ""
            cut = self._source[start - self._shift : end - self._shift] or self._filled_in(event)
            node = Scalar(start, end, _scalar(event.value, style, tag, cut), style, event.value, anchor, tag)
        elif isinstance(event, yaml.MappingStartEvent):
            pairs, last = self._pairs(depth)
            end = self._span(event, last)[1]
            node = MappingNode(start, end, pairs, bool(event.flow_style), anchor, tag)
        else:
            items, last = self._items(depth)
            end = self._span(event, last)[1]
            node = SequenceNode(start, end, items, bool(event.flow_style), anchor, tag)
        if anchor:
            self._anchors[anchor] = node
        return node

    def _filled_in(self, event: Any) -> str:
        """The template line that gives an empty scalar its value, or nothing."""
        found = _FILLED_IN.match(self._source, event.end_mark.index)
        return found[1] if found and not event.value and not event.style else ""

    def _pairs(self, depth: int) -> tuple[tuple[Pair, ...], Any]:
        pairs: list[Pair] = []
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                return tuple(pairs), event
            key = self._node(event, depth + 1)
            pairs.append(Pair(key, self._node(next(self._events), depth + 1)))
        raise ValueError("a mapping does not end")

    def _items(self, depth: int) -> tuple[tuple[Node, ...], Any]:
        items: list[Node] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                return tuple(items), event
            items.append(self._node(event, depth + 1))
        raise ValueError("a sequence does not end")


def _scalar(value: str, style: str, tag: str, cut: str) -> Any:
    if has_expression(cut):
        return Opaque(cut)
    if tag:
        return value if tag == _TEXT_TAG else Opaque(cut)
    if style:
        return value
    if value in _CONSTANTS:
        return _CONSTANTS[value]
    if _NUMBER.fullmatch(value):
        return number(value.removeprefix("+"))
    kind = _RESOLVER.resolve(yaml.ScalarNode, value, (True, False))
    is_text = kind in (_TEXT_TAG, "tag:yaml.org,2002:merge", "tag:yaml.org,2002:value")
    return value if is_text and not _SPECIAL.fullmatch(value) else Opaque(value)
