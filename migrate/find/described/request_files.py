"""Files that hold requests as a person writes them: ``.http``/``.rest`` files and Bruno's ``.bru``.

https://www.jetbrains.com/help/idea/exploring-http-syntax.html,
https://marketplace.visualstudio.com/items?itemName=humao.rest-client,
https://docs.usebruno.com/bru-lang/syntax
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from migrate import contract, evidence
from migrate.embed import find_in, merge
from migrate.find.described import scripts
from migrate.find.described.scalars import PLAIN
from migrate.find.described.shapes import Described
from migrate.find.described.uses import Site, findings
from migrate.find.text import PATTERNS, advice
from migrate.model import Action, Dismissal, Findings, Use
from migrate.project import Project
from migrate.quoting import verbatim
from migrate.source import Source
from migrate.structured.layout import TextEdit
from migrate.structured.nodes import Document, MappingNode, Scalar

_METHODS = "|".join((*contract.METHODS.values(), "GET", "DELETE", "HEAD", "OPTIONS"))
_REQUEST_LINE = re.compile(
    rf"^(?P<method>{_METHODS})[ \t]+(?P<url>\S+)(?:[ \t]+HTTP/[\d.]+)?[ \t]*\r?$", re.MULTILINE
)
_COMMAND = re.compile(r"^curl[ \t]", re.MULTILINE)
_SEPARATOR = re.compile(r"^###.*$", re.MULTILINE)
_BLANK_LINE = re.compile(r"\r?\n[ \t]*\r?\n")
_FROM_FILE = re.compile(r"^<@?(?:[\w-]+)?[ \t]+(?P<path>\S+)[ \t]*$", re.MULTILINE)
_AFTER_BODY = re.compile(r"^(?:>|<>|###).*", re.MULTILINE)
_BLOCK = re.compile(r"^(?P<name>[\w:-]+)[ \t]*\{[ \t]*\r?\n(?P<content>.*?)^\}", re.MULTILINE | re.DOTALL)
_BRUNO_URL = re.compile(r"^[ \t]*url:[ \t]*(?P<url>\S+)[ \t]*\r?$", re.MULTILINE)
_READ = re.compile(
    rf"\b{contract.RESPONSE_ENVELOPE}\W{{1,4}}(?:get\W{{1,2}})?(?P<key>{'|'.join(contract.MOVED_KEYS)})\b"
)
_NAME_MARK = r"^(?:#|//)[ \t]*@name[ \t=]+"
_NAME = re.compile(rf"{_NAME_MARK}(?P<name>\w+)[ \t]*\r?$", re.MULTILINE)
_HANDLER = re.compile(r"^>[ \t]+(?P<path>[^\s{%]+)[ \t]*\r?$", re.MULTILINE)
_READ_BEFORE = re.compile(rf"\b{contract.RESPONSE_ENVELOPE}\W{{1,4}}(?:get\W{{1,2}})?$|\{{[^{{}};\n]*$")
"""Before a moved key: the way to it in an answer, or the brace of a pattern that takes it apart."""


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
    written = list(requests)
    follow = [_followed(source.text, each) for each in written]
    known = {start for edits in follow for start, _, _ in edits}
    sites = [
        replace(
            _site(source, document, each, language),
            reads=tuple(edits),
            hold=_hold(source, project, each, known),
        )
        for each, edits in zip(written, follow, strict=True)
    ]
    found = [findings(site, project) for site in sites]
    spans = [(site.found.url.start, site.found.url.end) for site in sites]
    ours = [
        (site.found.node.start, site.found.node.end)
        for site, each in zip(sites, found, strict=True)
        if any(use.operation for use in each.uses)
    ]
    commands = [verbatim("shell", source.text, *span) for span in _commands(source.text)]
    spans += [(region.outer_start(0), region.outer_end(len(region.text))) for region in commands]
    found.append(find_in(source, project, commands))
    return merge(
        *found, Findings(tuple(_reads(source, ours, known, language))), _others(source, spans, language)
    )


def _commands(text: str) -> Iterator[tuple[int, int]]:
    """Spans of requests that are written as a command of curl (VS Code)."""
    cuts = [0, *(found.end() for found in _SEPARATOR.finditer(text)), len(text)]
    for start, end in pairwise(cuts):
        found = _COMMAND.search(text, start, end)
        if found and not _REQUEST_LINE.search(text, start, found.start()):
            stop = _SEPARATOR.search(text, found.start())
            yield found.start(), stop.start() if stop else end


def _site(source: Source, document: Document, request: Written, language: str) -> Site:
    text = source.text
    whole = MappingNode(request.start, request.end, (), flow=True)
    url = Scalar(*request.url, text[slice(*request.url)])
    body = Scalar(*request.body, text[slice(*request.body)]) if request.body else None
    described = Described(whole, 0, (), request.method, url, body=body, scope=(whole,), file=request.file)
    return Site(source, document, described, language)


def _followed(text: str, request: Written) -> list[TextEdit]:
    """The edits for what surely reads the answer of a request: its scripts, and references by its name."""
    edits = scripts.edits(text, (request.start, request.end))
    name = _NAME.search(text, request.start, request.url[0])
    if name and len(re.findall(rf"{_NAME_MARK}{re.escape(name['name'])}[ \t]*\r?$", text, re.MULTILINE)) == 1:
        edits += scripts.named(text, name["name"])
    return edits


def _hold(source: Source, project: Project, request: Written, known: set[int]) -> str:
    """Why a request is left alone for what reads its answer, "" where all of that is followed."""
    for found in contract.MOVED_KEY_IN_TEXT.finditer(source.text, request.start, request.end):
        in_body = request.body and request.body[0] <= found.start() < request.body[1]
        before = source.text[request.start : found.start()]
        if not in_body and found.start() not in known and _READ_BEFORE.search(before):
            line, _ = source.line_column(found.start())
            return f"line {line} reads a moved key from an answer in a way that is not followed."
    handler = _HANDLER.search(source.text, request.start, request.end)
    script = project.read(project.beside(source.path, handler["path"])) if handler else None
    if handler and script and contract.MOVED_KEY_IN_TEXT.search(script.text):
        return f"{handler['path']} may read a moved key from the answer."
    return ""


def _reads(source: Source, spans: list[tuple[int, int]], known: set[int], language: str) -> Iterator[Use]:
    """Scripts that read a moved key from the answer of an old request."""
    for start, end in spans:
        for found in _READ.finditer(source.text, start, end):
            if found.start("key") in known:
                continue
            yield source.use(
                found.span(),
                kind="response-read",
                language=language,
                action=Action.REVIEW,
                message=f"Reads {found['key']} from the answer. Not rewritten: its way is not followed.",
                advice=f"Read {_new_place(found['key'])} instead.",
            )


def _new_place(key: str) -> str:
    return ".".join((contract.RESPONSE_ENVELOPE, *contract.place_of(key)))


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
