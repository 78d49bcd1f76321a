"""The finder of JSON and YAML files: requests, programs in strings, template nodes, the rest."""

from __future__ import annotations

from migrate import definitions
from migrate.embed import Region, find_in, merge
from migrate.find.described import embedded, leftovers, nodes, reads, variables
from migrate.find.described.shapes import Described, described
from migrate.find.described.uses import Site, findings
from migrate.find.text import UNREADABLE, names_in
from migrate.model import Findings, Use
from migrate.project import Project
from migrate.source import Source
from migrate.structured.nodes import Document


def find(source: Source, project: Project, document: Document, language: str) -> Findings:
    """All findings of a parsed file."""
    requests = variables.resolved(document, list(described(document)))
    found = [findings(Site(source, document, each, language), project) for each in requests]
    taken = _taken(
        [each for each, result in zip(requests, found, strict=True) if result.requests or _settled(result)]
    )
    programs, in_programs = embedded.regions(document, taken)
    parts = [
        *found,
        find_in(source, project, programs),
        Findings(tuple(nodes.find(source, document, project, language))),
        Findings(_reads(source, document, requests, found, programs, language)),
        leftovers.find(source, document, taken | in_programs, language),
        definitions.find_in(source, project),
    ]
    return merge(*parts)


def _reads(
    source: Source,
    document: Document,
    requests: list[Described],
    found: list[Findings],
    programs: list[Region],
    language: str,
) -> tuple[Use, ...]:
    """Reads of answers that nothing follows, in a file that has an old request."""
    old = [
        each for each, result in zip(requests, found, strict=True) if any(u.operation for u in result.uses)
    ]
    if not old:
        return ()
    spans = [(region.outer_start(0), region.outer_end(len(region.text))) for region in programs]
    answers = [(node.start, node.end) for each in requests for node, _ in each.answers]
    return tuple(reads.others(source, document, old, [*spans, *answers], language))


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
