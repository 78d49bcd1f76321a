"""Finder and rewriter for Python.

The file is evaluated symbolically: every function with unknown arguments, every call of a function of
the project in place. What is sent where, and what becomes of each payload, is noted on the way;
from these notes uses and edits are made. LibCST finds the nodes; edits are spans of the text.
"""

from __future__ import annotations

from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source

LANGUAGE = "python"


def find(source: Source, project: Project) -> Findings:
    """All uses, dismissals and request models of one Python file."""
    from migrate.find.python import finder  # noqa: PLC0415 (LibCST takes a quarter of a second)

    return finder.find(source, project)
