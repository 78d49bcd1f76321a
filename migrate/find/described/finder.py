"""The finder of JSON and YAML files: requests, programs in strings, template nodes, the rest."""

from __future__ import annotations

from migrate import definitions
from migrate.embed import find_in, merge
from migrate.find.described import embedded, leftovers, nodes
from migrate.find.described.shapes import Described, described
from migrate.find.described.uses import Site, findings
from migrate.find.text import UNREADABLE, names_in
from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source
from migrate.structured.nodes import Document


def find(source: Source, project: Project, document: Document, language: str) -> Findings:
    """All findings of a parsed file."""
    requests = list(described(document))
    found = [findings(Site(source, document, each, language), project) for each in requests]
    taken = _taken(
        [each for each, result in zip(requests, found, strict=True) if result.requests or _settled(result)]
    )
    programs, in_programs = embedded.regions(document, taken)
    parts = [
        *found,
        find_in(source, project, programs),
        Findings(tuple(nodes.find(source, document, project, language))),
        leftovers.find(source, document, taken | in_programs, language),
        definitions.find_in(source, project),
    ]
    return merge(*parts)


def _settled(result: Findings) -> bool:
    return bool(result.uses or result.dismissals)


def _taken(requests: list[Described]) -> frozenset[int]:
    """Ids of the strings that belong to requests: URLs, bodies, answers, and other forms of the URL."""
    taken: set[int] = set()
    for each in requests:
        taken.add(id(each.url))
        taken |= {id(node) for node in (each.body, *(answer for answer, _ in each.answers)) if node}
    return frozenset(taken)


def unreadable(source: Source, language: str, reason: str) -> Findings:
    """Reviews for a file that can't be parsed, and that names the endpoint."""
    return names_in(source, language, f"the file can't be parsed: {reason}", UNREADABLE)
