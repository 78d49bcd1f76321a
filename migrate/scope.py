"""Which of the uses a run asks about: what the options let stay, and whose each file is."""

from __future__ import annotations

from collections.abc import Sequence

from migrate import whereabouts
from migrate.model import Candidate, Use
from migrate.pipeline import Adjust


def adjuster(candidates: Sequence[Candidate], baseline: str | None, since: str | None) -> Adjust | None:
    """What marks uses as accepted, as ``--baseline`` and ``--since`` ask; None where nothing does.

    baseline: path of the file; since: a revision. Raises UsageError.
    """
    steps: list[Adjust] = []
    if since is not None:
        from migrate.since import adjuster as by_since  # noqa: PLC0415 (only where it is asked for)

        steps.append(by_since(since, sorted({each.root for each in candidates}) or ["."]))
    if baseline is not None:
        from migrate import baseline as known  # noqa: PLC0415 (only where it is asked for)

        steps.append(known.adjuster(known.load(baseline), whereabouts.current()))
    return in_turn(steps) if steps else None


def in_turn(steps: Sequence[Adjust]) -> Adjust:
    """All adjustments, one after the other."""

    def adjust(uses: Sequence[Use]) -> Sequence[Use]:
        for step in steps:
            uses = step(uses)
        return uses

    return adjust
