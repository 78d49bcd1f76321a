"""What is proposed to a repository, and what a host says about it. Pure.

GitHub says pull request, GitLab merge request; here both are pull requests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from migrate.report.markdown import LIMIT, code

_MOST_REVIEWERS = 15
"""GitHub takes no more at once."""

_NOTE_ROOM = 500
"""Characters for the word on reviewers, within what the Markdown report leaves free."""


class PullState(StrEnum):
    """Where a pull request stands."""

    OPEN = "open"
    CLOSED = "closed"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class PullRequest:
    """One pull request. number: as people write it; head: the commit that it proposes, "" if not told.

    body: its Markdown; asked: somebody was asked for a review; unresolved: owners that could not be.
    """

    number: int
    url: str
    state: PullState
    head: str = ""
    draft: bool = False
    body: str = ""
    asked: bool = False
    unresolved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pull request to open. branch: whose commits are proposed to `base`; body: Markdown.

    reviewers: owners as CODEOWNERS has them (``@user``, ``@org/team``, an e-mail address).
    """

    branch: str
    base: str
    title: str
    body: str
    draft: bool = True
    reviewers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reviewers:
    """Owners by what a host can do with them. users: logins; groups: ``group/team`` without ``@``."""

    users: tuple[str, ...]
    groups: tuple[str, ...]
    others: tuple[str, ...]

    @classmethod
    def of(cls, owners: Sequence[str]) -> Reviewers:
        """Sort owners; each once, in their order, the first `_MOST_REVIEWERS` only."""
        users: dict[str, None] = {}
        groups: dict[str, None] = {}
        others: dict[str, None] = {}
        for number, owner in enumerate(dict.fromkeys(owners)):
            name = owner.removeprefix("@")
            if number >= _MOST_REVIEWERS or not owner.startswith("@") or owner.startswith("@@"):
                others[owner] = None
            elif "/" in name:
                groups[name] = None
            elif name:
                users[name] = None
        return cls(tuple(users), tuple(groups), tuple(others))


def noted(body: str, unresolved: Sequence[str]) -> str:
    """The body with a word on owners that could not be asked for a review; mentions nobody."""
    if not unresolved:
        return body
    head = "\n\n> Owners by CODEOWNERS who could not be asked for a review: "
    shown: list[str] = []
    room = min(_NOTE_ROOM, LIMIT - len(body)) - len(head) - 20
    for owner in unresolved:
        word = code(owner)
        room -= len(word) + 2
        if room < 0:
            break
        shown.append(word)
    more = len(unresolved) - len(shown)
    words = ", ".join(shown) if shown else "none of them fits here"
    return f"{body.rstrip()}{head}{words}{f' and {more} more' if shown and more else ''}.\n"


def same_text(first: str, second: str) -> bool:
    """Whether a host keeps one text as the other: it may change ends of lines and white space around."""
    return " ".join(first.split()) == " ".join(second.split())
