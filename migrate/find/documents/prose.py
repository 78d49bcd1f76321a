"""Prose in documents: sentences and headings that name a deprecated operation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrate import contract, evidence
from migrate.embed import merge
from migrate.find import literal
from migrate.find.shell.uses import cli_prerequisite
from migrate.find.text import advice, names_in
from migrate.model import Action, Findings, Use
from migrate.project import Project
from migrate.source import Source

Span = tuple[int, int]
_REQUEST = re.compile(
    rf"\b(?P<method>{'|'.join(contract.METHODS.values())})\b[`*_]*\s+[`*_]*(?P<path>(?:https?://[^\s`]*?)?/[^\s`)\]>,]*)"
)
_PARTS = re.compile(r"(?:^|\s)(?:-f|-i|--file|--input|-d|--data[\w-]*|--json)(?:[\s='\"]|$)")
_HISTORY = re.compile(
    r"\b(?:deprecat\w*|replac\w*|instead|migrat\w*|moved|formerly|previously|used to|no longer|removed"
    r"|renamed|obsolete)\b",
    re.IGNORECASE,
)
"""Words of sentences that tell old from new, which would be nonsense with both names the same."""
_HISTORY_FILE = re.compile(
    r"(?:^|/)(?:change[-_]?log|changes|history|news|release|upgrad|migrat)[^/]*$", re.IGNORECASE
)
_OTHER_TYPE = re.compile(rf"[`*_]*\s+(?:or|and)\s+[`*_]*(?:{'|'.join(contract.JOB_TYPES)})\b")
"""What goes on after a command that is named with alternatives: "`… job manual` or `cron`"."""
_OTHER = re.compile(r"\b(?:GET|DELETE|HEAD|OPTIONS)\b[`*_]*\s+[`*_]*(?P<path>/[^\s`)\]>,]*)")


def outside(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a text without some spans."""
    left: list[tuple[int, int]] = []
    position = 0
    for start, end in sorted(spans):
        left.append((position, start))
        position = max(position, end)
    return [*left, (position, len(text))]


def find_in(
    source: Source,
    project: Project,
    language: str,
    explained: Sequence[tuple[int, int]],
    code: Sequence[tuple[int, int]],
) -> Findings:
    """Uses in the text around samples. ``--docs`` rewrites what only names a request or command.

    explained: samples that have a finder; code: all samples: a request in one has more parts than its line.
    """
    known = list(explained)
    known += [found.span() for found in _OTHER.finditer(source.text)]
    uses: list[Use] = []
    if project.options.docs:
        for use, span in [*_requests(source, project, language), *_commands(source, project, language)]:
            in_sample = any(start <= span[0] < end for start, end in code)
            if not in_sample and _only_names(source, span) and not _is_history(source, span):
                uses.append(use)
                known.append(span)
    why = "a person has to say it in other words"
    named = names_in(source, language, why, "prose", explained=[*known, *_links(source)])
    return merge(Findings((*uses, *_words(source, language, code))), named)


def _words(source: Source, language: str, code: Sequence[Span]) -> Iterator[Use]:
    """A CLI command as inline code without the program's name, on a page that names the CLI."""
    for found in contract.CLI_WORDS_AS_CODE.finditer(source.text):
        old = contract.operation(found["verb"], found["type"])
        in_sample = any(start <= found.start() < end for start, end in code)
        if old and not in_sample and contract.CLI_BY_NAME.search(source.text):
            yield source.use(
                (found.start() + 1, found.end()),
                kind="prose",
                language=language,
                operation=old.name,
                action=Action.REVIEW,
                message=f"Names `{old.old_cli}`. Not rewritten: a person has to say it in other words.",
                advice=f"Name `{old.new_cli}`. {advice(old)}",
            )


def _only_names(source: Source, span: Span) -> bool:
    """Whether the line holds nothing but the name: no options, no body, no moved keys."""
    line = source.line_text(source.line_column(span[0])[0])
    before = source.text[source.line_start(span[0]) : span[0]]
    has_more = _PARTS.search(line) or any(key in line for key in contract.MOVED_KEYS)
    return not has_more and not before.rstrip().endswith(("-X", "--request", "--method"))


def _is_history(source: Source, span: Span) -> bool:
    """Whether the text says what was or what changed: there the old name is right."""
    if is_history(source.path):
        return True
    start = source.text.rfind("\n\n", 0, span[0]) + 1
    end = source.text.find("\n\n", span[1])
    paragraph = source.text[start : end if end >= 0 else len(source.text)]
    successors = (
        contract.match_successor(each["method"], each["path"]) for each in _REQUEST.finditer(paragraph)
    )
    return _HISTORY.search(paragraph) is not None or any(successors)


def is_history(path: str) -> bool:
    """Whether a file is by its name a record of what changed."""
    return _HISTORY_FILE.search(path) is not None


def _links(source: Source) -> list[tuple[int, int]]:
    return [found.span() for found in contract.DOCS_LINK.finditer(source.text)]


def _requests(source: Source, project: Project, language: str) -> Iterator[tuple[Use, Span]]:
    """``PUT /v1/…`` in the text."""
    about = evidence.of_words(source.text, "the page")
    for found in _REQUEST.finditer(source.text):
        old = contract.match(found["method"], found["path"], project.options.target_path)
        if old is None or not about.strong:
            continue
        start, end, new = literal.path_edit(found["path"], old.start, old.end, old.replacement)
        base = found.start("path")
        yield (
            source.use(
                found.span(),
                kind="prose",
                language=language,
                operation=old.operation.name,
                action=Action.REWRITE,
                message=literal.what(old.operation),
                advice=advice(old.operation),
                evidence=about.pro,
                edits=(source.edit(base + start, base + end, new),),
            ),
            found.span(),
        )


def _commands(source: Source, project: Project, language: str) -> Iterator[tuple[Use, Span]]:
    """``northflank put job …`` in the text."""
    for found in contract.CLI_COMMAND.finditer(source.text):
        old = contract.operation(found["verb"], found["type"])
        if old is None:
            continue
        if _OTHER_TYPE.match(source.text, found.end()):
            continue
        before = found.start() + len(source.text[found.start() : found.start("type")].rstrip())
        yield (
            source.use(
                found.span(),
                kind="prose",
                language=language,
                operation=old.name,
                action=Action.REWRITE,
                message=f"`{old.old_cli}` is deprecated; its successor is `{old.new_cli}`.",
                advice=advice(old),
                edits=(source.edit(before, found.end("type"), ""),),
                prerequisites=(cli_prerequisite(old, project.options.cli_ready),),
            ),
            found.span(),
        )
