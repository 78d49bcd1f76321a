"""What a reader of a report may apply on its own: the edits of all uses that stand or fall together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrate import plan
from migrate.accounts import Accounts, State
from migrate.model import Edit, Run
from migrate.source import Source


@dataclass(frozen=True, slots=True)
class Unit:
    """Uses that are changed together. first: index of the first in ``run.uses``; edits: of all."""

    first: int
    members: tuple[int, ...]
    edits: tuple[Edit, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The files that change."""
        return tuple(dict.fromkeys(edit.path for edit in self.edits))


def units_of(run: Run, accounts: Accounts) -> Mapping[int, Unit]:
    """The unit of each use that would be rewritten, by its index in ``run.uses``.

    Empty once files were written: what is done must not be offered again.
    """
    if run.written:
        return {}
    indexes = [index for index, (_, state, _) in enumerate(accounts.uses) if state is State.REWRITE]
    uses = [accounts.uses[index][0] for index in indexes]
    found: dict[int, Unit] = {}
    for tied in plan.tie(uses):
        members = tuple(sorted(indexes[position] for position in tied))
        edits = tuple(sorted({edit for position in tied for edit in uses[position].edits}))
        if edits:
            found.update(dict.fromkeys(members, Unit(members[0], members, edits)))
    return found


def merged(unit: Unit, source: Source) -> Edit:
    """One edit that does what all edits of a unit do, where they are all in the file of `source`."""
    start, end = unit.edits[0].start, max(edit.end for edit in unit.edits)
    old = source.data[start:end]
    shifted = [
        Edit(edit.path, edit.start - start, edit.end - start, edit.old, edit.new) for edit in unit.edits
    ]
    return Edit(source.path, start, end, old, plan.apply_edits(old, shifted))
