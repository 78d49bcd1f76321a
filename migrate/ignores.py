"""Comments that let a use stay: ``# nf-migrate: ignore[kind] reason``.

Such a comment stands at the end of a line of the use, or on lines of its own right above it. It
names one kind, several (``ignore[http-call, prose]``) or none (``ignore``: every kind). In a document
it may stand above a fenced block, for all of it, and a blank line may follow. A comment that matches
no use is reported itself, so that none outlives its purpose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from migrate import comments
from migrate.kinds import KINDS
from migrate.model import Action, Findings, Use
from migrate.source import Source

KIND = "unused-ignore"
PREFIX = "ignored"
"""How the reason of an accepted use begins where a comment accepts it."""

_MARKERS = "|".join(sorted(map(re.escape, comments.ANY), key=len, reverse=True))
_IGNORE = re.compile(
    rf"(?P<marker>{_MARKERS})[ \t]*nf-migrate:[ ]?ignore\b"
    r"(?:\[(?P<kinds>[^\]\r\n]*)\])?(?P<reason>[^\r\n]*)"
)
_DOCUMENTS = (".md", ".markdown", ".mdx", ".rst")
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,})")
_ENDS = re.compile(r"\s*(?:\*/\}?\}?|-->|#\}|(?:\\[nr])*\"?,?)\s*$")
_ONLY_OPENING = re.compile(r"[\s\"'{]*\Z")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One such comment. kinds: None for every kind; target, last: the lines it speaks for (1-based).

    native: written as the file's language writes comments, so surely a comment.
    """

    start: int
    end: int
    line: int
    target: int
    kinds: frozenset[str] | None
    reason: str
    native: bool
    last: int = 0

    def matches(self, use: Use) -> bool:
        """Whether it lets a use stay."""
        return (self.kinds is None or use.kind in self.kinds) and self.stands_at(use)

    def stands_at(self, use: Use) -> bool:
        """Whether it speaks for a use's place, whatever its kind."""
        return use.line <= max(self.target, self.last) and self.target <= max(use.line, use.end_line)


def apply(source: Source, findings: Findings) -> Findings:
    """The findings with ignored uses marked as accepted and idle comments added as uses."""
    found = _ignores(source)
    if not found:
        return findings
    idle = set(found)
    uses: list[Use] = []
    for use in findings.uses:
        ignore = next((each for each in found if each.matches(use)), None)
        idle -= {each for each in found if each.matches(use)}
        reason = f"{PREFIX}: {ignore.reason or 'no reason given'}" if ignore else ""
        uses.append(replace(use, accepted=reason) if ignore else use)
    uses += [_unused(source, each, findings.uses) for each in found if each in idle and each.native]
    uses.sort(key=lambda use: use.start)
    return replace(findings, uses=tuple(uses))


def _ignores(source: Source) -> list[Ignore]:
    syntax = comments.syntax_of(source.path, source.text[:200].split("\n", 1)[0])
    own = syntax.begins if syntax else comments.ANY
    found: list[Ignore] = []
    for match in _IGNORE.finditer(source.text):
        line, _ = source.line_column(match.start())
        before = source.text[source.line_start(match.start()) : match.start()]
        kinds = match["kinds"]
        found.append(
            Ignore(
                match.start(),
                match.end(),
                line,
                line if _ONLY_OPENING.match(before) is None else 0,
                None if kinds is None else frozenset(each.strip() for each in kinds.split(",")),
                _ENDS.sub("", match["reason"]).strip(" \t:-—"),
                match["marker"] in own,
            )
        )
    return _targeted(found, source)


def _targeted(found: Sequence[Ignore], source: Source) -> list[Ignore]:
    """Comments on lines of their own speak for the first line below that is not one of them."""
    alone = {each.line for each in found if not each.target}
    is_document = PurePosixPath(source.path).suffix.lower() in _DOCUMENTS
    targeted = []
    for each in found:
        target = each.target or each.line
        while target in alone or (
            is_document
            and not each.target
            and target < source.line_count
            and not source.line_text(target).strip()
        ):
            target += 1
        last = _end_of_block(source, target) if is_document and not each.target else target
        targeted.append(replace(each, target=target, last=last))
    return targeted


def _end_of_block(source: Source, line: int) -> int:
    """The last line of the fenced block that a line opens; the line itself where it opens none."""
    fence = _FENCE.match(source.line_text(line)) if line <= source.line_count else None
    if fence is None:
        return line
    last = line + 1
    while last < source.line_count and not source.line_text(last).strip().startswith(fence["fence"]):
        last += 1
    return last


def _unused(source: Source, ignore: Ignore, uses: Sequence[Use]) -> Use:
    unknown = sorted(kind for kind in ignore.kinds or () if kind not in KINDS)
    there = sorted({use.kind for use in uses if ignore.stands_at(use)})
    message, advice = "This comment matches no use.", "Remove the comment."
    if there:
        message = f"This comment matches no use; the one here is of the kind {there[0]}."
        advice = f"Name the kind: ignore[{', '.join(there)}]. Or remove the comment."
    elif unknown:
        advice = f"Name a kind of: {', '.join(KINDS)}."
    return source.use(
        (ignore.start, ignore.end),
        kind=KIND,
        language="comment",
        action=Action.REVIEW,
        message=f"There is no kind {unknown[0]!r}. {message}" if unknown else message,
        advice=advice,
    )
