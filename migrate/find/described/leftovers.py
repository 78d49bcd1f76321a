"""What names the endpoint in a JSON or YAML file and is no request: keys, values, comments."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from migrate import contract, evidence
from migrate.find.described.scalars import text_of
from migrate.find.text import PATTERNS, advice
from migrate.model import Action, Dismissal, Findings, Use
from migrate.source import Source
from migrate.structured.nodes import Document, MappingNode, Scalar, SequenceNode, walk

_API_DESCRIPTION = "api-description"
_API_DESCRIPTION_KEYS = ("openapi", "swagger")
_STEM = contract.COLLECTION.strip("/s")
"""In every name of a deprecated operation that the patterns find."""
_KINDS = {"http-call": "endpoint-name", "client-call": "endpoint-name"}


def find(source: Source, document: Document, taken: frozenset[int], language: str) -> Findings:
    """Reviews for every string and comment that names a deprecated operation.

    taken: ids of the strings that are understood.
    """
    about = evidence.of_words(f"{source.around}\n{source.text}", "the file")
    uses: list[Use] = []
    dismissals: list[Dismissal] = []
    for span, words in _commands(document, taken):
        if about.strong:
            found = re.fullmatch(r"(?P<verb>\w+)\s+jobs?\s+(?P<type>\w+)", words)
            if found:
                uses.append(_use(source, language, "cli-call", span, found))
    for kind, span, found in _places(source, document, taken):
        line, _ = source.line_column(span[0])
        if not about.strong and contract.PRODUCT not in found[0].lower() and kind != "docs-link":
            dismissals.append(Dismissal(line, "nothing in the file names Northflank"))
        else:
            uses.append(_use(source, language, kind, span, found))
    uses.sort(key=lambda use: use.start)
    return Findings(tuple(uses), tuple(dismissals))


def _commands(document: Document, taken: frozenset[int]) -> Iterator[tuple[tuple[int, int], str]]:
    """Span and words of each deprecated command whose program stands elsewhere: arguments of a container."""
    verbs, nouns, types = contract.CLI_WORDS
    words = re.compile(rf"(?:{'|'.join(verbs)})\s+(?:{'|'.join(nouns)})\s+(?:{'|'.join(types)})(?![\w-])")
    for root in document.roots:
        for node in walk(root):
            if isinstance(node, SequenceNode):
                texts = [each.value if isinstance(each, Scalar) else None for each in node.items]
                for index, three in enumerate(zip(texts, texts[1:], texts[2:], strict=False)):
                    items = node.items[index : index + 3]
                    known = all(text in names for text, names in zip(three, contract.CLI_WORDS, strict=True))
                    if known and not any(id(each) in taken for each in items):
                        yield (items[0].start, items[2].end), " ".join(map(str, three))
            elif isinstance(node, Scalar) and id(node) not in taken:
                found = words.match(text_of(document, node) or "")
                if found:
                    yield (node.start, node.end), found[0]


def _places(
    source: Source, document: Document, taken: frozenset[int]
) -> Iterator[tuple[str, tuple[int, int], re.Match[str]]]:
    """Kind, span and match of each place: in strings first, then in comments."""
    is_description = any(
        isinstance(root, MappingNode) and any(root.get(key) for key in _API_DESCRIPTION_KEYS)
        for root in document.roots
    )
    spans: list[tuple[int, int]] = []
    for node, is_key in _scalars(document):
        spans.append((node.start, node.end))
        text = text_of(document, node) if id(node) not in taken else None
        for kind, found in _named(text) if text else ():
            shown = _API_DESCRIPTION if is_description and is_key else _KINDS.get(kind, kind)
            yield shown, _span(source, node, found), found
    spans.sort()
    for kind, found in _named(source.text):
        before = bisect_right(spans, found.start(), key=lambda span: span[0])
        if not before or found.start() >= spans[before - 1][1]:
            yield (kind if kind == "docs-link" else "prose"), found.span(), found


def _scalars(document: Document) -> list[tuple[Scalar, bool]]:
    """Every leaf, and whether it is a key."""
    found: list[tuple[Scalar, bool]] = []
    for root in document.roots:
        every = list(walk(root))
        keys = {id(pair.key) for node in every if isinstance(node, MappingNode) for pair in node.pairs}
        found += [(node, id(node) in keys) for node in every if isinstance(node, Scalar)]
    return found


def _named(text: str) -> list[tuple[str, re.Match[str]]]:
    if _STEM not in text:
        return []
    return [(kind, found) for kind, pattern in PATTERNS for found in pattern.finditer(text)]


def _span(source: Source, node: Scalar, found: re.Match[str]) -> tuple[int, int]:
    """Where the name stands: exactly, if the string's text is the file's; else the whole string."""
    at = source.text.find(found[0], node.start, node.end)
    return (at, at + len(found[0])) if at >= 0 else (node.start, node.end)


def _use(source: Source, language: str, kind: str, span: tuple[int, int], found: re.Match[str]) -> Use:
    groups = found.groupdict()
    operation = contract.operation(groups["verb"], groups["type"]) if groups.get("verb") else None
    is_description = kind == _API_DESCRIPTION
    why = "it is the vendor's to change" if is_description else "it is not understood as a request"
    todo = "Take the vendor's current description, and generate from it again what was generated."
    return source.use(
        span,
        kind=kind,
        language=language,
        action=Action.REVIEW,
        operation=operation.name if operation else "",
        message=f"Names a deprecated operation. Not rewritten: {why}.",
        advice=todo if is_description else advice(operation or contract.PUT_MANUAL),
        evidence=evidence.of_words(f"{source.around}\n{source.text}", "the file").pro,
    )
