"""The run as a patch for ``git apply``."""

from __future__ import annotations

from migrate import diff
from migrate.accounts import change_of
from migrate.model import Run
from migrate.report import RenderOptions


def render(run: Run, options: RenderOptions) -> str:  # noqa: ARG001 (the formats' common signature)
    """The changes of all files. Bytes that are not UTF-8 are surrogate escapes (PEP 383).

    Write it with ``encode("utf-8", "surrogateescape")``, without translating newlines.
    """
    return patch_of(run).decode("utf-8", "surrogateescape")


def patch_of(run: Run) -> bytes:
    """The patch itself."""
    changes = ((each.path, change_of(each)) for each in run.files)
    return b"".join(diff.unified(path, *change) for path, change in changes if change)
