"""A planned run as one patch that ``git apply`` takes and ``git apply -R`` undoes."""

from __future__ import annotations

import os

from migrate import diff, git
from migrate.errors import UsageError
from migrate.model import Outcome, Run


def of_run(run: Run) -> bytes:
    """The patch of all files that are or would be rewritten; empty where there are none.

    Paths are relative to the top of the files' repository (outside of git: to the current
    directory). Bytes throughout, so every encoding, newline and file name survives.

    Raises UsageError where the files are in more than one repository: no patch can hold them.
    """
    tops: set[str] = set()
    parts: dict[str, bytes] = {}
    for each in run.files:
        if each.outcome in (Outcome.WOULD_REWRITE, Outcome.REWRITTEN) and each.before is not None:
            target = os.path.realpath(each.path)
            top = git.top_of(os.path.dirname(target)) or os.getcwd()
            tops.add(top)
            relative = os.path.relpath(target, top)
            parts[relative] = diff.unified(relative, each.before, each.after or b"")
    if len(tops) > 1:
        raise UsageError(
            f"The changes are in {len(tops)} repositories: {', '.join(sorted(tops))}.",
            "Run once for each of them.",
        )
    return b"".join(parts[path] for path in sorted(parts))
