"""The whole flow: candidates → examine → plan → verify → one result for each file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from migrate import plan, verify
from migrate.accounts import SETTLED, state_of
from migrate.examine import Examined, Progress, examine
from migrate.kinds import REQUEST_KINDS, TEST_DOUBLE
from migrate.model import Candidate, FileResult, Options, Outcome, Run, Use
from migrate.project import Project


@dataclass(frozen=True, slots=True)
class _Content:
    """Old and new bytes of a file to be edited, or what is wrong with it."""

    before: bytes | None = None
    after: bytes | None = None
    fault: str = ""
    root: str = ""


Adjust = Callable[[Sequence[Use]], Sequence[Use]]
"""Turns the uses that were found, all of them in order, into those to plan for: accepted ones marked."""

_Search = Callable[[Sequence[Candidate], Mapping[str, bytes]], list[Examined]]


def run(
    command: str,
    candidates: Sequence[Candidate],
    options: Options,
    jobs: int = 1,
    on_progress: Progress | None = None,
    overlay: Mapping[str, bytes] | None = None,
    adjust: Adjust | None = None,
) -> Run:
    """Examine the candidates and plan what can be rewritten. Writes nothing.

    jobs: worker processes; the result is the same for any number. overlay: contents to use
    instead of the disk's (standard input, for one), by path. adjust: may mark uses as accepted
    before anything is planned.
    """
    given = dict(overlay or {})

    def search(some: Sequence[Candidate], contents: Mapping[str, bytes]) -> list[Examined]:
        return list(examine(some, options, {**given, **contents}, jobs, sieve=False))

    examined = [
        each
        for each in examine(candidates, options, given, jobs, on_progress)
        if not each.irrelevant or each.candidate.explicit
    ]
    followed = {each.candidate.path: each for each in search(_followed(examined), {})}
    examined = [*(each for each in examined if each.candidate.path not in followed), *followed.values()]
    found = [use for each in examined for use in each.findings.uses]
    uses = adjust(found) if adjust else found
    planned, contents, faults = _settle(examined, uses, options, given, search)
    results = [_result(each, planned, contents, faults) for each in examined]
    known = {each.candidate.path for each in examined}
    results += [_elsewhere(path, contents[path], faults) for path in planned.edits if path not in known]
    return Run(command, tuple(sorted(results, key=lambda result: result.path)))


def _followed(examined: Sequence[Examined]) -> list[Candidate]:
    """Files that are named by what was found in others, and were not searched themselves."""
    known = {each.candidate.path for each in examined if not each.irrelevant}
    found: dict[str, Candidate] = {}
    for each in examined:
        for path in each.findings.follow:
            if path not in known:
                found.setdefault(path, replace(each.candidate, path=path, explicit=False))
    return list(found.values())


def _settle(
    examined: Sequence[Examined],
    uses: Sequence[Use],
    options: Options,
    overlay: Mapping[str, bytes],
    search: _Search,
) -> tuple[plan.Plan, dict[str, _Content], dict[str, str]]:
    """Plan and check until no edit changes a request that is not itself rewritten.

    A use whose edits would do so is left to a person, and the rest is planned again. Returns the
    plan, the contents of the edited files, and the faults by path.
    """
    while True:
        planned = plan.make(uses)
        contents = _contents(examined, planned, options, overlay)
        faults, tied = _faults(examined, planned, contents, search, options.target_path)
        tied = tied or _orphaned_doubles(examined, planned)
        if not tied:
            return planned, contents, faults
        uses = [plan.to_review(use, tied[use]) if use in tied else use for use in uses]


def _contents(
    examined: Sequence[Examined], planned: plan.Plan, options: Options, overlay: Mapping[str, bytes]
) -> dict[str, _Content]:
    root_of = {each.candidate.path: each.candidate.root for each in examined}
    roots = {edit.path: root_of[use.path] for use in planned.applied for edit in use.edits}
    found: dict[str, _Content] = {}
    for path, edits in planned.edits.items():
        source = Project(roots[path], options, overlay).read(path)
        if source is None:
            found[path] = _Content(fault="vanished while it was examined", root=roots[path])
            continue
        try:
            found[path] = _Content(source.data, plan.apply_edits(source.data, edits), root=roots[path])
        except plan.StaleEditError as error:
            found[path] = _Content(
                fault=f"changed while it was examined ({error}); run again", root=roots[path]
            )
    return found


def _faults(
    examined: Sequence[Examined],
    planned: plan.Plan,
    contents: Mapping[str, _Content],
    search: _Search,
    target_path: str,
) -> tuple[dict[str, str], dict[Use, str]]:
    """What is wrong, by path, for every path that would change together with a faulty one.

    All components are checked at once against the whole planned state; where some fail, the others
    are checked again without them, until what is left holds. The second part of the result names
    uses that must not be applied because of what else their edits change, with the reason.
    """
    faults: dict[str, str] = {}
    pending = list(planned.components)
    while pending:
        edited = {path: contents[path] for each in pending for path in each if path in contents}
        found = {path: each.fault for path, each in edited.items() if each.fault}
        if not found:
            after = {path: each.after for path, each in edited.items() if each.after is not None}
            applied = frozenset(use for use in planned.applied if use.path not in faults)
            found, tied = _check(examined, applied, after, search, target_path)
            if tied:
                return {}, tied
        if not found:
            break
        blamed = _blame(found, pending, examined)
        faults.update(blamed)
        pending = [each for each in pending if not each & blamed.keys()]
    return faults, {}


def _check(
    examined: Sequence[Examined],
    applied: frozenset[Use],
    after: Mapping[str, bytes],
    search: _Search,
    target_path: str,
) -> tuple[dict[str, str], dict[Use, str]]:
    """Search all files that change, or whose finder reads one that does, as planned; and compare."""
    # What was not searched before (it names nothing old) has nothing to be compared with.
    searched = [each for each in examined if not each.irrelevant]
    affected = [each for each in searched if each.candidate.path in after or each.reads & after.keys()]
    found: dict[str, str] = {}
    tied: dict[Use, str] = {}
    for old, new in zip(affected, search([each.candidate for each in affected], after), strict=True):
        fault = new.failed
        try:
            verify.check(old.findings, new.findings, applied, target_path)
        except verify.VerificationError as error:
            fault = fault or str(error)
        except verify.SideEffectError as error:
            guilty = _guilty(old, applied, after, error.start)
            tied.update(dict.fromkeys(guilty, _also_read(old, error.start)))
            fault = fault or ("" if guilty else str(error))
        if fault:
            found[old.candidate.path] = (
                f"the check before writing failed, which is nf-migrate's fault: {fault}"
            )
    return found, tied


def _guilty(old: Examined, applied: frozenset[Use], after: Mapping[str, bytes], start: int) -> list[Use]:
    """The applied uses that edit what the file reads; where there are none, those that edit the file.

    start: of the request that would change. Uses of its own operation come before all others.
    """
    own = {old.candidate.path}
    read = (old.reads & after.keys()) - own
    operations = {use.operation for use in old.findings.uses if use.start == start}
    for paths in (read, own):
        uses = [use for use in applied if paths & {edit.path for edit in use.edits}]
        if uses:
            return [use for use in uses if use.operation in operations] or uses
    return []


def _also_read(old: Examined, start: int) -> str:
    line = next((f":{use.line}" for use in old.findings.uses if use.start == start), "")
    place = f"{old.candidate.path}{line}"
    return f"its edits would also change the request in {place}, which is not migrated with it"


def _orphaned_doubles(examined: Sequence[Examined], planned: plan.Plan) -> dict[Use, str]:
    """Mocks that would answer the new request while the code under test still sends the old one.

    The code under test is what the mock's file reads: the modules that it imports.
    """
    left = [
        use
        for uses in planned.uses.values()
        for use in uses
        if use.kind in REQUEST_KINDS and use not in planned.applied
    ]
    reads = {each.candidate.path: each.reads | {each.candidate.path} for each in examined}
    found: dict[Use, str] = {}
    for double in planned.applied:
        if double.kind != TEST_DOUBLE:
            continue
        code = (use for use in left if use.operation == double.operation and use.path in reads[double.path])
        first = min(code, key=lambda use: (use.path, use.start), default=None)
        if first:
            found[double] = f"{first.path}:{first.line}, which sends this request, is not migrated with it"
    return found


def _blame(
    found: Mapping[str, str], pending: Sequence[frozenset[str]], examined: Sequence[Examined]
) -> dict[str, str]:
    """The faults, spread to all paths of the components that they come from.

    A fault may come from the file itself or, where it persists without that file's edits, from one
    that its finder reads.
    """
    reads = {each.candidate.path: each.reads | {each.candidate.path} for each in examined}
    blamed: dict[str, str] = {}
    for path, fault in found.items():
        own = [each for each in pending if path in each]
        guilty = own or [each for each in pending if each & reads.get(path, frozenset())]
        for each in guilty or pending:
            blamed.update(dict.fromkeys(each, f"{path}: {fault}"))
    return blamed


def _result(
    each: Examined, planned: plan.Plan, contents: Mapping[str, _Content], faults: Mapping[str, str]
) -> FileResult:
    path = each.candidate.path
    uses = planned.uses.get(path, ())
    base = FileResult(path, Outcome.CLEAN, "", uses, each.findings.dismissals, repository=each.candidate.root)
    if each.candidate.skip:
        return replace(base, outcome=Outcome.SKIPPED, reason=each.candidate.skip)
    if each.failed:
        return replace(base, outcome=Outcome.FAILED, reason=each.failed)
    if path in contents or path in faults:
        return _edited(base, contents.get(path, _Content()), faults)
    if uses and all(use.accepted for use in uses):
        return replace(base, outcome=Outcome.ACCEPTED, reason="every use here is accepted as it is")
    if uses and all(state_of(use) in SETTLED for use in uses):
        return base
    if uses:
        reason = "held back by a prerequisite" if all(use.held for use in uses) else ""
        return replace(base, outcome=Outcome.REVIEW, reason=reason)
    if each.findings.dismissals:
        return replace(base, outcome=Outcome.NOT_OURS, reason=each.findings.dismissals[0].reason)
    return base


def _edited(base: FileResult, content: _Content, faults: Mapping[str, str]) -> FileResult:
    outcome, reason = Outcome.WOULD_REWRITE, base.reason
    if base.path in faults:
        outcome, reason = Outcome.FAILED, faults[base.path]
    elif content.after is None:
        outcome = Outcome.REVIEW
    return replace(base, outcome=outcome, reason=reason, before=content.before, after=content.after)


def _elsewhere(path: str, content: _Content, faults: Mapping[str, str]) -> FileResult:
    """Result of a file that holds no use itself and is edited through one in another file."""
    reason = "edited together with the use that reads it"
    base = FileResult(path, Outcome.WOULD_REWRITE, reason, repository=content.root)
    return _edited(base, content, faults)
