"""Requests: one description for every way to send one, whatever the library."""

from __future__ import annotations

from dataclasses import dataclass, field

from migrate import contract
from migrate.evidence import Evidence
from migrate.find.javascript.layout import SpanEdit, edit
from migrate.find.javascript.payload import UnprovedError
from migrate.find.javascript.tree import Node
from migrate.find.javascript.values import Environment, Piece, Text


@dataclass(eq=False)
class Request:
    """One request.

    node: the call; kind: a key of `migrate.kinds.KINDS`; path: the URL with `HOLE`, or the
    client's dotted name; old: the deprecated operation (None for a successor's request);
    body: the expression of the body; option: the name under which the body stands in `body`
    (``data`` of the client's options), else "". renames: edits of the name or path;
    names: identifiers through which the name or path was reached;
    sends: whether a body belongs to it (not to a mock); call: whose value is the answer, if not `node`;
    pieces: the nodes that the path is put together from;
    constants: those of `names` that bring a part of the path which is edited;
    helpers: own functions that the request goes through and that are not edited.
    """

    node: Node
    kind: str
    method: str
    path: str
    old: contract.Operation | None
    body: Node | None = None
    option: str = ""
    env: Environment = field(default_factory=dict)
    evidence: Evidence = field(default_factory=Evidence)
    renames: list[SpanEdit] = field(default_factory=list)
    names: list[Node] = field(default_factory=list)
    problem: UnprovedError | None = None
    client: bool = False
    sends: bool = True
    call: Node | None = None
    pieces: list[Node] = field(default_factory=list)
    constants: list[Node] = field(default_factory=list)
    helpers: tuple[Node, ...] = ()


def path_edits(text: Text, match: contract.PathMatch) -> list[SpanEdit]:
    """Edits that put the new path in the place of the old one.

    Raises UnprovedError where the old path is not written out in one place that can be edited.
    """
    old = text.value[match.start : match.end]
    new = match.replacement
    keep = len(new) if old.startswith(new) else 0
    spans = text.spans(match.start + keep, match.end)
    if spans is None:
        raise UnprovedError("the path is put together from parts that can't be edited")
    if keep == 0 and len([1 for piece, _, _ in spans if piece.exact]) != 1:
        raise UnprovedError("the path is put together from several parts")
    found: list[SpanEdit] = []
    for piece, first, last in spans:
        if not piece.exact:
            continue
        whole = first == 0 and last == len(piece.text)
        if keep and whole and piece.element is not None:
            found.append(_without_element(piece))
        elif keep and whole and piece.holder is not None:
            found.append(edit(piece.holder, piece.holder.start, piece.holder.end, ""))
        else:
            found.append(edit(piece.node, piece.start + first, piece.start + last, "" if keep else new))
    return found


def _without_element(piece: Piece) -> SpanEdit:
    element = piece.element
    assert element is not None  # noqa: S101 (asked by the caller)
    if element.start != piece.node.start and element.text.strip("\"'`") != piece.text:
        raise UnprovedError("the path's last segment is a name that is used in a list of segments")
    siblings = element.parent.parts if element.parent else [element]
    position = siblings.index(element)
    start = siblings[position - 1].end if position else element.start
    return edit(element, start, element.end, "")


def rename_member(node: Node) -> list[SpanEdit]:
    """Edits that take the last name off a member expression: ``a.b.c`` → ``a.b``."""
    base = node.first
    if base is None:
        return []
    start = base.end
    if any(child.kind == "comment" for child in node.children):
        dot = node.token(".") or node.part("optional_chain") or node.token("[")
        start = dot.start if dot else start
    return [edit(node, start, node.end, "")]
