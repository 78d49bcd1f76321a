"""The whole flow: candidates → examine → plan → verify → one result for each file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from migrate import plan, verify
from migrate.examine import Examined, Progress, examine
from migrate.model import Candidate, FileResult, Options, Outcome, Run, Use
from migrate.project import Project


@dataclass(frozen=True, slots=True)
class _Content:
    """Old and new bytes of a file to be edited, or what is wrong with it."""

    before: bytes | None = None
    after: bytes | None = None
    fault: str = ""


_Search = Callable[[Sequence[Candidate], Mapping[str, bytes]], list[Examined]]


def run(
    command: str,
    candidates: Sequence[Candidate],
    options: Options,
    jobs: int = 1,
    on_progress: Progress | None = None,
    overlay: Mapping[str, bytes] | None = None,
) -> Run:
    """Examine the candidates and plan what can be rewritten. Writes nothing.

    jobs: worker processes; the result is the same for any number. overlay: contents to use
    instead of the disk's (standard input, for one), by path.
    """
    given = dict(overlay or {})

    def search(some: Sequence[Candidate], contents: Mapping[str, bytes]) -> list[Examined]:
        return list(examine(some, options, {**given, **contents}, jobs, sieve=False))

    examined = [
        each
        for each in examine(candidates, options, given, jobs, on_progress)
        if not each.irrelevant or each.candidate.explicit
    ]
    planned = plan.make([use for each in examined for use in each.findings.uses])
    contents = _contents(examined, planned, options, given)
    faults = _faults(examined, planned, contents, search, options.target_path)
    results = [_result(each, planned, contents, faults) for each in examined]
    known = {each.candidate.path for each in examined}
    results += [_elsewhere(path, contents[path], faults) for path in planned.edits if path not in known]
    return Run(command, tuple(sorted(results, key=lambda result: result.path)))


def _contents(
    examined: Sequence[Examined], planned: plan.Plan, options: Options, overlay: Mapping[str, bytes]
) -> dict[str, _Content]:
    root_of = {each.candidate.path: each.candidate.root for each in examined}
    roots = {edit.path: root_of[use.path] for use in planned.applied for edit in use.edits}
    found: dict[str, _Content] = {}
    for path, edits in planned.edits.items():
        source = Project(roots[path], options, overlay).read(path)
        if source is None:
            found[path] = _Content(fault="vanished while it was examined")
            continue
        try:
            found[path] = _Content(source.data, plan.apply_edits(source.data, edits))
        except plan.StaleEditError as error:
            found[path] = _Content(fault=f"changed while it was examined ({error}); run again")
    return found


def _faults(
    examined: Sequence[Examined],
    planned: plan.Plan,
    contents: Mapping[str, _Content],
    search: _Search,
    target_path: str,
) -> dict[str, str]:
    """What is wrong, by path, for every path that would change together with a faulty one.

    All components are checked at once against the whole planned state; where some fail, the others
    are checked again without them, until what is left holds.
    """
    faults: dict[str, str] = {}
    pending = list(planned.components)
    while pending:
        edited = {path: contents[path] for each in pending for path in each if path in contents}
        found = {path: each.fault for path, each in edited.items() if each.fault}
        if not found:
            after = {path: each.after for path, each in edited.items() if each.after is not None}
            applied = frozenset(use for use in planned.applied if use.path not in faults)
            found = _check(examined, applied, after, search, target_path)
        if not found:
            break
        blamed = _blame(found, pending, examined)
        faults.update(blamed)
        pending = [each for each in pending if not each & blamed.keys()]
    return faults


def _check(
    examined: Sequence[Examined],
    applied: frozenset[Use],
    after: Mapping[str, bytes],
    search: _Search,
    target_path: str,
) -> dict[str, str]:
    """Search all files that change, or whose finder reads one that does, as planned; and compare."""
    # What was not searched before (it names nothing old) has nothing to be compared with.
    searched = [each for each in examined if not each.irrelevant]
    affected = [each for each in searched if each.candidate.path in after or each.reads & after.keys()]
    found: dict[str, str] = {}
    for old, new in zip(affected, search([each.candidate for each in affected], after), strict=True):
        fault = new.failed
        try:
            verify.check(old.findings, new.findings, applied, target_path)
        except verify.VerificationError as error:
            fault = fault or str(error)
        if fault:
            found[old.candidate.path] = (
                f"the check before writing failed, which is nf-migrate's fault: {fault}"
            )
    return found


def _blame(
    found: Mapping[str, str], pending: Sequence[frozenset[str]], examined: Sequence[Examined]
) -> dict[str, str]:
    """The faults, spread to all paths of the components that they come from.

    A fault may come from the file itself or from one that its finder reads.
    """
    reads = {each.candidate.path: each.reads | {each.candidate.path} for each in examined}
    blamed: dict[str, str] = {}
    for path, fault in found.items():
        guilty = [each for each in pending if each & reads.get(path, frozenset({path}))]
        for each in guilty or pending:
            blamed.update(dict.fromkeys(each, f"{path}: {fault}"))
    return blamed


def _result(
    each: Examined, planned: plan.Plan, contents: Mapping[str, _Content], faults: Mapping[str, str]
) -> FileResult:
    path = each.candidate.path
    uses = planned.uses.get(path, ())
    base = FileResult(path, Outcome.CLEAN, "", uses, each.findings.dismissals)
    if each.candidate.skip:
        return replace(base, outcome=Outcome.SKIPPED, reason=each.candidate.skip)
    if each.failed:
        return replace(base, outcome=Outcome.FAILED, reason=each.failed)
    if path in contents or path in faults:
        return _edited(base, contents.get(path, _Content()), faults)
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
    base = FileResult(path, Outcome.WOULD_REWRITE, "edited together with the use that reads it")
    return _edited(base, content, faults)
