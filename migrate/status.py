"""The exit status of a run. It depends on what was found and done, never on how it is shown."""

from __future__ import annotations

from migrate import errors
from migrate.model import Outcome, Run
from migrate.report.accounts import Accounts, State


def of_run(run: Run, *, exit_zero: bool = False) -> int:
    """4 where a file failed, else 1 where something is left to do, else 0.

    exit_zero: 0 instead of 1.
    """
    accounts = Accounts.of(run)
    if accounts.outcomes[Outcome.FAILED]:
        return errors.EXIT_FAILED
    left = [state for _, state, _ in accounts.open if not (run.written and state is State.REWRITE)]
    return errors.EXIT_FOUND if left and not exit_zero else errors.EXIT_OK
