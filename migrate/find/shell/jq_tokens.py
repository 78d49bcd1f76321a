"""The words of jq programs. Grammar: https://jqlang.github.io/jq/manual/ and jq's lexer.l."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\r\n]*)
    |(?P<field>\.[A-Za-z_]\w*)
    |(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)
    |(?P<variable>\$[A-Za-z_]\w*)
    |(?P<format>@\w+)
    |(?P<name>[A-Za-z_]\w*(?:::\w+)*)
    |(?P<sign>\?//|//=|[-+*/%|]=|==|!=|<=|>=|//|\.\.|[-+*/%|<>=?()\[\]{}:;,.])
    |(?P<quote>")""",
    re.VERBOSE,
)


class NotUnderstoodError(Exception):
    """The program does more with the answer than can be followed."""


class Token(NamedTuple):
    """kind: a group of `_TOKEN`; parts: for a string, its text pieces and interpolations' spans."""

    kind: str
    text: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a program, without white space and comments. Raises `NotUnderstoodError`."""
    found: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise NotUnderstoodError
        end = _string_end(text, position) if match.lastgroup == "quote" else match.end()
        if match.lastgroup != "space":
            found.append(Token(match.lastgroup or "", text[position:end], position, end))
        position = end
    return found


def _string_end(text: str, start: int) -> int:
    """Offset behind a string, whose interpolations may hold strings."""
    position = start + 1
    while position < len(text):
        if text[position] == '"':
            return position + 1
        if text.startswith("\\(", position):
            position = _group_end(text, position + 2)
        else:
            position += 2 if text[position] == "\\" else 1
    raise NotUnderstoodError


def _group_end(text: str, start: int) -> int:
    """Offset behind the bracket that closes an interpolation which begins at `start`."""
    position, depth = start, 1
    while position < len(text):
        if text[position] == '"':
            position = _string_end(text, position)
            continue
        depth += (text[position] == "(") - (text[position] == ")")
        position += 1
        if depth == 0:
            return position
    raise NotUnderstoodError


def interpolations(text: str) -> list[tuple[int, int]]:
    r"""Spans of the programs in a string's ``\(…)``."""
    found: list[tuple[int, int]] = []
    position = 1
    while position < len(text) - 1:
        if text.startswith("\\(", position):
            end = _group_end(text, position + 2)
            found.append((position + 2, end - 1))
            position = end
        else:
            position += 2 if text[position] == "\\" else 1
    return found
