"""Keeping what a report of a fault needs: both texts of every file whose check failed."""

from __future__ import annotations

import tempfile
from pathlib import Path

from migrate.cli import say
from migrate.model import FileResult, Outcome, Run


def keep_failed(run: Run) -> None:
    """Save both texts of each file whose planned text did not pass the check, and say where they are."""
    results = [
        each
        for each in run.files
        if each.outcome is Outcome.FAILED and each.before is not None and each.after is not None
    ]
    if not results:
        return
    try:
        place = _saved(results)
    except OSError as error:
        say(f"The texts of what failed the check can't be kept: {error.strerror}.")
        return
    say(
        "A check before writing failed, which is nf-migrate's own fault; those files are left alone. "
        f"To be reported, each as it is and as it was planned: {place}"
    )


def _saved(results: list[FileResult]) -> Path:
    """A new temporary folder with the files as they are (``.before``) and as planned (``.after``)."""
    folder = Path(tempfile.mkdtemp(prefix="nf-migrate-failed-"))
    for number, each in enumerate(results, start=1):
        name = f"{number}-{Path(each.path).name}"
        (folder / f"{name}.before").write_bytes(each.before or b"")
        (folder / f"{name}.after").write_bytes(each.after or b"")
    return folder
