"""A scanner for JSON and JSONC that keeps spans.

Own code, as no parser at hand gives spans of members together with comments, tab-indented text
and the numbers' own digits.

RFC 8259; comments and trailing commas as in https://jsonc.org.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any

from migrate.model import HOLE, Opaque
from migrate.structured.nodes import MAX_DEPTH, MappingNode, Node, Pair, Scalar, SequenceNode
from migrate.structured.templates import has_expression

_SPACE = re.compile(r"[ \t\r\n]*")
_TRIVIA = re.compile(r"(?:[ \t\r\n]+|//[^\r\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\.)*"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![\w.])")
_WORD = re.compile(r"(?:true|false|null)(?!\w)")
_UNKNOWN = re.compile(rf"T{{3,}}(?!\w)|{HOLE}+|\$\{{[^}}\r\n\"]*\}}|\$\w+")
_WORDS = {"true": True, "false": False, "null": None}


def number(text: str) -> Any:
    """An int or float, or `Opaque` where the digits would not survive (``1e400``, ``-0``)."""
    if re.fullmatch(r"-?[0-9]{1,4000}", text):
        return Opaque(text) if re.fullmatch(r"-0+", text) else int(text)
    value = float(text)
    if value in (float("inf"), float("-inf")) or Decimal(repr(value)) != Decimal(text):
        return Opaque(text)
    return value


class Scanner:
    """Parses one text. comments: accept JSONC; source: the text that opaque values are cut from."""

    def __init__(self, text: str, *, comments: bool, source: str) -> None:
        self._text = text
        self._source = source
        self._comments = comments
        self._trivia = _TRIVIA if comments else _SPACE

    def parse(self) -> Node:
        """The one value of the text. Raises ValueError with line and column."""
        node, end = self._node(self._skip(1 if self._text.startswith("\ufeff") else 0), 0)
        end = self._skip(end)
        if end != len(self._text):
            raise self._error(end, "text after the value")
        return node

    def _skip(self, at: int) -> int:
        found = self._trivia.match(self._text, at)
        return found.end() if found else at

    def _error(self, at: int, what: str) -> ValueError:
        line = self._text.count("\n", 0, at) + 1
        column = at - self._text.rfind("\n", 0, at)
        return ValueError(f"{what} at line {line}, column {column}")

    def _node(self, at: int, depth: int) -> tuple[Node, int]:
        if depth > MAX_DEPTH:
            raise self._error(at, "too deeply nested")
        char = self._text[at : at + 1]
        if char == "{":
            return self._object(at, depth)
        if char == "[":
            return self._array(at, depth)
        scalar = self._string(at) if char == '"' else self._literal(at)
        return scalar, scalar.end

    def _string(self, at: int) -> Scalar:
        found = _STRING.match(self._text, at)
        if not found:
            raise self._error(at, "a string that is not closed or has a raw control character")
        value = found[0][1:-1]
        if "\\" in value:
            try:
                value = json.loads(found[0])
            except ValueError:
                raise self._error(at, "a string with a wrong escape") from None
        cut = self._source[at : found.end()]
        return Scalar(at, found.end(), Opaque(cut) if has_expression(cut) else value, '"', value)

    def _literal(self, at: int) -> Scalar:
        if found := _NUMBER.match(self._text, at):
            return Scalar(at, found.end(), number(found[0]))
        if found := _WORD.match(self._text, at):
            return Scalar(at, found.end(), _WORDS[found[0]])
        if found := _UNKNOWN.match(self._text, at):
            return Scalar(at, found.end(), Opaque(self._source[at : found.end()]))
        raise self._error(at, "no JSON value")

    def _object(self, at: int, depth: int) -> tuple[Node, int]:
        pairs: list[Pair] = []
        here = self._skip(at + 1)
        while self._text[here : here + 1] != "}":
            if self._text[here : here + 1] != '"':
                raise self._error(here, "no key in quotes")
            key = self._string(here)
            here = self._skip(key.end)
            if self._text[here : here + 1] != ":":
                raise self._error(here, "no colon")
            value, here = self._node(self._skip(here + 1), depth + 1)
            pairs.append(Pair(key, value))
            here = self._separator(here, "}")
        return MappingNode(at, here + 1, tuple(pairs), flow=True), here + 1

    def _array(self, at: int, depth: int) -> tuple[Node, int]:
        items: list[Node] = []
        here = self._skip(at + 1)
        while self._text[here : here + 1] != "]":
            item, here = self._node(here, depth + 1)
            items.append(item)
            here = self._separator(here, "]")
        return SequenceNode(at, here + 1, tuple(items), flow=True), here + 1

    def _separator(self, at: int, closing: str) -> int:
        at = self._skip(at)
        if self._text[at : at + 1] == closing:
            return at
        if self._text[at : at + 1] != ",":
            raise self._error(at, f"neither comma nor {closing!r}")
        after = self._skip(at + 1)
        if self._text[after : after + 1] == closing and not self._comments:
            raise self._error(at, "a trailing comma")
        return after
