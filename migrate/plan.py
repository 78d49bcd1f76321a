"""From the findings of all files to one set of edits for each file.

Uses that share a group or an edit stand or fall together, across files. A use is applied only
where it is a rewrite, nothing holds it back, and its edits collide with no other use's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from migrate.model import Action, Edit, Use


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done.

    uses: by path, as found or turned into reviews; edits: by path, sorted, without overlap;
    applied: the uses whose edits are in `edits`; components: sets of paths that change together.
    """

    uses: Mapping[str, tuple[Use, ...]]
    edits: Mapping[str, tuple[Edit, ...]]
    applied: frozenset[Use]
    components: tuple[frozenset[str], ...]


class _Sets:
    """Union-find over the indexes of a sequence."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, index: int) -> int:
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        self._parent[self.root(other)] = self.root(one)

    def members(self) -> list[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for index in range(len(self._parent)):
            found[self.root(index)].append(index)
        return list(found.values())


def make(uses: Sequence[Use]) -> Plan:
    """Decide which uses are applied and collect their edits."""
    settled: list[Use] = list(uses)
    applied: list[Use] = []
    tied = tie(uses)
    colliding = _collisions(uses)
    for members in tied:
        decided = _settle([uses[index] for index in members], any(index in colliding for index in members))
        for index, use in zip(members, decided, strict=True):
            settled[index] = use
        if all(_goes_ahead(use) for use in decided):
            applied.extend(decided)
    by_path: dict[str, list[Use]] = defaultdict(list)
    for use in settled:
        by_path[use.path].append(use)
    return Plan(
        {path: tuple(sorted(found, key=_place)) for path, found in by_path.items()},
        _edits_by_path(applied),
        frozenset(applied),
        _components(applied),
    )


def _goes_ahead(use: Use) -> bool:
    return use.action is Action.REWRITE and bool(use.edits) and not use.held and not use.accepted


def _place(use: Use) -> tuple[int, int, str]:
    return use.start, use.end, use.kind


def tie(uses: Sequence[Use]) -> list[list[int]]:
    """Indexes of the uses that stand or fall together, by shared groups and edits."""
    sets = _Sets(len(uses))
    first: dict[object, int] = {}
    for index, use in enumerate(uses):
        keys: list[object] = [*use.edits]
        if use.group:
            keys.append(use.group)
        for key in keys:
            sets.join(first.setdefault(key, index), index)
    return sets.members()


def _collisions(uses: Sequence[Use]) -> set[int]:
    """Indexes of uses with edits that overlap another use's without being the same."""
    by_path: dict[str, dict[Edit, list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, use in enumerate(uses):
        for edit in use.edits:
            by_path[edit.path][edit].append(index)
    found: set[int] = set()
    for owners in by_path.values():
        ordered = sorted(owners)
        for position, edit in enumerate(ordered):
            for other in ordered[position + 1 :]:
                both_insert = other.end == edit.start
                if other.start >= edit.end and not both_insert:
                    break
                found.update(owners[edit], owners[other])
    return found


def _settle(uses: list[Use], collides: bool) -> list[Use]:
    """One verdict for uses that stand or fall together."""
    rewrites = [use for use in uses if use.action is Action.REWRITE]
    kept = next((use for use in uses if use.accepted), None)
    if kept:
        why = f"it is tied to {kept.path}:{kept.line}, which is to stay as it is"
        return [use if use.accepted else to_review(use, why) for use in uses]
    if collides:
        return [to_review(use, "its edits overlap those of another use") for use in uses]
    blocker = next((use for use in uses if use.action is Action.REVIEW), None)
    if blocker and rewrites:
        why = f"it is tied to {blocker.path}:{blocker.line}, which a person must decide first"
        return [to_review(use, why) for use in uses]
    missing = tuple({each.id: each for use in uses for each in use.prerequisites if not each.met}.values())
    if missing:
        known = [{each.id for each in use.prerequisites} for use in uses]
        return [
            replace(
                use, prerequisites=(*use.prerequisites, *(each for each in missing if each.id not in ids))
            )
            for use, ids in zip(uses, known, strict=True)
        ]
    return uses


def to_review(use: Use, why: str) -> Use:
    """The use, left to a person. why: completes "Not rewritten: …"."""
    if use.action is Action.REVIEW:
        return use
    advice = use.advice or "Look at both places and change them together."
    return replace(
        use, action=Action.REVIEW, edits=(), message=f"{use.message} Not rewritten: {why}.", advice=advice
    )


def _edits_by_path(applied: Iterable[Use]) -> dict[str, tuple[Edit, ...]]:
    found: dict[str, set[Edit]] = defaultdict(set)
    for use in applied:
        for edit in use.edits:
            found[edit.path].add(edit)
    return {path: tuple(sorted(edits)) for path, edits in found.items()}


def _components(applied: Sequence[Use]) -> tuple[frozenset[str], ...]:
    touched = [{use.path, *(edit.path for edit in use.edits)} for use in applied]
    paths = sorted(set().union(*touched))
    index = {path: position for position, path in enumerate(paths)}
    sets = _Sets(len(paths))
    for together in touched:
        first, *rest = sorted(together)
        for other in rest:
            sets.join(index[first], index[other])
    return tuple(frozenset(paths[member] for member in members) for members in sets.members())


class StaleEditError(ValueError):
    """The bytes at an edit's span are not what the edit expects."""


def apply_edits(data: bytes, edits: Sequence[Edit]) -> bytes:
    """The data with the edits made. Edits are sorted and don't overlap.

    Raises StaleEditError where the old bytes are not found at a span.
    """
    parts: list[bytes] = []
    position = 0
    for edit in edits:
        if edit.start < position or data[edit.start : edit.end] != edit.old:
            raise StaleEditError(f"{edit.path}: bytes {edit.start}-{edit.end} are not what was read")
        parts += (data[position : edit.start], edit.new)
        position = edit.end
    return b"".join((*parts, data[position:]))
