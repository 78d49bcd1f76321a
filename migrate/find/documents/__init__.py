"""Documents: Markdown, MDX, reStructuredText, AsciiDoc and HTML.

Samples are treated in their language and reported; ``--docs`` rewrites them. Links to the pages of
deprecated operations go to the successors' pages; prose that names an operation is reported.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from migrate.embed import find_in, merge
from migrate.find import links
from migrate.find.documents import markdown, markup, prose, samples
from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source

LANGUAGE = "document"
_PREFORMATTED = re.compile(r"<(pre|script|style)\b.*?</\1>", re.DOTALL | re.IGNORECASE)
_SAMPLES = {
    ".rst": markup.restructured_text,
    ".adoc": markup.asciidoc,
    ".asciidoc": markup.asciidoc,
    ".html": markup.html,
    ".htm": markup.html,
}


def find(source: Source, project: Project) -> Findings:
    """All uses in a document."""
    read = _SAMPLES.get(PurePosixPath(source.path).suffix.lower(), markdown.samples)
    found = read(source.text)
    regions = [made for each in found for made in samples.regions(each)]
    bodies = [use for each in found for use in samples.definitions_in(source, each)]
    inside = merge(find_in(source, project, regions), Findings(tuple(bodies)))
    explained = [(each.outer_start(0), each.outer_end(len(each.text))) for each in regions]
    code = [(each.region.outer_start(0), each.region.outer_end(len(each.region.text))) for each in found]
    code += [each.span() for each in _PREFORMATTED.finditer(source.text)]
    told = prose.find_in(source, project, LANGUAGE, explained, code)
    if not project.options.docs:
        inside = samples.reported(inside, "samples in documents change only with --docs")
    elif prose.is_history(source.path):
        inside = samples.reported(inside, "a record of changes keeps what was sent then")
    return merge(inside, told, links.find_in(source, LANGUAGE, prose.outside(source.text, explained)))
