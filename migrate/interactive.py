"""``rewrite --interactive``: change by change, with its diff, as ``git add -p`` asks.

What has to change together is one question. What is not taken stays in the report, for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from migrate import plan
from migrate.accounts import Accounts
from migrate.model import Action, FileResult, Run, Use
from migrate.pipeline import Adjust
from migrate.report import RenderOptions
from migrate.report.units import Unit, units_of
from migrate.report.words import LEFT

_HELP = """\
y - rewrite this
n - leave this as it is
a - rewrite this and all that follows in this file
d - leave this and all that follows in this file
q - leave this and all that follows, and be done
? - print this
"""
_CHOICES = "ynadq?"

Place = tuple[str, int, int, str]
Ask = Callable[[str], str]
Show = Callable[[str], None]


def place_of(use: Use) -> Place:
    """What tells a use from all others of a run."""
    return use.path, use.start, use.end, use.kind


def adjuster(run: Run, ask: Ask, show: Show, options: RenderOptions) -> Adjust:
    """Ask for each change of a run, and return what turns the ones not taken into reviews.

    ask: shows a prompt and returns a line (raises EOFError at the end of input, which is `q`);
    show: prints text.
    """
    left = frozenset(skipped(run, ask, show, options))

    def adjust(uses: Sequence[Use]) -> list[Use]:
        return [_left(use) if place_of(use) in left else use for use in uses]

    return adjust


def _left(use: Use) -> Use:
    return replace(
        use,
        action=Action.REVIEW,
        edits=(),
        message=f"{use.message} {LEFT}",
        advice="Run again to take it, or change it by hand.",
    )


def skipped(run: Run, ask: Ask, show: Show, options: RenderOptions) -> Iterator[Place]:
    """Places of the uses that the user leaves."""
    units = _units(run)
    rest: dict[str, str] = {}
    for number, unit in enumerate(units, 1):
        path = run.uses[unit.first].path
        answer = rest.get("", rest.get(path, ""))
        if not answer:
            show(shown(run, unit, options))
            answer = _answer(f"({number}/{len(units)}) Rewrite this [y,n,a,d,q,?]? ", ask, show)
            if answer in "ad":
                rest[path] = answer
            elif answer == "q":
                rest[""] = answer
        if answer in "ndq":
            yield from (place_of(run.uses[member]) for member in unit.members)


def _units(run: Run) -> list[Unit]:
    found = units_of(run, Accounts.of(run)).values()
    return sorted({unit.first: unit for unit in found}.values(), key=lambda unit: unit.first)


def _answer(prompt: str, ask: Ask, show: Show) -> str:
    while True:
        try:
            answer = ask(prompt).strip().lower()[:1]
        except EOFError:
            return "q"
        if answer and answer in _CHOICES and answer != "?":
            return answer
        show(_HELP)


def shown(run: Run, unit: Unit, options: RenderOptions) -> str:
    """The uses of a unit and its diff alone, as text."""
    from migrate.report.text import file_text  # noqa: PLC0415 (rich is loaded only where it is shown)

    members = [run.uses[member] for member in unit.members]
    parts = []
    for path in dict.fromkeys((*(use.path for use in members), *unit.paths)):
        each = next((one for one in run.files if one.path == path), None)
        if each is not None:
            uses = tuple(use for use in members if use.path == path)
            parts.append(file_text(_alone(each, uses, unit), run, options))
    return "".join(parts)


def _alone(each: FileResult, uses: tuple[Use, ...], unit: Unit) -> FileResult:
    """The file as if only the unit's edits were made."""
    edits = [edit for edit in unit.edits if edit.path == each.path]
    after = plan.apply_edits(each.before, edits) if edits and each.before is not None else each.before
    return replace(each, uses=uses, after=after, dismissals=(), reason="")
