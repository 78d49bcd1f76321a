"""Dockerfiles: the shell commands of RUN, CMD, ENTRYPOINT, HEALTHCHECK, with continuations and heredocs.

https://docs.docker.com/reference/dockerfile/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate.embed import Region, find_in, merge
from migrate.find import links
from migrate.find.text import names_in
from migrate.model import Findings
from migrate.project import Project
from migrate.quoting import Char, region, verbatim, without
from migrate.source import Source

LANGUAGE = "dockerfile"
_INSTRUCTION = re.compile(
    r"[ \t]*(?:ONBUILD[ \t]+)?(?P<name>RUN|CMD|ENTRYPOINT|HEALTHCHECK(?:[ \t]+--\S+)*[ \t]+CMD)[ \t]+"
    r"(?:--\S+[ \t]+)*",
    re.IGNORECASE,
)
_HEREDOC = re.compile(r"<<-?(?P<quote>[\"']?)(?P<word>\w+)(?P=quote)[ \t]*\r?$")
_COMMENT = re.compile(r"^[ \t]*#[^\r\n]*", re.MULTILINE)


def find(source: Source, project: Project) -> Findings:
    """All uses in a Dockerfile."""
    regions = list(shells(source.text))
    explained = [(each.outer_start(0), each.outer_end(len(each.text))) for each in regions]
    comments = [found.span() for found in _COMMENT.finditer(source.text)]
    return merge(
        find_in(source, project, regions),
        links.find_in(source, LANGUAGE, comments),
        names_in(
            source, LANGUAGE, "it is not part of a shell command", explained=explained, comments=comments
        ),
    )


def shells(text: str) -> Iterator[Region]:
    """The commands that a shell runs."""
    lines = list(re.finditer(r"[^\n]*(?:\n|$)", text))
    index = 0
    while index < len(lines):
        found = _INSTRUCTION.match(lines[index][0])
        last = index
        while last + 1 < len(lines) and _continues(lines[last][0], is_first=last == index):
            last += 1
        if found is None:
            index = last + 1 if _continues(lines[index][0], is_first=True) else index + 1
            continue
        heredoc = _HEREDOC.search(lines[last][0].rstrip("\n"))
        if heredoc:
            end = _end_of(lines, last + 1, heredoc["word"])
            start = lines[last].end()
            if found.end() == heredoc.start():
                yield verbatim("shell", text, start, lines[end].start() if end < len(lines) else len(text))
            index = end + 1
            continue
        first = lines[index].start() + found.end()
        if not text[first:].startswith("["):
            yield _command(text, first, [line.span() for line in lines[index : last + 1]])
        index = last + 1


def _continues(line: str, *, is_first: bool) -> bool:
    plain = line.rstrip("\r\n")
    return plain.endswith("\\") or (not is_first and (plain.lstrip().startswith("#") or not plain.strip()))


def _end_of(lines: list[re.Match[str]], index: int, word: str) -> int:
    while index < len(lines) and lines[index][0].strip() != word:
        index += 1
    return index


def _command(text: str, start: int, lines: list[tuple[int, int]]) -> Region:
    """A command without the comments between its lines, which Docker takes out."""
    chars: list[Char] = []
    for first, last in lines:
        is_comment = first > start and text[first:last].lstrip().startswith("#")
        if not is_comment:
            chars += [(text[each], each, each + 1) for each in range(max(first, start), last)]
    return region("shell", chars, lambda new: without(new, "\r\n"), origin=start)
