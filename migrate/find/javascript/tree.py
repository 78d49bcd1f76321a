"""Syntax trees of JavaScript and TypeScript as plain nodes with character offsets.

ast-grep-py (tree-sitter) parses; its nodes are copied once, so that the analysis has parents,
identity and cheap access. ast-grep-py counts characters (code points), as `Source.text` does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from migrate.find.javascript.modules import Module

Span = tuple[int, int]

FUNCTIONS = frozenset(
    (
        "function_declaration",
        "function_expression",
        "arrow_function",
        "method_definition",
        "generator_function",
        "generator_function_declaration",
    )
)
_WRAPPERS = frozenset(
    ("parenthesized_expression", "as_expression", "satisfies_expression", "non_null_expression")
)
_EMPTY_ALLOWED = frozenset(("program", "string_fragment", "jsx_text"))
_LONG_LINE = re.compile(r".{5000}")
_BLANKS = re.compile(r"\s*")


class Node:
    """One node. start, end: character offsets; named: not a bare token."""

    __slots__ = ("children", "end", "kind", "module", "named", "parent", "start")

    def __init__(
        self, kind: str, span: tuple[int, int], named: bool, parent: Node | None, module: Module
    ) -> None:
        self.kind = kind
        self.start, self.end = span
        self.named = named
        self.parent = parent
        self.module = module
        self.children: list[Node] = []

    @property
    def text(self) -> str:
        """The source text."""
        return self.module.text[self.start : self.end]

    @property
    def parts(self) -> list[Node]:
        """Named children without comments."""
        return [child for child in self.children if child.named and child.kind != "comment"]

    @property
    def first(self) -> Node | None:
        """The first of `parts`."""
        return next((each for each in self.children if each.named and each.kind != "comment"), None)

    @property
    def last(self) -> Node | None:
        """The last of `parts`."""
        return next((each for each in reversed(self.children) if each.named and each.kind != "comment"), None)

    def part(self, *kinds: str) -> Node | None:
        """The first child of one of some kinds."""
        return next((child for child in self.children if child.kind in kinds), None)

    def token(self, text: str) -> Node | None:
        """The first bare token of a text among the children."""
        return next((child for child in self.children if not child.named and child.kind == text), None)

    def walk(self) -> Iterator[Node]:
        """This node and all below, in the order of the source."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def up(self) -> Iterator[Node]:
        """The ancestors, nearest first."""
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def inside(self, other: Node) -> bool:
        """Whether the other node holds this one (or is it)."""
        return self.module is other.module and other.start <= self.start and self.end <= other.end

    @property
    def line(self) -> int:
        """1-based line of the start."""
        return self.module.source.line_column(self.start)[0]

    def __repr__(self) -> str:
        """Kind and text, for debugging."""
        return f"<{self.kind} {self.text[:40]!r}>"


def unwrap(node: Node) -> Node:
    """The expression inside parentheses, ``as``, ``satisfies``, ``!`` and ``<T>`` wrappers."""
    while True:
        if node.kind in _WRAPPERS and node.first is not None:
            node = node.first
        elif node.kind == "type_assertion" and node.last is not None:
            node = node.last
        else:
            return node


def outermost(node: Node) -> Node:
    """The widest wrapper around an expression (the opposite of `unwrap`)."""
    while node.parent is not None and (node.parent.kind in _WRAPPERS or node.parent.kind == "type_assertion"):
        node = node.parent
    return node


def parse(text: str, language: str, module: Module) -> tuple[Node, Node | None]:
    """The tree of a text and its first error node (None where all of it was understood).

    language: ``javascript``, ``typescript`` or ``tsx``.
    """
    from ast_grep_py import SgRoot  # noqa: PLC0415 (loads a native library: only where it is needed)

    place_of = _placed_after(text) if _LONG_LINE.search(text) else _told_by_parser
    return _copy(SgRoot(text, language).root(), module, place_of)


def _told_by_parser(found: Any, _after: int) -> Span:
    place = found.range()
    return place.start.index, place.end.index


def _placed_after(text: str) -> Callable[[Any, int], Span]:
    """The span of a node by its own text, which is next to its elder sibling's end.

    `range` counts the characters from the start of the line, for each node anew: in a bundle that is
    one line that takes most of the time. What is not where it is looked for is asked for all the same.
    """

    def place_of(found: Any, after: int) -> Span:
        said: str = found.text()
        blanks = _BLANKS.match(text, after)
        start = blanks.end() if blanks else after
        if said and text.startswith(said, start):
            return start, start + len(said)
        return _told_by_parser(found, after)

    return place_of


def _copy(root: Any, module: Module, place_of: Callable[[Any, int], Span]) -> tuple[Node, Node | None]:
    """Copy a tree. place_of: the span of a node, from it and the end of what stands before it."""
    error: Node | None = None
    top: Node | None = None
    stack: list[tuple[Any, Node | None, Span]] = [(root, None, _told_by_parser(root, 0))]
    while stack:
        found, parent, span = stack.pop()
        node = Node(found.kind(), span, found.is_named(), parent, module)
        if parent is None:
            top = node
        else:
            parent.children.append(node)
        missing = span[0] == span[1] and node.kind not in _EMPTY_ALLOWED
        if error is None and (node.kind == "ERROR" or missing):
            error = node
        placed, after = [], span[0]
        for child in found.children():
            place = place_of(child, after)
            placed.append((child, node, place))
            after = place[1]
        stack.extend(reversed(placed))
    assert top is not None  # noqa: S101 (the loop runs at least once)
    for node in list(top.walk()):
        _put_await_outside(node)
    return top, error


def _put_await_outside(node: Node) -> None:
    """Mend ``await f<T>(x)``, which the grammar takes for ``(await f)<T>(x)``."""
    awaited = node.children[0] if node.kind == "call_expression" and node.children else None
    if awaited is None or awaited.kind != "await_expression" or awaited.first is None:
        return
    word, function = awaited.children[0], awaited.first
    call = Node("call_expression", (function.start, node.end), True, node, node.module)
    call.children = [function, *node.children[1:]]
    for child in call.children:
        child.parent = call
    word.parent = node
    node.kind, node.children = "await_expression", [word, call]


_SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<code>.*?)</script\s*>", re.IGNORECASE | re.DOTALL)
_HTML_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LANGUAGE = re.compile(r"""\blang\s*=\s*["']?(\w+)""")


def script_blocks(text: str) -> tuple[str, str]:
    """The scripts of a Vue or Svelte component and their language.

    Everything else is blanked out, so that offsets stay those of the file.
    """
    hidden = _HTML_COMMENT.sub(lambda found: _blank(found[0]), text)
    pieces: list[str] = []
    position, language = 0, "javascript"
    for found in _SCRIPT.finditer(hidden):
        start, end = found.span("code")
        pieces += (_blank(text[position:start]), text[start:end])
        position = end
        named = _LANGUAGE.search(found["attributes"])
        if named and named[1] in ("ts", "typescript", "tsx"):
            language = "tsx" if named[1] == "tsx" else "typescript"
    return "".join((*pieces, _blank(text[position:]))), language


def _blank(text: str) -> str:
    return re.sub(r"[^\r\n]", " ", text)


class Lines:
    """The author's habits in one text: indentation unit and semicolons."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def unit(self) -> str:
        """One step of indentation: a tab, or the commonest small run of spaces."""
        if re.search(r"^\t", self._text, re.MULTILINE):
            return "\t"
        widths = [len(found[1]) for found in re.finditer(r"^( +)\S", self._text, re.MULTILINE)]
        return " " * (min(width for width in widths if width > 1) if any(w > 1 for w in widths) else 2)
