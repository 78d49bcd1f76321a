"""Where a URL's text stands in the code, and the edits that change it there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import libcst as cst

from migrate.find.python.engine import Shot
from migrate.find.python.module import Module
from migrate.find.python.values import Piece, Text, each_of

if TYPE_CHECKING:
    from migrate.find.python.sites import Target


def spans_of(url: Text, module: Module) -> list[tuple[int, int]]:
    """The characters of a module's literals that are part of a URL."""
    return [
        (piece.literal.offsets[piece.start], piece.literal.offsets[piece.start + len(piece.text)])
        for piece in url.pieces
        if piece.literal is not None and piece.literal.module is module and piece.text
    ]


def touches(url: Text, module: Module, span: tuple[int, int]) -> bool:
    """Whether a text has characters of a place in a file."""
    return any(low < span[1] and span[0] < high for low, high in spans_of(url, module))


def uses_span(shot: Shot, module: Module, span: tuple[int, int]) -> bool:
    """Whether a request's URL has characters of a place in the text."""
    return any(isinstance(url, Text) and touches(url, module, span) for url in each_of(shot.url))


class UrlError(ValueError):
    """A URL that can't be edited in place. The message completes "its URL can't be rewritten: …"."""


UrlChange = tuple[Module, int, int, str]


def url_changes(target: Target) -> list[UrlChange]:
    """The edits that replace the target's part of the URL. Raises UrlError.

    What both paths begin with stays; the rest is taken out of its literals, operands and list elements.
    """
    old = target.model[target.start : target.end]
    same = _common(old, target.replacement)
    pieces = list(_placed(target, target.start + same))
    added = target.replacement[same:]
    changes: list[UrlChange] = []
    for index, (piece, first, last) in enumerate(pieces):
        if piece.literal is None:
            if piece.is_hole or index + 1 == len(pieces):
                raise UrlError("a part of it is computed")
            continue
        computed = index > 0 and pieces[index - 1][0].literal is None
        alone = sum(each.outer == piece.outer for each in target.url.pieces) == 1
        change = _remove(piece, first, last, after_computed=computed, alone=alone)
        if added and _in_place(piece):
            change = (change[0], change[1], change[2], added)
            added = ""
        changes.append(change)
    if added or not changes:
        raise UrlError("its text stands nowhere in the code")
    return changes


def _common(one: str, other: str) -> int:
    """Length of what both texts begin with."""
    pairs = zip(one, other, strict=False)
    return next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _placed(target: Target, start: int) -> Iterator[tuple[Piece, int, int]]:
    position = 0
    for piece in target.url.pieces:
        length = 1 if piece.is_hole else len(piece.text)
        first, last = max(start - position, 0), min(target.end - position, length)
        if first < last:
            yield piece, first, last
        position += length


def _in_place(piece: Piece) -> bool:
    """Whether the piece's literal stands where the URL is put together, not behind a name."""
    if piece.outer is None or piece.literal is None:
        return True
    module, start, end = piece.outer
    return piece.literal.module is module and start <= piece.literal.offsets[0] <= end


def _remove(piece: Piece, first: int, last: int, *, after_computed: bool, alone: bool) -> UrlChange:
    literal = piece.literal
    if literal is None:
        raise UrlError("a part of it is computed")
    low, high = literal.offsets[piece.start + first], literal.offsets[piece.start + last]
    whole = first == 0 and last == len(piece.text)
    if not _in_place(piece) and piece.outer is not None:
        if first > 0:
            return literal.module, low, high, ""
        if whole and after_computed and not alone:
            return _operand(literal.module, *literal.module.span(literal.node))
        if not whole or not alone:
            raise UrlError("a part of it comes in through a name")
        module, start, end = piece.outer
        if module.text[start] == "{":
            return module, start, end, ""
        return _operand(module, start, end)
    span = literal.module.span(literal.node)
    if whole and (after_computed or _is_right_operand(literal.module, literal.node)):
        return _operand(literal.module, *span)
    return literal.module, low, high, ""


def _is_right_operand(module: Module, node: cst.CSTNode) -> bool:
    parent = module.parents.get(node)
    return isinstance(parent, cst.BinaryOperation) and parent.right is node


def _operand(module: Module, start: int, end: int) -> UrlChange:
    """Take out an operand of ``+`` or an element of a list, with the operator or comma before it."""
    for node, span in module.spans.items():
        if span == (start, end) and isinstance(node, cst.BaseExpression):
            parent = module.parents.get(node)
            if isinstance(parent, cst.BinaryOperation) and parent.right is node:
                return module, module.outer_span(parent.left)[1], module.outer_span(node)[1], ""
            listed = module.parents.get(parent) if isinstance(parent, cst.Element) else None
            if isinstance(listed, (cst.List, cst.Tuple)):
                index = listed.elements.index(parent)
                if index:
                    before = module.outer_span(listed.elements[index - 1].value)[1]
                    return module, before, module.outer_span(node)[1], ""
    raise UrlError("it is put together from several parts")
