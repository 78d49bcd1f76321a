"""Makefiles: the shell commands of recipes, with ``$$``, ``@``, continuation lines and make's variables.

https://www.gnu.org/software/make/manual/html_node/Recipe-Syntax.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate.embed import Region, Unwritable
from migrate.find.recipes import find_in_recipes
from migrate.model import Findings
from migrate.project import Project
from migrate.quoting import Char, region, without
from migrate.source import Source

LANGUAGE = "makefile"
_URL_VARIABLE = re.compile(
    r"^(?P<name>\w+)[ \t]*(?:::?|\?)?=[ \t]*(?P<value>https?://[^\s$#]+)[ \t]*\r?$", re.MULTILINE
)
_EXPANSION = re.compile(r"\$(?P<open>[({])|\$[^\s$({]")


def find(source: Source, project: Project) -> Findings:
    """All uses in a Makefile."""
    return find_in_recipes(source, project, LANGUAGE, list(recipes(source.text)))


def recipes(text: str) -> Iterator[Region]:
    """Each command line of each recipe (its continuation lines included): make runs each in a shell."""
    urls = {found["name"]: found["value"] for found in _URL_VARIABLE.finditer(text)}
    lines = list(re.finditer(r"[^\n]*(?:\n|$)", text))
    index = 0
    while index < len(lines):
        last = index
        while lines[last][0].rstrip("\r\n").endswith("\\") and last + 1 < len(lines):
            last += 1
        if lines[index][0].startswith("\t"):
            spans = [line.span() for line in lines[index : last + 1]]
            yield _command(text, spans, urls)
        index = last + 1


def _command(text: str, lines: list[tuple[int, int]], urls: dict[str, str]) -> Region:
    chars: list[Char] = []
    for number, (first, last) in enumerate(lines):
        start = first + 1 if text[first:last].startswith("\t") else first
        if number == 0:
            start += len(text[start:last]) - len(text[start:last].lstrip("@-+ \t"))
        chars += _decoded(text, start, last, urls)
    return region("shell", chars, _encode, indent="\t", origin=lines[0][0])


def _decoded(text: str, start: int, end: int, urls: dict[str, str]) -> Iterator[Char]:
    position = start
    while position < end:
        if text.startswith("$$", position):
            yield ("$", position, position + 2)
            position += 2
            continue
        found = _EXPANSION.match(text, position, end)
        if found is None:
            yield (text[position], position, position + 1)
            position += 1
            continue
        stop = _closing(text, found.end(), end, found["open"]) if found["open"] else found.end()
        written = text[position:stop]
        known = urls.get(written.strip("$(){}"))
        for char in known or "{{" + written.replace("{{", "").replace("}}", "") + "}}":
            yield (char, position, stop)
        position = stop


def _closing(text: str, start: int, end: int, opening: str) -> int:
    """Offset behind the bracket that closes a make expansion."""
    closing = ")" if opening == "(" else "}"
    depth = 1
    for position in range(start, end):
        depth += (text[position] == opening) - (text[position] == closing)
        if depth == 0:
            return position + 1
    return end


def _encode(new: str) -> str:
    parts, position = [], 0
    for found in re.finditer(r"\{\{(.*?\$.*?)\}\}", new):
        parts += [_plain(new[position : found.start()]), found[1]]
        position = found.end()
    return "".join((*parts, _plain(new[position:])))


def _plain(new: str) -> str:
    if "#" in new:
        raise Unwritable("the new text holds '#', which make may take for a comment")
    return without(new, "\r\n").replace("$", "$$")
