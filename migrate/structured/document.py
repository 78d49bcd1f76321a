"""Parsing a text in one of the three syntaxes, with or without template expressions in it."""

from __future__ import annotations

from typing import Any

from migrate.structured import scan_yaml
from migrate.structured.nodes import Document, MappingNode, Node, Pair, Scalar, to_value, walk
from migrate.structured.scan_json import Scanner
from migrate.structured.templates import has_expression, masked

SYNTAXES = ("json", "jsonc", "yaml")


def parse(text: str, syntax: str) -> Document:
    """Parse a text; where that fails and it holds template expressions, with those covered.

    syntax: one of `SYNTAXES`. Raises ValueError with the place for what cannot be understood.
    """
    if syntax not in SYNTAXES:
        raise ValueError(f"unknown syntax {syntax!r}")
    try:
        document = _parse(text, text, syntax)
        if not (has_expression(text) and _has_brace_keys(document)):
            return document
    except (ValueError, RecursionError) as error:
        if not has_expression(text):
            raise ValueError(str(error) or "too deeply nested") from error
    return _parse(masked(text, syntax), text, syntax)


def _parse(text: str, source: str, syntax: str) -> Document:
    if syntax == "yaml":
        roots, shared = scan_yaml.parse(text, source)
        return Document(source, syntax, roots, shared, text)
    root = Scanner(text, comments=syntax == "jsonc", source=source).parse()
    return Document(source, syntax, (root,), frozenset(), text)


def _has_brace_keys(document: Document) -> bool:
    """Whether an unquoted ``{{ x }}`` was taken for a mapping in a mapping."""
    return any(
        isinstance(pair.key, MappingNode)
        for root in document.roots
        for node in walk(root)
        if isinstance(node, MappingNode)
        for pair in node.pairs
    )


def only_root(document: Document) -> Node:
    """The root of a text that holds exactly one document. Raises ValueError otherwise."""
    if len(document.roots) != 1:
        raise ValueError(f"holds {len(document.roots)} documents, not one")
    return document.roots[0]


def load(text: str, syntax: str) -> Any:
    """The value of a text with one document, JSON-like.

    Numbers whose digits would not survive, scalars on which YAML 1.1 and 1.2 differ, scalars with
    other tags than text, and templated scalars are `Opaque`.
    Raises ValueError for what cannot be understood: wrong syntax, duplicate keys, NaN.
    """
    return to_value(only_root(parse(text, syntax)))


def find_pair(node: Node, name: str) -> Pair | None:
    """The pair of a literal mapping, or None."""
    return node.get(name) if isinstance(node, MappingNode) else None


def is_text(node: Node) -> bool:
    """Whether the node is a scalar with a known text."""
    return isinstance(node, Scalar) and type(node.value) is str
