"""Comments that let a use stay: ``# nf-migrate: ignore[kind] reason``.

Such a comment stands at the end of a line of the use, or on lines of its own right above it. It
names one kind, several (``ignore[http-call, prose]``) or none (``ignore``: every kind). A comment
that matches no use is reported itself, so that none outlives its purpose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

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
_ENDS = re.compile(r"\s*(?:\*/\}?\}?|-->|#\}|(?:\\[nr])*\"?,?)\s*$")
_ONLY_OPENING = re.compile(r"[\s\"'{]*\Z")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One such comment. kinds: None for every kind; target: the line it speaks for (1-based).

    native: written as the file's language writes comments, so surely a comment.
    """

    start: int
    end: int
    line: int
    target: int
    kinds: frozenset[str] | None
    reason: str
    native: bool

    def matches(self, use: Use) -> bool:
        """Whether it speaks for a use."""
        right_kind = self.kinds is None or use.kind in self.kinds
        return right_kind and use.line <= self.target <= max(use.line, use.end_line)


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
    uses += [_unused(source, each) for each in found if each in idle and each.native]
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
    return _targeted(found)


def _targeted(found: Sequence[Ignore]) -> list[Ignore]:
    """Comments on lines of their own speak for the first line below that is not one of them."""
    alone = {each.line for each in found if not each.target}
    targeted = []
    for each in found:
        target = each.target or each.line
        while target in alone:
            target += 1
        targeted.append(replace(each, target=target))
    return targeted


def _unused(source: Source, ignore: Ignore) -> Use:
    unknown = sorted(kind for kind in ignore.kinds or () if kind not in KINDS)
    why = f"There is no kind {unknown[0]!r}. " if unknown else ""
    return source.use(
        (ignore.start, ignore.end),
        kind=KIND,
        language="comment",
        action=Action.REVIEW,
        message=f"{why}This comment matches no use.",
        advice=f"Name a kind of: {', '.join(KINDS)}." if unknown else "Remove the comment.",
    )
