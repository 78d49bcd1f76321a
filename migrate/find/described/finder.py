"""The finder of JSON and YAML files: requests, programs in strings, template nodes, the rest."""

from __future__ import annotations

from dataclasses import replace

from migrate import definitions
from migrate.embed import Region, find_in, merge
from migrate.find.described import embedded, leftovers, nodes, reads, role_tasks, variables
from migrate.find.described.shapes import Described, described
from migrate.find.described.uses import Site, findings
from migrate.find.text import UNREADABLE, names_in
from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source
from migrate.structured.nodes import Document


def find(source: Source, project: Project, document: Document, language: str) -> Findings:
    """All findings of a parsed file."""
    requests = variables.resolved(document, list(described(document)))
    answers = reads.Index(document)
    sites = [Site(source, document, each, language, tuple(answers.edits(each))) for each in requests]
    found = [findings(site, project) for site in sites]
    taken = _taken(
        [each for each, result in zip(requests, found, strict=True) if result.requests or _settled(result)]
    )
    programs, in_programs = embedded.regions(document, taken, source.path, project)
    in_regions = find_in(source, project, programs)
    loose = _loose(answers, requests, found, _with_requests(source, programs, in_regions))
    first = {index: each for each in reversed(loose) for index in each.requests}
    for index, each in first.items():
        line, _ = source.line_column(each.read.start())
        why = f"line {line} reads a moved key from an answer in a way that is not followed."
        found[index] = findings(replace(sites[index], hold=why), project)
    old = [index for index, result in enumerate(found) if any(use.operation for use in result.uses)]
    for index, why in role_tasks.holds(source, project, document, requests, old):
        found[index] = findings(replace(sites[index], hold=why), project)
    parts = [
        *found,
        in_regions,
        Findings(tuple(nodes.find(source, document, project, language))),
        Findings(tuple(reads.reviews(source, loose, language))),
        leftovers.find(source, document, taken | in_programs, language),
        definitions.find_in(source, project),
    ]
    return merge(*parts)


def _loose(
    answers: reads.Index,
    requests: list[Described],
    found: list[Findings],
    programs: list[tuple[int, int]],
) -> list[reads.Loose]:
    """Reads of answers that nothing follows, in a file that has an old request."""
    old = [index for index, result in enumerate(found) if any(use.operation for use in result.uses)]
    if not old:
        return []
    return reads.loose(answers, requests, old, programs)


def _with_requests(source: Source, programs: list[Region], found: Findings) -> list[tuple[int, int]]:
    """Spans of the programs that send requests themselves: what they read is mostly their own answer."""
    spans = [(region.outer_start(0), region.outer_end(len(region.text))) for region in programs]
    starts = [source.char_at(each.start) for each in found.requests]
    starts += [source.char_at(use.start) for use in found.uses]
    return [span for span in spans if any(span[0] <= start < span[1] for start in starts)]


def _settled(result: Findings) -> bool:
    return bool(result.uses or result.dismissals)


def _taken(requests: list[Described]) -> frozenset[int]:
    """Ids of the strings that belong to requests: URLs, bodies, answers, and other forms of the URL."""
    taken: set[int] = set()
    for each in requests:
        taken.add(id(each.url))
        taken |= {
            id(node) for node in (each.body, *each.copies, *(answer for answer, _ in each.answers)) if node
        }
    return frozenset(taken)


def unreadable(source: Source, project: Project, language: str, reason: str) -> Findings:
    """Reviews for a file that can't be parsed, and that names the endpoint or is named as a definition."""
    found = names_in(source, language, f"the file can't be parsed: {reason}", UNREADABLE)
    return found if found.uses else definitions.unreadable(source, project, language, reason)
