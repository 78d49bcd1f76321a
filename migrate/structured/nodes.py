"""The tree of a JSON or YAML text: nodes with the span of characters that each takes up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from migrate.model import Opaque

MERGE_KEY = "<<"
MAX_DEPTH = 400
MAX_VALUES = 500_000
"""Limits against hostile texts: nesting, and values after the aliases are followed."""


@dataclass(frozen=True, slots=True, eq=False)
class Scalar:
    """A leaf.

    value: as JSON has it, or `Opaque`; style: ``""`` (plain), ``"``, ``'``, ``|`` or ``>``; text: what
    the parser read, with template expressions covered.
    """

    start: int
    end: int
    value: Any
    style: str = ""
    text: str = ""
    anchor: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Alias:
    """A YAML alias and the node that it stands for."""

    start: int
    end: int
    name: str
    target: Node


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """A key and its value in a mapping."""

    key: Node
    value: Node

    @property
    def name(self) -> str | None:
        """The key, or None where it is not a plain string."""
        is_text = isinstance(self.key, Scalar) and type(self.key.value) is str
        return self.key.value if is_text and isinstance(self.key, Scalar) else None


@dataclass(frozen=True, slots=True, eq=False)
class MappingNode:
    """An object. flow: written with braces."""

    start: int
    end: int
    pairs: tuple[Pair, ...]
    flow: bool
    anchor: str = ""
    tag: str = ""

    def get(self, name: str) -> Pair | None:
        """The pair with a literal key of that name, or None."""
        return next((pair for pair in self.pairs if pair.name == name), None)


@dataclass(frozen=True, slots=True, eq=False)
class SequenceNode:
    """An array. flow: written with brackets."""

    start: int
    end: int
    items: tuple[Node, ...]
    flow: bool
    anchor: str = ""
    tag: str = ""


Node = Scalar | Alias | MappingNode | SequenceNode


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed text.

    roots: one node for each document of a YAML stream; parsed: what was parsed, of the same length
    as the text: template expressions may be covered; shared: ids of the nodes that an alias stands
    for.
    """

    text: str
    syntax: str
    roots: tuple[Node, ...]
    shared: frozenset[int]
    parsed: str


def walk(node: Node) -> Iterator[Node]:
    """The node and everything in it, in the order of the text; aliases are not followed."""
    stack = [node]
    while stack:
        each = stack.pop()
        yield each
        if isinstance(each, MappingNode):
            for pair in reversed(each.pairs):
                stack += (pair.value, pair.key)
        elif isinstance(each, SequenceNode):
            stack += reversed(each.items)


def resolved(node: Node) -> Node:
    """The node itself, or what an alias stands for."""
    while isinstance(node, Alias):
        node = node.target
    return node


@dataclass
class _Budget:
    left: int = MAX_VALUES
    active: set[int] = field(default_factory=set)


def to_value(node: Node) -> Any:
    """The node as a JSON-like value, aliases followed, merge keys applied (YAML 1.1 merge type).

    Raises ValueError: duplicate keys, keys that are not scalars, an alias inside of itself, too
    many values.
    """
    return _value(node, _Budget())


def _value(node: Node, budget: _Budget) -> Any:
    budget.left -= 1
    if budget.left < 0:
        raise ValueError("has too many values once its aliases are followed")
    node = resolved(node)
    if isinstance(node, Scalar):
        return node.value
    if id(node) in budget.active:
        raise ValueError("an alias stands inside of what it stands for")
    budget.active.add(id(node))
    try:
        if isinstance(node, SequenceNode):
            return [_value(item, budget) for item in node.items]
        return _mapping(node, budget)
    finally:
        budget.active.discard(id(node))


def _mapping(node: Node, budget: _Budget) -> dict[Any, Any]:
    merged: dict[Any, Any] = {}
    own: dict[Any, Any] = {}
    assert isinstance(node, MappingNode)  # noqa: S101 (the callers' invariant, for the type checker)
    for pair in node.pairs:
        if is_merge(pair):
            for part in merge_sources(pair):
                for key, value in _value(part, budget).items():
                    merged.setdefault(key, value)
            continue
        name = _key(pair.key)
        if name in own:
            raise ValueError(f"the key {str(name)!r} stands twice in one mapping")
        own[name] = _value(pair.value, budget)
    return {**merged, **own} if merged else own


def _key(node: Node) -> Any:
    node = resolved(node)
    if not isinstance(node, Scalar):
        raise ValueError("a mapping has a key that is not a scalar")  # noqa: TRY004 (the text is at fault)
    return node.value if isinstance(node.value, (str, Opaque)) else Opaque(str(node.value))


def is_merge(pair: Pair) -> bool:
    """Whether a pair is a YAML merge (``<<: *base``)."""
    key = pair.key
    return isinstance(key, Scalar) and key.value == MERGE_KEY and not key.style and not key.tag


def merge_sources(pair: Pair) -> list[Node]:
    """The mappings that a merge pair brings in. Raises ValueError for anything else."""
    value = resolved(pair.value)
    parts: list[Node] = list(value.items) if isinstance(value, SequenceNode) else [value]
    if not all(isinstance(resolved(part), MappingNode) for part in parts):
        raise ValueError("a merge key has a value that is not a mapping")
    return parts


def is_merged(document: Document, node: Node) -> bool:
    """Whether a mapping is the source of a merge key somewhere."""
    if id(node) not in document.shared:
        return False
    return any(
        resolved(source) is node
        for root in document.roots
        for each in walk(root)
        if isinstance(each, MappingNode)
        for pair in filter(is_merge, each.pairs)
        for source in merge_sources(pair)
    )
