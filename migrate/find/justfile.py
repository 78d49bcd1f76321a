"""Justfiles: the commands of recipes; a recipe that starts with ``#!`` is one script of that language.

https://just.systems/man/en/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate import find as finders
from migrate.embed import Region
from migrate.find.recipes import find_in_recipes
from migrate.model import Findings
from migrate.project import Project
from migrate.quoting import Char, indented, region, without
from migrate.source import Source

LANGUAGE = "justfile"
_HEAD = re.compile(
    r"^(?![\w-]+[ \t]*:=)@?[A-Za-z_][\w-]*(?:[ \t][^\n]*?)?:(?!=)[^\n]*\n"
    r"(?P<body>(?:[ \t]+[^\n]*\n?|[ \t]*\n)+)",
    re.MULTILINE,
)


def find(source: Source, project: Project) -> Findings:
    """All uses in a justfile."""
    return find_in_recipes(source, project, LANGUAGE, list(recipes(source.text)))


def recipes(text: str) -> Iterator[Region]:
    """The scripts and the single command lines of all recipes."""
    for found in _HEAD.finditer(text):
        start, end = found.span("body")
        body = text[start:end]
        indent = re.match(r"[ \t]*", body)
        if body.lstrip().startswith("#!") and indent:
            language = finders.language_of("", body.lstrip().split("\n", 1)[0])
            script = indented(language, text, start, end, indent[0])
            if script:
                yield script
        else:
            yield from _commands(text, start, end)


def _commands(text: str, start: int, end: int) -> Iterator[Region]:
    lines = [
        (start + each.start(), start + each.end()) for each in re.finditer(r"[^\n]+\n?", text[start:end])
    ]
    chars: list[Char] = []
    for first, last in lines:
        line = text[first:last]
        skip = len(line) - len(line.lstrip(" \t" if chars else " \t@-"))
        chars += [(text[each], each, each + 1) for each in range(first + skip, last)]
        if not line.rstrip("\r\n").endswith("\\"):
            yield region("shell", chars, lambda new: without(new, "\r\n"), origin=first)
            chars = []
