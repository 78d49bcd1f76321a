"""Counting: every use is in exactly one state, every file has one outcome, and the sums add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from migrate.model import Action, FileResult, Outcome, Run, Use


class State(StrEnum):
    """Where a use stands. Exactly one holds.

    REWRITE: rewritten, or would be; HELD: a rewrite that waits for a prerequisite; REVIEW: a person
    must act; FAILED: a rewrite that the tool could not carry out; ACCEPTED: a person lets it stay;
    NOTICE: nothing has to be done.
    """

    REWRITE = "rewrite"
    HELD = "held"
    REVIEW = "review"
    FAILED = "failed"
    ACCEPTED = "accepted"
    NOTICE = "notice"


SETTLED = frozenset((State.ACCEPTED, State.NOTICE))
"""States in which nobody has anything to do."""


@dataclass(frozen=True)
class Accounts:
    """A run, counted. uses: with state and file, in the order of ``run.uses``; failed: paths."""

    uses: tuple[tuple[Use, State, FileResult], ...]
    states: Counter[State]
    outcomes: Counter[Outcome]
    failed: frozenset[str] = frozenset()

    @classmethod
    def of(cls, run: Run) -> Accounts:
        """Count a run."""
        failed = frozenset(each.path for each in run.files if each.outcome is Outcome.FAILED)
        uses = tuple((use, state_of(use, failed), each) for each in run.files for use in each.uses)
        return cls(
            uses,
            Counter(state for _, state, _ in uses),
            Counter(each.outcome for each in run.files),
            failed,
        )

    @property
    def open(self) -> tuple[tuple[Use, State, FileResult], ...]:
        """Uses about which something is to be done."""
        return tuple(each for each in self.uses if each[1] not in SETTLED)


def state_of(use: Use, failed: frozenset[str] = frozenset()) -> State:
    """The state of a use. failed: paths of files that failed."""
    if use.accepted:
        return State.ACCEPTED
    if use.action is Action.REVIEW:
        return State.NOTICE if use.notice else State.REVIEW
    if use.held:
        return State.HELD
    if failed and (use.path in failed or any(edit.path in failed for edit in use.edits)):
        return State.FAILED
    return State.REWRITE


def change_of(file: FileResult) -> tuple[bytes, bytes] | None:
    """Bytes before and after of a file that is or would be rewritten, else None.

    What failed its check is never shown as an edit.
    """
    if file.outcome not in (Outcome.WOULD_REWRITE, Outcome.REWRITTEN):
        return None
    if file.before is None or file.after is None:
        return None
    return file.before, file.after
