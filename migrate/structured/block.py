"""Moves in a YAML block mapping: whole lines, with their comments, to a deeper indentation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrate import contract
from migrate.contract import Untranslatable
from migrate.structured import flow
from migrate.structured.layout import (
    TextEdit,
    after_line,
    comments_around,
    line_above,
    line_start,
    newline_at,
    shifted,
    starts_line,
)
from migrate.structured.nodes import Document, MappingNode, Node, Pair, Scalar, SequenceNode, walk
from migrate.structured.plan import MovePlan, Tree

_COMMENT_LINE = re.compile(r"([ \t]*)#[^\r\n]*")
_NOT_IN_BRACES = re.compile(r"[\[\]{},]|^[:?-]|:$")
_DEFAULT_STEP = 2


@dataclass(frozen=True, slots=True)
class Chunk:
    """The lines of a pair.

    start: first character of its first comment line, or of the key where
    the key does not start its line (``- key: …``); head: start of the key's own line; end: start
    of the line after it.
    """

    start: int
    head: int
    end: int
    column: int
    own_line: bool


def column_of(text: str, pair: Pair) -> int:
    """Zero-based column of a pair's key."""
    return pair.key.start - line_start(text, pair.key.start)


def chunk_of(text: str, mapping: MappingNode, index: int) -> Chunk:
    """The lines that belong to a pair of a block mapping.

    Comments above, the pair, comments below it that are indented deeper. Comments at the head of
    the file stay there.
    """
    pair = mapping.pairs[index]
    column = column_of(text, pair)
    own_line = starts_line(text, pair.key.start)
    head = line_start(text, pair.key.start) if own_line else pair.key.start
    floor = chunk_of_end(text, mapping.pairs[index - 1], column) if index else 0
    start = head
    while own_line and start > floor:
        above = line_above(text, start)
        found = _COMMENT_LINE.match(text, above)
        if above < floor or not found or len(found[1]) != column:
            break
        start = above
    if not text[:start].strip(" \t\r\n\ufeff"):
        start = head
    return Chunk(start, head, chunk_of_end(text, pair, column), column, own_line)


def chunk_of_end(text: str, pair: Pair, column: int) -> int:
    """Start of the line after a pair and the deeper comments directly below it."""
    end = after_line(text, content_end(text, pair))
    while end < len(text):
        found = _COMMENT_LINE.match(text, end)
        if not found or len(found[1]) <= column:
            break
        end = after_line(text, end)
    return end


def content_end(text: str, pair: Pair) -> int:
    """End of a pair's last character, without trailing comments and blank lines."""
    colon = re.compile(r"[ \t]*:").match(text, pair.key.end)
    return max(colon.end() if colon else pair.key.end, _end_of(text, pair.value))


def _end_of(text: str, node: Node) -> int:
    if isinstance(node, (MappingNode, SequenceNode)) and not node.flow:
        if isinstance(node, MappingNode):
            return content_end(text, node.pairs[-1]) if node.pairs else node.end
        return max((_end_of(text, item) for item in node.items), default=node.end)
    if isinstance(node, Scalar) and node.style in ("|", ">"):
        return _block_scalar_end(text, node)
    if isinstance(node, Scalar) and node.start == node.end:
        return 0
    return node.end


def _block_scalar_end(text: str, node: Scalar) -> int:
    header = re.compile(r"[^\r\n]*").match(text, node.start)
    end = header.end() if header else node.start
    if header and "+" in header[0].split("#")[0]:
        last = line_start(text, node.end)
        return max(end, last - 1 if last < len(text) else node.end)
    return max(end, len(text[: node.end].rstrip()))


def edits(document: Document, plan: MovePlan) -> list[TextEdit]:
    """The edits that do a plan for a block mapping. Raises Untranslatable for layouts not handled."""
    text, body = document.text, plan.body
    column = column_of(text, body.pairs[0])
    for pair in [*plan.moved, *filter(None, [body.get(contract.SETTINGS)])]:
        is_odd = column_of(text, pair) != column or text[pair.key.start : pair.key.start + 1] in "?&!*"
        if is_odd or not re.compile(r"[ \t]*:").match(text, pair.key.end):
            raise Untranslatable(pair.name or "", "layout", "The key is not written as a plain `key: value`.")
    result: list[TextEdit] = []
    kept = [pair for pair in plan.moved if id(pair) in plan.kept_at]
    for pair in kept:
        result += _comments_to(text, body, pair, plan.kept_at[id(pair)])
    created = next((tree for container, tree in plan.inserts if container is body), None)
    if created is not None:
        first = plan.moved[0]
        result += _in_place(document, body, first, created)
    for container, tree in plan.inserts:
        if container is not body:
            result += _into(document, body, container, tree)
    gone = plan.moved if created is None else plan.moved[1:]
    result += _deletions(text, body, gone)
    return result


def _step(document: Document, body: MappingNode) -> int:
    """Indentation step of the author: of the body, else of the document, else 2."""
    for root in (body, *document.roots):
        for node in walk(root):
            if isinstance(node, MappingNode) and not node.flow:
                for pair in node.pairs:
                    inner = pair.value
                    if isinstance(inner, MappingNode) and not inner.flow and inner.pairs:
                        step = column_of(document.text, inner.pairs[0]) - column_of(document.text, pair)
                        if step > 0:
                            return step
    return _DEFAULT_STEP


def _lines_of(text: str, body: MappingNode, pair: Pair) -> str:
    """A pair's lines, with a newline at the end, indented as the body is."""
    chunk = chunk_of(text, body, body.pairs.index(pair))
    lines = (
        text[chunk.start : chunk.end]
        if chunk.own_line
        else " " * chunk.column + text[chunk.start : chunk.end]
    )
    return lines if lines.endswith(("\n", "\r")) else lines + newline_at(text, chunk.end)


