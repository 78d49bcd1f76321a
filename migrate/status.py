"""The exit status of a run. It depends on what was found and done, never on how it is shown."""

from __future__ import annotations

from migrate import errors
from migrate.accounts import SETTLED, Accounts, State
from migrate.model import Outcome, Run

_ASKED = {
    "any": frozenset(State) - SETTLED,
    "rewrite": frozenset((State.REWRITE,)),
    "review": frozenset((State.REVIEW, State.HELD)),
}
"""What makes a run fail, by the value of ``--fail-on``."""


def of_run(run: Run, *, exit_zero: bool = False, fail_on: str = "any") -> int:
    """4 where a file failed, else 1 where something is left to do, else 0.

    exit_zero: 0 instead of 1. fail_on: ``rewrite`` counts only what the tool can rewrite, ``review``
    only what is left for a person, ``any`` both. What a person accepted counts never.
    """
    accounts = Accounts.of(run)
    if accounts.outcomes[Outcome.FAILED]:
        return errors.EXIT_FAILED
    asked = _ASKED[fail_on] - ({State.REWRITE} if run.written else set())
    left = [state for _, state, _ in accounts.open if state in asked]
    return errors.EXIT_FOUND if left and not exit_zero else errors.EXIT_OK
