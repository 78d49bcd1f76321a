"""Code in Markdown and MDX pages. markdown-it-py (CommonMark) says which lines are code.

https://spec.commonmark.org/0.31.2/#fenced-code-blocks
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.token import Token

from migrate.embed import Region
from migrate.find.documents.samples import Sample
from migrate.quoting import Char, region


def samples(text: str) -> list[Sample]:
    """The fenced and indented code blocks of a page, also in lists and quotes."""
    lines = [found.span() for found in re.finditer(r"[^\n]*\n|[^\n]+$", text)]
    found: list[Sample] = []
    for token in MarkdownIt("commonmark").parse(text):
        made = _region(text, lines, token) if token.type in ("fence", "code_block") and token.map else None
        if made:
            name = re.match(r"[\w+#-]*", token.info.strip().lstrip("{").lstrip("."))
            found.append(Sample(name[0] if name else "", made))
    return found


def _region(text: str, lines: list[tuple[int, int]], token: Token) -> Region | None:
    """The code without what the lists and quotes around it put before each line."""
    if not token.map:
        return None
    first = token.map[0] + (token.type == "fence")
    content = token.content.split("\n")
    if content and not content[-1]:
        content.pop()
    chars: list[Char] = []
    prefixes: list[str] = []
    for number, line in enumerate(content):
        if first + number >= len(lines):
            return None
        start, end = lines[first + number]
        raw = text[start:end].rstrip("\r\n")
        if not raw.endswith(line.rstrip("\r")):
            return None
        inner = start + len(raw) - len(line.rstrip("\r"))
        if line.strip():
            prefixes.append(text[start:inner])
        chars += [(text[each], each, each + 1) for each in range(inner, end)]
    indent = prefixes[0] if prefixes and len(set(prefixes)) == 1 else ""
    return region("text", chars, str, indent=indent, origin=chars[0][1]) if chars else None
