"""The contract's move on a text, as edits, with a proof before they are handed out."""

from __future__ import annotations

from typing import Any

from migrate import contract
from migrate.contract import Operation, Untranslatable
from migrate.structured import block, flow
from migrate.structured.document import only_root, parse
from migrate.structured.layout import TextEdit, apply, tidy
from migrate.structured.nodes import Document, Node, to_value
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


def move_in_root(document: Document, root: Node, operation: Operation, at: Path = ()) -> list[TextEdit]:
    """`move_edits` in one of the documents of a text that is parsed already."""
    body = at_path(root, at)
    edits = edits_of(document, body, operation)
    if edits:
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
