"""The run as a GitLab Code Quality report: a JSON array in a subset of Code Climate's issues.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import json
from typing import Any

from migrate.accounts import SETTLED, Accounts, State
from migrate.fingerprint import fingerprints
from migrate.model import FileResult, Run, Use
from migrate.report import RenderOptions
from migrate.report.words import LEVELS, valid, visible, whole_message

_SEVERITIES = {"error": "critical", "warning": "major", "note": "info"}


def render(run: Run, options: RenderOptions) -> str:
    """An element for each use that asks for something. Fingerprints are unique and survive moved lines."""
    accounts = Accounts.of(run)
    names = fingerprints(run.uses, options.where)
    issues = [
        _issue(use, state, each, name, options.where.of(use.path))
        for (use, state, each), name in zip(accounts.uses, names, strict=True)
        if state not in SETTLED
    ]
    return json.dumps(issues, ensure_ascii=not options.unicode, indent=2) + "\n"


def _issue(use: Use, state: State, file: FileResult, name: str, path: str) -> dict[str, Any]:
    return {
        "type": "issue",
        "check_name": f"nf-migrate/{use.kind}",
        "description": visible(whole_message(use, state, file)),
        "categories": ["Compatibility"],
        "severity": _SEVERITIES[LEVELS[state]],
        "fingerprint": name,
        "location": {"path": valid(path), "lines": {"begin": use.line, "end": use.end_line}},
    }
