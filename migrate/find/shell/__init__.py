"""Shell scripts: curl, wget, HTTPie, xh and Northflank's CLI in sh, bash, zsh and fish.

A request is followed through variables, arrays, heredocs and helper functions; the body through
files, jq programs and pipes; the answer to what reads it. https://northflank.com/docs/v1/api/use-the-cli
"""

from __future__ import annotations

from migrate.embed import find_in, merge
from migrate.find import links, open_paths
from migrate.find.shell import by_hand, fish, inner
from migrate.find.shell.answers import Answers
from migrate.find.shell.bodies import Bodies
from migrate.find.shell.expand import Expander
from migrate.find.shell.paths import Files
from migrate.find.shell.script import Script, span
from migrate.find.shell.sites import Sites
from migrate.find.shell.sourced import Sourced
from migrate.find.shell.uses import LANGUAGE, Drafts, check_shared
from migrate.find.text import names_in
from migrate.model import Dismissal, Findings, Use
from migrate.project import Project
from migrate.source import Source


def find(source: Source, project: Project) -> Findings:
    """All uses in a script."""
    script = Script(source.text, _dialect(source))
    expander = Expander(script)
    files = Files(project, source, expander)
    sites = Sites(expander, project.options.target_path, Sourced(expander, files))
    drafts = Drafts(source, project, sites, Bodies(source, expander, files),
                    Answers(source, expander))  # fmt: skip
    made = [drafts.draft(site) for site in sites.all()]
    drafts.check_files(made)
    drafts.check_readers(made)
    check_shared(made, script, source)
    misread = fish.own_syntax(source.text) if script.dialect == "fish" else None
    if misread is not None:
        for draft in made:
            draft.reason = f"line {source.line_column(misread)[0]} is written in a way of fish's own"
    results = [drafts.use(draft) for draft in made]
    foreign = [each for each in results if isinstance(each, Dismissal)]
    explained = [each for draft in made for each in draft.spans]
    inside = [] if misread is not None else list(inner.regions(source, expander))
    explained += [(each.outer_start(0), each.outer_end(len(each.text))) for each in inside]
    within = find_in(source, project, inside)
    told = [use for draft, made_of in zip(made, results, strict=True) if isinstance(made_of, Use)
            for use in drafts.handed_on(draft)]  # fmt: skip
    found = Findings(
        (*(each for each in results if isinstance(each, Use)), *told),
        tuple(foreign),
        tuple(draft.model for draft in made if draft.model),
    )
    comments = [span(each) for each in script.root.find_all(kind="comment")]
    pages = links.find_in(source, LANGUAGE, comments)
    rest = names_in(source, LANGUAGE, "it is not seen to be part of a request", "endpoint-name",
                    explained=explained, comments=comments)  # fmt: skip
    rest = by_hand.advised(rest, source, comments)
    if script.dialect != "fish":
        return merge(found, within, pages, rest)
    in_blocks = open_paths.find_in(source, LANGUAGE, explained=explained, comments=comments, continued=True)
    return merge(found, within, pages, rest, in_blocks)


def _dialect(source: Source) -> str:
    first = source.text.split("\n", 1)[0]
    for name in ("fish", "zsh"):
        if source.path.endswith(f".{name}") or (first.startswith("#!") and name in first):
            return name
    return "sh"
