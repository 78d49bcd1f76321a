"""Scalars as regions: the decoded text of a JSON or YAML string, with the way back to the file."""

from __future__ import annotations

import re
from dataclasses import replace

from migrate.embed import Region
from migrate.model import HOLE, Opaque
from migrate.quoting import json_string, verbatim, yaml_scalar
from migrate.structured.nodes import Document, Node, Scalar
from migrate.structured.templates import EXPRESSION

_UNKNOWN = re.compile(
    rf"\$?(?:{EXPRESSION.pattern})|\$\{{[^}}\s]*\}}|\$\([^)\s]*\)|\$[A-Za-z_]\w*|%[A-Z_]+%|<[A-Za-z_][\w-]*>"
)

PLAIN = "plain"
"""Syntax of a document whose strings stand in the file as they are (``.http``, Bruno)."""


def is_textual(node: Node) -> bool:
    """Whether a node is a string, known or templated (a number that is kept as text is none)."""
    if not isinstance(node, Scalar):
        return False
    return type(node.value) is str or (
        isinstance(node.value, Opaque) and EXPRESSION.search(node.value) is not None
    )


def text_of(document: Document, node: Node) -> str | None:
    """The decoded text of a string, with its template expressions; None where it is not understood."""
    if not isinstance(node, Scalar) or not is_textual(node):
        return None
    if type(node.value) is str:
        return node.value
    found = region_of(document, node, "text")
    return found.text if found else None


def region_of(document: Document, node: Scalar, language: str) -> Region | None:
    """A string as a region in a language, or None where its quoting is too rare to be handled.

    The text that was parsed is decoded; where that had template expressions covered, each character
    that stands for itself is taken from the file again.
    """
    parsed, end = document.parsed, node.end
    if document.syntax == PLAIN:
        return verbatim(language, document.text, node.start, end)
    if document.syntax == "yaml":
        start = _after_properties(parsed, node)
        made = yaml_scalar(language, parsed, start, end, node.style or None, node.text)
    else:
        made = json_string(language, parsed, node.start, end) if node.style == '"' else None
    if made is None or parsed == document.text:
        return made
    spans = zip(made.text, made.starts, made.ends, strict=True)
    text = "".join(document.text[first] if last - first == 1 else char for char, first, last in spans)
    return replace(made, text=text)


def _after_properties(text: str, node: Scalar) -> int:
    """Offset of the scalar itself, after its anchor and tag."""
    if not (node.anchor or node.tag):
        return node.start
    found = re.compile(r"(?:[&!]\S*\s+)+").match(text, node.start)
    return found.end() if found else node.start


def with_holes(url: str) -> str:
    """A URL whose unknown parts are covered, as long as before: ``{{ x }}``, ``${x}``, ``$x``, ``<x>``."""
    return _UNKNOWN.sub(lambda found: HOLE * len(found[0]), url)


def as_path(url: str) -> str:
    """A URL for a request model: each unknown part as one `HOLE`."""
    return re.sub(rf"{HOLE}+", HOLE, with_holes(url))
