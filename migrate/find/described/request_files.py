"""Files that hold requests as a person writes them: ``.http``/``.rest`` files and Bruno's ``.bru``.

https://www.jetbrains.com/help/idea/exploring-http-syntax.html,
https://marketplace.visualstudio.com/items?itemName=humao.rest-client,
https://docs.usebruno.com/bru-lang/syntax
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from migrate import contract, evidence
from migrate.embed import merge
from migrate.find.described.scalars import PLAIN
from migrate.find.described.shapes import Described
from migrate.find.described.uses import Site, findings
from migrate.find.text import PATTERNS, advice
from migrate.model import Action, Dismissal, Findings, Use
from migrate.project import Project
from migrate.source import Source
from migrate.structured.nodes import Document, MappingNode, Scalar

_METHODS = "|".join((*contract.METHODS.values(), "GET", "DELETE", "HEAD", "OPTIONS"))
_REQUEST_LINE = re.compile(
    rf"^(?P<method>{_METHODS})[ \t]+(?P<url>\S+)(?:[ \t]+HTTP/[\d.]+)?[ \t]*\r?$", re.MULTILINE
)
_SEPARATOR = re.compile(r"^###.*$", re.MULTILINE)
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n")
_FROM_FILE = re.compile(r"^<@?(?:[\w-]+)?[ \t]+(?P<path>\S+)[ \t]*$", re.MULTILINE)
_AFTER_BODY = re.compile(r"^(?:>|<>|###).*", re.MULTILINE)
_BLOCK = re.compile(r"^(?P<name>[\w:-]+)[ \t]*\{[ \t]*\r?\n(?P<content>.*?)^\}", re.MULTILINE | re.DOTALL)
_BRUNO_URL = re.compile(r"^[ \t]*url:[ \t]*(?P<url>\S+)[ \t]*\r?$", re.MULTILINE)
_READ = re.compile(rf"\b{contract.RESPONSE_ENVELOPE}\??\.(?P<key>{'|'.join(contract.MOVED_KEYS)})\b")


@dataclass(frozen=True, slots=True)
class Written:
    """A request in a file: spans of the whole, of the URL and of the body; the file it sends instead."""

    start: int
    end: int
    method: str
    url: tuple[int, int]
    body: tuple[int, int] | None
    file: str = ""


def in_http_file(text: str) -> Iterator[Written]:
    """The requests of an ``.http`` file."""
    cuts = [0, *(found.end() for found in _SEPARATOR.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        line = _REQUEST_LINE.search(text, start, end)
        if line is None:
            continue
        blank = _BLANK_LINE.search(text, line.end(), end)
        first = blank.end() if blank else end
        stop = _AFTER_BODY.search(text, first, end)
        last = stop.start() if stop else end
        linked = _FROM_FILE.search(text, first, last)
        body = (first, last) if text[first:last].strip() and not linked else None
        yield Written(start, end, line["method"], line.span("url"), body, linked["path"] if linked else "")


def in_bruno_file(text: str) -> Iterator[Written]:
    """The request of a ``.bru`` file."""
    blocks = {found["name"]: found for found in _BLOCK.finditer(text)}
    for name, block in blocks.items():
        url = _BRUNO_URL.search(text, *block.span("content")) if name.upper() in _METHODS.split("|") else None
        if url:
            body = blocks.get("body:json") or blocks.get("body")
            span = body.span("content") if body else None
            yield Written(0, len(text), name.upper(), url.span("url"), span)


def find(source: Source, project: Project, requests: Iterator[Written], language: str) -> Findings:
    """All findings of such a file: its requests, reads of the answer in scripts, and the rest."""
    document = Document(source.text, PLAIN, (), frozenset(), source.text)
    sites = [_site(source, document, each, language) for each in requests]
    found = [findings(site, project) for site in sites]
    spans = [(site.found.url.start, site.found.url.end) for site in sites]
    ours = [
        (site.found.node.start, site.found.node.end)
        for site, each in zip(sites, found, strict=True)
        if any(use.operation for use in each.uses)
    ]
    return merge(*found, Findings(tuple(_reads(source, ours, language))), _others(source, spans, language))


def _site(source: Source, document: Document, request: Written, language: str) -> Site:
    text = source.text
    whole = MappingNode(request.start, request.end, (), flow=True)
    url = Scalar(*request.url, text[slice(*request.url)])
    body = Scalar(*request.body, text[slice(*request.body)]) if request.body else None
    described = Described(whole, 0, (), request.method, url, body=body, scope=(whole,), file=request.file)
    return Site(source, document, described, language)


def _reads(source: Source, spans: list[tuple[int, int]], language: str) -> Iterator[Use]:
    """Scripts that read a moved key from the answer of an old request."""
    for start, end in spans:
        for found in _READ.finditer(source.text, start, end):
            yield source.use(
                found.span(),
                kind="response-read",
                language=language,
                action=Action.REVIEW,
                message=f"Reads {found['key']} from the answer. Not rewritten: it stands in a script.",
                advice=f"Read {contract.RESPONSE_ENVELOPE}.{_new_place(found['key'])} instead.",
            )


def _new_place(key: str) -> str:
    moves = [move for each in contract.OPERATIONS for move in each.moves if move.key == key]
    return moves[0].dotted


def _others(source: Source, spans: list[tuple[int, int]], language: str) -> Findings:
    """Other places that name an operation: comments, names, variables."""
    about = evidence.of_words(source.text, "the file")
    uses: list[Use] = []
    dismissals: list[Dismissal] = []
    for kind, pattern in PATTERNS:
        for found in pattern.finditer(source.text):
            if any(start <= found.start() < end for start, end in spans):
                continue
            if not about.strong:
                dismissals.append(Dismissal(source.line_column(found.start())[0], "nothing names Northflank"))
                continue
            uses.append(
                source.use(
                    found.span(),
                    kind=kind if kind == "docs-link" else "endpoint-name",
                    language=language,
                    action=Action.REVIEW,
                    message="Names a deprecated operation. Not rewritten: it is not part of a request.",
                    advice=advice(contract.PUT_MANUAL),
                    evidence=about.pro,
                )
            )
    return Findings(tuple(uses), tuple(dismissals))
