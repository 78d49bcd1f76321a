"""One parsed Python file: LibCST's tree with character spans, parents and comments.

LibCST is not lossless in a few cases (form feeds, CR-only files, very long expressions), so the
file is decoded first, the generated code is compared with the text, and any difference means that
the file is not touched.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from typing import TypeVar

import libcst as cst
from libcst.metadata import ByteSpanPositionProvider, MetadataWrapper

from migrate.source import Source

_STACK_BYTES = 256 * 1024 * 1024
_RECURSION = 20_000

_FORM_FEED = re.compile(r"^\f+", re.MULTILINE)
"""At the start of a line, where LibCST drops it; Python takes it for nothing."""

Result = TypeVar("Result")


class UnreadableError(ValueError):
    """The file can't be parsed, or LibCST does not give back its text. The message tells why.

    first: begins the advice: what to do about that.
    """

    def __init__(self, message: str, first: str = "") -> None:
        super().__init__(message)
        self.first = first


@dataclass(eq=False)
class Module:
    """A parsed file.

    source: its text; tree: LibCST's module; spans: characters of each node; parents, children: of each node;
    by_type: nodes by their class.
    """

    source: Source
    tree: cst.Module
    spans: dict[cst.CSTNode, tuple[int, int]]
    parents: dict[cst.CSTNode, cst.CSTNode] = field(default_factory=dict)
    children: dict[cst.CSTNode, list[cst.CSTNode]] = field(default_factory=dict)
    by_type: dict[type[cst.CSTNode], list[cst.CSTNode]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The file's path, as in `Source.path`."""
        return self.source.path

    @property
    def text(self) -> str:
        """The decoded text."""
        return self.source.text

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Characters of a node, without its own parentheses."""
        return self.spans[node]

    def outer_span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Characters of an expression with its own parentheses."""
        start, end = self.spans[node]
        left, right = getattr(node, "lpar", ()), getattr(node, "rpar", ())
        if left and right:
            return self.spans[left[0]][0], self.spans[right[-1]][1]
        return start, end

    def code(self, node: cst.CSTNode) -> str:
        """Source text of a node."""
        start, end = self.spans[node]
        return self.text[start:end]

    def enclosing(self, node: cst.CSTNode, kinds: tuple[type[cst.CSTNode], ...]) -> cst.CSTNode | None:
        """The nearest node around `node` of one of the kinds, or None."""
        current = self.parents.get(node)
        while current is not None and not isinstance(current, kinds):
            current = self.parents.get(current)
        return current

    def nodes(self, kind: type[cst.CSTNode]) -> Iterator[cst.CSTNode]:
        """All nodes of a kind, in the order of code generation."""
        return iter(self.by_type.get(kind, ()))


def parse(source: Source) -> Module:
    """Parse a decoded file.

    Raises UnreadableError where the text can't be parsed or would not survive.
    """
    text = _FORM_FEED.sub(lambda found: "\n" * len(found[0]), source.text)
    try:
        tree = cst.parse_module(text)
        spans = MetadataWrapper(tree, unsafe_skip_copy=True).resolve(ByteSpanPositionProvider)
        same = tree.code == text
    except cst.ParserSyntaxError as error:
        where = f"it can't be parsed as Python 3 near line {error.raw_line}"
        raise UnreadableError(where, "Mend the syntax and run again, or by hand: ") from error
    except RecursionError as error:
        raise UnreadableError("it is nested too deeply to be parsed") from error
    except Exception as error:  # LibCST's native parser raises more than it documents
        raise UnreadableError(f"it can't be parsed ({type(error).__name__}: {error})") from error
    if not same:
        raise UnreadableError("its text does not survive parsing byte for byte")
    at = source.char_at_utf8
    module = Module(
        source, tree, {node: (at(span.start), at(span.start + span.length)) for node, span in spans.items()}
    )
    for node in spans:
        module.by_type.setdefault(type(node), []).append(node)
        children = [child for child in _children(node) if child in spans]
        module.children[node] = children
        for child in children:
            module.parents[child] = node
    return module


_FIELDS: dict[type[cst.CSTNode], tuple[str, ...]] = {}


def _children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The nodes that a node holds; LibCST's own `children` visits them all and is ten times slower."""
    kind = type(node)
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(each.name for each in fields(kind))
    for name in _FIELDS[kind]:
        value = getattr(node, name)
        if isinstance(value, cst.CSTNode):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from (each for each in value if isinstance(each, cst.CSTNode))


def deeply(work: Callable[[], Result]) -> Result:
    """Run `work` with room for deep recursion, in a thread with a stack of its own."""
    outcome: list[Result] = []
    failure: list[BaseException] = []

    def body() -> None:
        try:
            outcome.append(work())
        except BaseException as error:  # noqa: BLE001 (handed to the calling thread below)
            failure.append(error)

    limit, size = sys.getrecursionlimit(), threading.stack_size(_STACK_BYTES)
    sys.setrecursionlimit(max(limit, _RECURSION))
    try:
        thread = threading.Thread(target=body)
        thread.start()
        thread.join()
    finally:
        sys.setrecursionlimit(limit)
        threading.stack_size(size)
    if failure:
        raise failure[0]
    return outcome[0]