def _render(document: Document, body: MappingNode, tree: Tree, column: int, step: int, like: Pair) -> str:
    """The lines of new members at a column; the key of a new mapping is quoted like `like`'s key."""
    text, base = document.text, column_of(document.text, body.pairs[0])
    parts: list[str] = []
    for name, member in tree.items():
        if isinstance(member, Pair):
            parts.append(shifted(_lines_of(text, body, member), " " * (column - base)))
        else:
            key = text[like.key.start : like.key.end].replace(like.name or "", name)
            parts.append(" " * column + key + ":" + newline_at(text, like.key.start))
            parts.append(_render(document, body, member, column + step, step, like))
    return "".join(parts)


def _in_place(document: Document, body: MappingNode, first: Pair, tree: Tree) -> list[TextEdit]:
    """Put the new settings where the first moved pair stands."""
    text = document.text
    chunk = chunk_of(text, body, body.pairs.index(first))
    new = _render(document, body, tree, chunk.column, _step(document, body), first)
    if not chunk.own_line:
        new = new[chunk.column :]
    return [(chunk.start, chunk.end, new)]


def _into(document: Document, body: MappingNode, container: MappingNode, tree: Tree) -> list[TextEdit]:
    """Add members at the end of a mapping that is there."""
    text = document.text
    if container.flow:
        return _into_flow(document, body, container, tree)
    like = flow.pairs_of(tree)[0]
    column = column_of(text, container.pairs[0])
    new = _render(document, body, tree, column, _step(document, body), like)
    end = chunk_of(text, container, len(container.pairs) - 1).end
    if text[end - 1] not in "\r\n":
        new = newline_at(text, end) + new
    return [(end, end, new)]


def _into_flow(document: Document, body: MappingNode, container: MappingNode, tree: Tree) -> list[TextEdit]:
    text = document.text
    for pair in flow.pairs_of(tree):
        if isinstance(pair.value, Scalar) and not pair.value.style and _NOT_IN_BRACES.search(pair.value.text):
            raise Untranslatable(pair.name or "", "layout", "The value would need quotes inside of braces.")
    result = flow.insert(document, container, tree)
    holder = next(pair for pair in body.pairs if pair.key.start < container.start <= pair.value.end)
    for member in flow.pairs_of(tree):
        result += _comments_to(text, body, member, holder)
    return result


def _comments_to(text: str, body: MappingNode, pair: Pair, target: Pair) -> list[TextEdit]:
    """Carry the comments of a pair that goes away to above another one, unless they are there."""
    chunk = chunk_of(text, body, body.pairs.index(pair))
    comments = [line.strip() for line in text[chunk.start : chunk.head].splitlines() if line.strip()]
    rest = text[content_end(text, pair) : chunk.end]
    comments += [line.strip() for line in rest.splitlines() if line.strip().startswith("#")]
    if not starts_line(text, target.key.start):
        target = next((each for each in body.pairs if _holds(each, target)), target)
    if not starts_line(text, target.key.start):
        return _comments_after_dash(text, body, target, comments)
    place = line_start(text, target.key.start)
    column = column_of(text, target)
    if not chunk_of(text, body, 0).own_line and target in body.pairs[1:]:
        return _comments_after_dash(text, body, target, comments)
    newline = newline_at(text, place)
    comments = list(dict.fromkeys(comments))
    known = comments_around(text, place, target.value.end)
    lines = [" " * column + comment + newline for comment in comments if comment not in known]
    return [(place, place, "".join(lines))] if lines else []


def _holds(outer: Pair, inner: Pair) -> bool:
    return outer.key.start <= inner.key.start < outer.value.end


def _comments_after_dash(text: str, body: MappingNode, target: Pair, comments: list[str]) -> list[TextEdit]:
    """The same for a pair that may come to stand on the line of the sequence's dash."""
    chunk = chunk_of(text, body, body.pairs.index(target))
    place = chunk.start + chunk.column if chunk.own_line else chunk.start
    known = comments_around(text, chunk.head, target.value.end)
    lines = [
        comment + newline_at(text, place) + " " * chunk.column for comment in comments if comment not in known
    ]
    return [(place, place, "".join(lines))] if lines else []


def _deletions(text: str, body: MappingNode, gone: list[Pair]) -> list[TextEdit]:
    result: list[TextEdit] = []
    for pair in gone:
        index = body.pairs.index(pair)
        chunk = chunk_of(text, body, index)
        if chunk.own_line:
            floor = chunk_of_end(text, body.pairs[index - 1], chunk.column) if index else 0
            result.append((_without_blank(text, chunk, floor), chunk.end, ""))
            continue
        following = next((i for i in range(index + 1, len(body.pairs)) if body.pairs[i] not in gone), None)
        if following is None:
            raise Untranslatable(pair.name or "", "layout", "Nothing would be left on the key's line.")
        after = chunk_of(text, body, following)
        result.append((chunk.start, after.start + after.column, ""))
    return result


def _without_blank(text: str, chunk: Chunk, floor: int) -> int:
    """Start of the lines to delete: with the blank line above, where one is below (or the end) too.

    floor: end of the pair above; a blank line may belong to its value.
    """
    above = line_above(text, chunk.start)
    blank_above = chunk.start > 0 and not text[above : chunk.start].strip()
    below = text[chunk.end : after_line(text, chunk.end)]
    return above if blank_above and above >= floor and not below.strip() else chunk.start
