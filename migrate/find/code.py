"""Ruby, PHP, Java, Kotlin, C#, Rust and their like: requests are found and reported, with advice.

tree-sitter (through ast-grep-py) tells comments and strings apart.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ast_grep_py import SgNode, SgRoot

from migrate import contract, evidence
from migrate.embed import merge
from migrate.find import links, open_paths
from migrate.find.shell.script import walk
from migrate.find.text import names_in
from migrate.model import Dismissal, Findings
from migrate.project import Project
from migrate.source import Source

GRAMMARS = {
    ".rb": "ruby", ".rake": "ruby", ".php": "php", ".java": "java", ".kt": "kotlin", ".kts": "kotlin",
    ".cs": "csharp", ".rs": "rust", ".scala": "scala", ".swift": "swift", ".ex": "elixir", ".exs": "elixir",
    ".lua": "lua",
}  # fmt: skip
_STRINGS = re.compile(r"string|quoted|encapsed|heredoc")
_ROUTE = re.compile(
    r"@(?:Put|Post|Patch|Request)(?:Mapping)?\b|\[Http(?:Put|Post|Patch)|\bMap(?:Put|Post|Patch)\b|Route::|->(?:put|post)"
    r"|^\s*(?:put|post|patch|match|resources?|get)\s+['\"]|#\[(?:put|post|patch)|\.route\("
)
_READS = re.compile(
    r"(?i)\b(?:http_?)?(?:get|delete|head)(?:async|json|string|_json|request)?\b|\.get[A-Z]\w*\("
)
_WRITES = re.compile(r"(?i)put|post|patch")


def find(source: Source, project: Project) -> Findings:  # noqa: ARG001 (the finders' common signature)
    """Report every place that names a deprecated operation, in a file that names Northflank."""
    grammar = GRAMMARS.get(PurePosixPath(source.path).suffix.lower(), "")
    root = SgRoot(source.text, grammar).root() if grammar else None
    comments = [_span(each) for each in walk(root) if each.kind().endswith("comment")] if root else []
    gone, explained = _foreign(source, root, comments)
    return merge(
        Findings(dismissals=tuple(gone)),
        links.find_in(source, grammar, comments),
        open_paths.find_in(source, grammar, explained=_routes(source.text), comments=comments),
        names_in(
            source,
            grammar,
            "requests in this language are only reported",
            explained=explained,
            comments=comments,
        ),
    )


def _routes(text: str) -> list[tuple[int, int]]:
    """Lines that declare a route of a server."""
    return [found.span() for found in re.finditer(r"[^\n]+", text) if _ROUTE.search(found[0])]


def _span(node: SgNode) -> tuple[int, int]:
    found = node.range()
    return found.start.index, found.end.index


def _foreign(
    source: Source, root: SgNode | None, comments: list[tuple[int, int]]
) -> tuple[list[Dismissal], list[tuple[int, int]]]:
    """Places of another host, of other methods, and routes of a server."""
    gone: list[Dismissal] = []
    spans: list[tuple[int, int]] = []
    for found in contract.PATH_IN_TEXT.finditer(source.text):
        if any(start <= found.start() < end for start, end in comments):
            continue
        why = _why_not(source, _string_around(source.text, root, found.start()), found.start())
        if why:
            gone.append(Dismissal(source.line_column(found.start())[0], why))
            spans.append(found.span())
    return gone, spans


def _string_around(text: str, root: SgNode | None, offset: int) -> str:
    """The string's text before an offset."""
    node = root
    start = text.rfind("\n", 0, offset) + 1
    while node is not None:
        inner = next((each for each in node.children() if _span(each)[0] <= offset < _span(each)[1]), None)
        if inner is not None and _STRINGS.search(inner.kind()):
            return text[_span(inner)[0] : offset].lstrip("\"'`$@rb#([<~-")
        node = inner
    return text[start:offset].rsplit('"', maxsplit=1)[-1].rsplit("'", maxsplit=1)[-1]


def _why_not(source: Source, prefix: str, offset: int) -> str:
    line = source.line_text(source.line_column(offset)[0])
    about = evidence.of_url(prefix)
    if about.contra and not about.pro:
        return about.contra[0]
    if not prefix and _ROUTE.search(line):
        return "a route of a server"
    if _READS.search(line) and not _WRITES.search(line):
        return "not a method that the deprecated operations have"
    return ""
