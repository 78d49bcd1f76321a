"""Texts of edits that move elements of a braced list into a nested one, as the author would write it.

Works on object literals and on the members of TypeScript types alike: an element is a child node,
elements are separated by commas or semicolons or nothing but newlines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from migrate.find.javascript.payload import UnprovedError
from migrate.find.javascript.tree import Node


@dataclass(frozen=True, slots=True)
class SpanEdit:
    """Replace the characters ``start`` to ``end`` of a file's text. path: the file."""

    path: str
    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Block:
    """A nested list to write: a name and its entries, which are texts or blocks."""

    name: str
    entries: list[str | Block] = field(default_factory=list)


def edit(node: Node, start: int, end: int, new: str) -> SpanEdit:
    """An edit in the file of a node."""
    return SpanEdit(node.module.path, start, end, new)


def replace(node: Node, new: str) -> SpanEdit:
    """An edit that replaces a whole node."""
    return edit(node, node.start, node.end, new)


class Braces:
    """The layout of one braced list: its elements, separators, indentation and spacing."""

    def __init__(self, node: Node) -> None:
        self.node = node
        self.text = node.module.text
        self.newline = node.module.source.newline
        self.elements = node.parts
        self._index = {each: position for position, each in enumerate(node.children)}

    def separator_after(self, element: Node) -> Node | None:
        """The comma or semicolon after an element."""
        for child in self.node.children[self._index[element] + 1 :]:
            if child.kind in (",", ";"):
                return child
            if child.kind != "comment":
                return None
        return None

    def lead(self, element: Node) -> int:
        """Where an element starts with the comments that belong to it."""
        start = element.start
        for child in reversed(self.node.children[: self._index[element]]):
            between = self.text[child.end : start]
            apart = "\n" in between and not self._only_blank_before(child.start)
            if child.kind != "comment" or between.strip() or between.count("\n") > 1 or apart:
                break
            start = child.start
        return start

    def content_end(self, element: Node) -> int:
        """Where an element ends with the comments before its separator. Raises UnprovedError."""
        end = element.end
        separator = self.separator_after(element)
        for child in self.node.children[self._index[element] + 1 :] if separator is not None else ():
            if child is separator:
                break
            if child.text.startswith("//"):
                raise UnprovedError("a comment stands between a value and its comma", child)
            end = child.end
        return end

    def tail(self, element: Node) -> int:
        """Where an element ends with its separator and the comment behind it on the line."""
        separator = self.separator_after(element)
        end = separator.end if separator else element.end
        position = self._index[separator or element] + 1
        for child in self.node.children[position:]:
            if child.kind != "comment" or "\n" in self.text[end : child.start]:
                break
            if not self._only_blank_after(child.end):
                break
            end = child.end
        return end

    def own_line(self, element: Node) -> bool:
        """Whether an element has its lines for itself."""
        return self._only_blank_before(self.lead(element)) and self._only_blank_after(self.tail(element))

    def _only_blank_before(self, offset: int) -> bool:
        line = re.split(r"[\r\n]", self.text[:offset])[-1]
        return not line.strip() and offset - len(line) > 0

    def _only_blank_after(self, offset: int) -> bool:
        found = re.compile(r"[ \t]*(\r|\n|$)").match(self.text, offset)
        return found is not None

    def indent(self, element: Node) -> str:
        """White space before an element that is first on its line."""
        line = re.split(r"[\r\n]", self.text[: self.lead(element)])[-1]
        return line[: len(line) - len(line.lstrip())]

    @property
    def padding(self) -> str:
        """Space inside of braces on one line: ``{ a }`` or ``{a}``."""
        return "" if re.match(r"\{\S", self.node.text) and self.elements else " "

    @property
    def mark(self) -> str:
        """The separator that the author uses."""
        return next((child.kind for child in self.node.children if child.kind in (",", ";")), ",")

    def trailing_separator(self) -> bool:
        """Whether the author ends the list with a separator."""
        return bool(self.elements) and self.separator_after(self.elements[-1]) is not None

    def runs(self, moved: Sequence[Node]) -> list[list[Node]]:
        """Maximal sequences of neighbours among some elements."""
        chosen = set(moved)
        found: list[list[Node]] = []
        previous_moved = False
        for element in self.elements:
            if element in chosen:
                if previous_moved:
                    found[-1].append(element)
                else:
                    found.append([element])
            previous_moved = element in chosen
        return found

    def entry(self, element: Node, depth: int) -> str:
        """The text of an element with its comments, without its separator, `depth` steps deeper."""
        separator = self.separator_after(element)
        start = self.lead(element)
        body = self.text[start : self.content_end(element)]
        if not self.own_line(element):
            return body
        body = reindented(element, body, start, self.node.module.lines.unit * depth)
        comment = self.text[(separator or element).end : self.tail(element)]
        return body + (f"\0{comment}" if comment.strip() else "")

    def delete(self, run: Sequence[Node]) -> list[SpanEdit]:
        """Edits that take out a run of elements with its lines or separators."""
        first, last = run[0], run[-1]
        position = self.elements.index(first)
        before = self.elements[position - 1] if position else None
        is_last = self.elements[-1] is last
        if all(self.own_line(each) for each in run):
            return self._delete_lines(first, last, before if is_last else None)
        separator = self.separator_after(last)
        if separator is not None and not is_last:
            following = self.elements[self.elements.index(last) + 1]
            return [edit(self.node, self.lead(first), self.lead(following), "")]
        if before is not None:
            return [edit(self.node, before.end, last.end, "")]
        return [edit(self.node, self.lead(first), self.tail(last), "")]

    def _delete_lines(self, first: Node, last: Node, before: Node | None) -> list[SpanEdit]:
        start = self.lead(first) - len(re.split(r"[\r\n]", self.text[: self.lead(first)])[-1])
        end = self.tail(last)
        found = re.compile(r"[ \t]*(\r\n|\r|\n)?").match(self.text, end)
        end = found.end() if found else end
        edits = [edit(self.node, start, end, "")]
        separator = self.separator_after(before) if before is not None else None
        if separator is not None and not self.trailing_separator():
            edits.insert(0, edit(self.node, separator.start, separator.end, ""))
        return edits

    def put(self, run: Sequence[Node], block: Block) -> SpanEdit:
        """An edit that puts a block in the place of a run of elements."""
        first, last = run[0], run[-1]
        multi = all(self.own_line(each) for each in run)
        separator = self.separator_after(last)
        end = self.tail(last) if multi else self.content_end(last)
        text = self.render(block, multi, self.indent(first) if multi else "")
        if multi and separator is not None:
            text += self.mark
        return edit(self.node, self.lead(first), end, text)

    def render(self, entry: str | Block, multi: bool, indent: str) -> str:
        """The text of an entry, on lines of its own or on one line, without its separator."""
        if isinstance(entry, str):
            return entry.replace("\0", "")
        pad = self.padding
        if not multi:
            inner = f"{self.mark} ".join(self.render(each, multi=False, indent="") for each in entry.entries)
            return f"{entry.name}: {{{pad}{inner}{pad}}}" if inner else f"{entry.name}: {{}}"
        if not entry.entries:
            return f"{entry.name}: {{}}"
        deeper = indent + self.node.module.lines.unit
        lines = self.lines(entry.entries, deeper, end=self.trailing_separator())
        return f"{entry.name}: {{{self.newline}{lines}{self.newline}{indent}}}"

    def lines(self, entries: Sequence[str | Block], indent: str, end: bool) -> str:
        """Entries on lines of their own. end: whether the last one gets a separator."""
        found = []
        for position, entry in enumerate(entries):
            mark = self.mark if end or position < len(entries) - 1 else ""
            text = self.render(entry, True, indent) if isinstance(entry, Block) else entry
            body, _, comment = text.partition("\0")
            found.append(f"{indent}{body}{mark}{comment}")
        return self.newline.join(found)

    def append(self, entries: Sequence[str | Block]) -> SpanEdit:
        """An edit that adds entries behind the last element of this list."""
        last = self.elements[-1] if self.elements else None
        if last is not None and self.own_line(last):
            return self._append_lines(last, entries)
        if any(_needs_lines(each) for each in entries):
            return self._break_lines(last, entries)
        inner = f"{self.mark} ".join(self.render(each, multi=False, indent="") for each in entries)
        if last is None:
            return edit(self.node, self.node.start, self.node.end, f"{{ {inner} }}")
        separator = self.separator_after(last)
        end = separator.end if separator else self.content_end(last)
        mark = " " if separator else f"{self.mark} "
        return edit(self.node, end, end, mark + inner + (self.mark if separator else ""))

    def _append_lines(self, last: Node, entries: Sequence[str | Block]) -> SpanEdit:
        separator = self.separator_after(last)
        lines = self.lines(entries, self.indent(last), end=separator is not None)
        if separator is not None:
            return edit(self.node, self.tail(last), self.tail(last), self.newline + lines)
        comment = self.text[last.end : self.tail(last)]
        return edit(self.node, last.end, self.tail(last), f"{self.mark}{comment}{self.newline}{lines}")

    def _break_lines(self, last: Node | None, entries: Sequence[str | Block]) -> SpanEdit:
        """An edit that adds entries on lines of their own to a list that was on one line."""
        line = re.split(r"[\r\n]", self.text[: self.node.start])[-1]
        indent = line[: len(line) - len(line.lstrip())]
        lines = self.lines(entries, indent + self.node.module.lines.unit, end=False)
        start = self.content_end(last) if last is not None else self.node.start + 1
        mark = self.mark if last is not None else ""
        return edit(self.node, start, self.node.end - 1, f"{mark}{self.newline}{lines}{self.newline}{indent}")


def _needs_lines(entry: str | Block) -> bool:
    if isinstance(entry, Block):
        return any(_needs_lines(each) for each in entry.entries)
    return "\n" in entry or "//" in entry.partition("\0")[2] or entry.startswith("//")


def reindented(node: Node, text: str, start: int, extra: str) -> str:
    """A text that starts at an offset of a node's module, one step deeper, multi-line strings untouched."""
    kept = [
        (each.start, each.end)
        for each in node.walk()
        if each.kind in ("template_string", "string") and "\n" in each.text
    ]
    out: list[str] = []
    position = start
    for line in text.splitlines(keepends=True):
        inside = any(first < position <= last for first, last in kept)
        out.append(line if position == start or inside or not line.strip() else extra + line)
        position += len(line)
    return "".join(out)
