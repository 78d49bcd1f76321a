"""What a commit says of itself: what was done, why, and what is left. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from migrate import contract
from migrate.accounts import Accounts, State
from migrate.model import Run, Use
from migrate.report.words import count, visible

TITLE = "Use Northflank's type-agnostic job endpoints"
_WIDTH = 72
_MOST = 20
"""Places that are listed; the rest is counted."""


def message(run: Run) -> str:
    """The message of the commit that makes the changes of a run over one repository."""
    accounts = Accounts.of(run)
    done = [use for use, state, _ in accounts.open if state is State.REWRITE]
    left = [use for use, state, _ in accounts.open if state is not State.REWRITE]
    parts = [TITLE, _filled(_why(done)), *_operations(done)]
    if left:
        parts += [f"Left for a person ({len(left)}):", "\n".join(_places(left))]
    return "\n\n".join(parts) + "\n"


def _why(done: list[Use]) -> str:
    files = len({use.path for use in done})
    return (
        "Northflank has deprecated its endpoints for each type of job in favour of one for all types. "
        f"This changes {count(len(done), 'use')} in {count(files, 'file')}. nf-migrate made it "
        "and checked each request against the contract of the API."
    )


def _operations(uses: Iterable[Use]) -> list[str]:
    names = {use.operation for use in uses}
    known = [each for each in contract.OPERATIONS if each.name in names]
    lines = [
        f"- {each.method} …{each.old_path} is now {each.method} …{each.new_path}:\n  {each.new_docs_url}"
        for each in known
    ]
    return ["\n".join(lines)] if lines else []


def _places(uses: list[Use]) -> Iterable[str]:
    for use in uses[:_MOST]:
        yield _filled(visible(f"- {use.path}:{use.line}: {use.message}"), "  ")
    if len(uses) > _MOST:
        yield f"- and {len(uses) - _MOST} more"


def _filled(text: str, indent: str = "") -> str:
    return textwrap.fill(
        text, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
