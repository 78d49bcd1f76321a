"""The check before anything is written or shown as an edit.

The planned text is searched again, by the same finder, as if it were on the disk. It must parse;
every request that was rewritten must be the contract's translation of the old one, every other
request must be the same; and a second pass must plan nothing. A failure is the tool's fault.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from migrate import contract
from migrate.model import HOLE, Action, Findings, RequestModel, Use


class VerificationError(Exception):
    """The planned text is not equivalent to the old one."""


class SideEffectError(Exception):
    """A request that is not rewritten would change through an edit made for another use.

    start: byte offset of the request in its file.
    """

    def __init__(self, start: int) -> None:
        super().__init__(f"the request at byte {start} would change without being migrated")
        self.start = start


def check(
    old: Findings, new: Findings, applied: frozenset[Use], target_path: str = contract.DEFAULT_TARGET_PATH
) -> None:
    """Compare what was found in one file before and after its planned edits.

    applied: the uses whose edits were made (of any file). Raises VerificationError, or
    SideEffectError where only a request that is not rewritten differs.
    """
    _check_readable(old, new)
    _check_requests(old, new, applied, target_path)
    _check_stable(old, new, applied)


def _check_readable(old: Findings, new: Findings) -> None:
    before = sum(use.kind == "unreadable" for use in old.uses)
    broken = [use for use in new.uses if use.kind == "unreadable"]
    if len(broken) > before:
        raise VerificationError(f"line {broken[0].line} of the new text can't be parsed: {broken[0].message}")


def _check_requests(old: Findings, new: Findings, applied: frozenset[Use], target_path: str) -> None:
    starts = {use.start for use in old.uses if use in applied}
    if len(old.requests) != len(new.requests):
        raise VerificationError(f"{len(old.requests)} requests before, {len(new.requests)} after")
    pairs = list(zip(old.requests, new.requests, strict=True))
    for before, after in pairs:
        if before.start in starts:
            expected = upgraded(before, target_path)
            if after.adapted:  # the function does the contract's move on whatever body it is given
                expected = replace(expected, bodies=None, adapted=True)
            _compare(expected, after)
    for before, after in pairs:
        if before.start not in starts:
            _compare_untouched(before, after)


def _compare_untouched(before: RequestModel, after: RequestModel) -> None:
    try:
        _compare(before, after)
    except VerificationError as error:
        raise SideEffectError(before.start) from error


def upgraded(request: RequestModel, target_path: str = contract.DEFAULT_TARGET_PATH) -> RequestModel:
    """The contract's translation of an old request's model.

    Raises VerificationError where the contract can't translate it: then it must not have been
    rewritten.
    """
    operation, path = _upgraded_path(request, target_path)
    if operation is None:
        return RequestModel(request.method, path, request.bodies, request.start, request.adapted)
    if request.bodies is None:
        return RequestModel(request.method, path, None, request.start, adapted=True)
    try:
        bodies = tuple(contract.upgrade_request(operation, body) for body in request.bodies)
    except contract.Untranslatable as error:
        raise VerificationError(f"a body that can't be translated was rewritten: {error.reason}") from error
    return RequestModel(request.method, path, bodies, request.start)


def _upgraded_path(request: RequestModel, target_path: str) -> tuple[contract.Operation | None, str]:
    if request.path in contract.BY_NAME:
        operation = contract.BY_NAME[request.path]
        return operation, operation.new_name
    found = contract.match(request.method, request.path, target_path)
    if found:
        path = request.path[: found.start] + found.replacement + request.path[found.end :]
        return found.operation, path
    documented = contract.match_documented_name(request.path)
    if documented and target_path != contract.DOCUMENTED_NAME:
        start, end = documented
        slash = "/" if request.path[start] == "/" else ""
        return None, request.path[:start] + slash + target_path.removeprefix("/") + request.path[end:]
    return None, request.path


def _compare(expected: RequestModel, found: RequestModel) -> None:
    if (expected.method, expected.path) != (found.method, found.path):
        wanted = f"{expected.method} {_shown(expected.path)}"
        raise VerificationError(f"expected {wanted}, found {found.method} {_shown(found.path)}")
    if expected.adapted != found.adapted:
        raise VerificationError(
            f"{found.method} {_shown(found.path)}: the run-time function is not where it belongs"
        )
    if _canonical_bodies(expected.bodies) != _canonical_bodies(found.bodies):
        raise VerificationError(
            f"{found.method} {_shown(found.path)}: the body is not the contract's translation: "
            f"expected {expected.bodies}, found {found.bodies}"
        )


def _shown(path: str) -> str:
    return path.replace(HOLE, "{…}")


def _canonical_bodies(bodies: Sequence[Mapping[str, Any]] | None) -> frozenset[str] | None:
    """The set of possible bodies, without the order of keys, which JSON gives no meaning."""
    return None if bodies is None else frozenset(repr(_canonical(body)) for body in bodies)


def _canonical(value: Any) -> Any:
    if isinstance(value, Mapping):
        return [("object", *sorted(((str(key), _canonical(each)) for key, each in value.items()), key=repr))]
    if isinstance(value, (list, tuple)):
        return [_canonical(each) for each in value]
    return value


def _check_stable(old: Findings, new: Findings, applied: frozenset[Use]) -> None:
    left = sum(use.action is Action.REWRITE and use not in applied for use in old.uses)
    again = [use for use in new.uses if use.action is Action.REWRITE]
    if len(again) > left:
        raise VerificationError(f"a second pass would change line {again[0].line} of the new text again")
