"""The contract's move on a text, as edits, with a proof before they are handed out."""

from __future__ import annotations

import re
from typing import Any

from migrate import contract
from migrate.contract import Operation, Untranslatable
from migrate.structured import block, flow
from migrate.structured.document import only_root, parse
from migrate.structured.layout import TextEdit, apply, tidy
from migrate.structured.nodes import Document, MappingNode, Node, to_value
from migrate.structured.plan import at_path, of_body

Path = tuple[str | int, ...]


def move_edits(text: str, syntax: str, operation: Operation, at: Path = ()) -> list[TextEdit]:
    """The edits that move an operation's keys in the mapping at a key path.

    text: JSON, JSONC or YAML (`syntax`), with one document; at: names and indices from the root.
    Returns spans of characters in `text` with their replacements, in order, not overlapping;
    [] where nothing moves.

    Raises contract.Untranslatable with the reason where the move can't be proved right, and
    ValueError where the text can't be understood.
    """
    document = parse(text, syntax)
    return move_in_root(document, only_root(document), operation, at)


_NOT_ALONE = re.compile(r"[&*|>!%`@\t]|<<|---|\.\.\.|\{\{")
"""What makes YAML depend on the text around it, or may."""


def move_in_root(document: Document, root: Node, operation: Operation, at: Path = ()) -> list[TextEdit]:
    """`move_edits` in one of the documents of a text that is parsed already."""
    body = at_path(root, at)
    edits = edits_of(document, body, operation)
    if edits and not (at and _proved_alone(document, body, operation, edits)):
        _prove(document, document.roots.index(root), operation, at, edits)
    return edits


def edits_of(document: Document, body: Node, operation: Operation) -> list[TextEdit]:
    """The edits for one mapping, not yet proved."""
    plan = of_body(document, body, operation)
    if plan is None:
        return []
    make = flow.edits if plan.body.flow else block.edits
    edits = tidy(document.text, make(document, plan))
    return _keep_end(document.text, edits)


def _keep_end(text: str, edits: list[TextEdit]) -> list[TextEdit]:
    """A text without a newline at its end stays so."""
    if text.endswith(("\n", "\r")) or not edits or edits[-1][1] != len(text):
        return edits
    start, end, new = edits.pop()
    new = new.rstrip("\r\n")
    while not new:
        floor = edits[-1][1] if edits else 0
        start = floor + len(text[floor:start].rstrip("\r\n"))
        if start > floor or not edits:
            break
        start, _, new = edits.pop()
        new = new.rstrip("\r\n")
    return [*edits, (start, end, new)]


def _proved_alone(document: Document, body: Node, operation: Operation, edits: list[TextEdit]) -> bool:
    """Whether a move is proved by the text of the body alone, which spares the rest of a large file.

    Only where that text means the same by itself: no anchors, aliases, tags, merge keys, block scalars or
    template expressions. Otherwise nothing is said, and the whole text has to be looked at.
    """
    if not isinstance(body, MappingNode) or edits[0][0] < body.start:
        return False
    text = document.text
    column = 0 if body.flow else body.start - _line_start(text, body.start)
    stop = body.end if body.flow else _line_end(text, max(_end_of_block(text, body), edits[-1][1]))
    alone = text[body.start : stop]
    is_plain = document.syntax != "yaml" or not _NOT_ALONE.search(alone)
    if edits[-1][1] > stop or not is_plain or alone != document.parsed[body.start : stop]:
        return False
    moved = apply(alone, [(start - body.start, end - body.start, new) for start, end, new in edits])
    if alone[-1:] in "\r\n" and moved[-1:] not in ("\r", "\n"):
        return False
    if any(line.strip() and not line.startswith(" " * column) for line in moved.splitlines()[1:]):
        return False
    try:
        before = parse(" " * column + alone, document.syntax).roots
        after = parse(" " * column + moved, document.syntax)
        same = len(before) == len(after.roots) == 1 and _same(to_value(before[0]), to_value(body))
        expected = contract.move_keys(operation, to_value(body))
        again = edits_of(after, after.roots[0], operation) if same else []
        return same and not again and _same(expected, to_value(after.roots[0]))
    except (ValueError, RecursionError, IndexError):
        return False


def _end_of_block(text: str, body: MappingNode) -> int:
    """Where a block ends, without the indentation of the line after it, which the parser counts in."""
    start = _line_start(text, body.end)
    return body.end if text[start : body.end].strip() else max(start, body.start)


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _line_end(text: str, offset: int) -> int:
    if offset and text[offset - 1] in "\r\n":
        return offset
    found = re.compile(r"[\r\n]").search(text, offset)
    return found.start() if found else len(text)


def _prove(document: Document, index: int, operation: Operation, at: Path, edits: list[TextEdit]) -> None:
    """Parse before and after; demand the contract's translation and nothing else."""
    try:
        after = parse(apply(document.text, edits), document.syntax)
        expected = [to_value(root) for root in document.roots]
        found = [to_value(root) for root in after.roots]
        expected[index] = _translated(expected[index], at, operation)
        again = edits_of(after, at_path(after.roots[index], at), operation)
    except (ValueError, RecursionError, IndexError) as error:
        reason = f"The move could not be proved: after it, {error}."
        raise Untranslatable("", "unproved", reason) from error
    same = len(found) == len(expected) and all(map(_same, expected, found))
    if not same or again:
        raise Untranslatable("", "unproved", "The move could not be proved: other values would change too.")


def _translated(value: Any, at: Path, operation: Operation) -> Any:
    if not at:
        return contract.move_keys(operation, value)
    step, rest = at[0], at[1:]
    if isinstance(value, list) and isinstance(step, int):
        return [
            _translated(item, rest, operation) if number == step % len(value) else item
            for number, item in enumerate(value)
        ]
    return {key: _translated(item, rest, operation) if key == step else item for key, item in value.items()}


def _same(one: Any, other: Any) -> bool:
    """Whether two values are the same, down to types; the order of keys is the author's."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return set(one) == set(other) and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return bool(one == other)
