"""The run as JSON. The schema, ``migrate/schemas/report-v1.schema.json``, is a contract.

Within a version, members may be added, never removed or changed in meaning.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from migrate.fingerprint import fingerprints
from migrate.model import Action, Edit, FileResult, Outcome, Prerequisite, Run, Use
from migrate.report import RenderOptions
from migrate.report.accounts import Accounts, State
from migrate.report.places import sources_of
from migrate.report.words import valid

VERSION = 1


def render(run: Run, options: RenderOptions) -> str:
    """The report as one JSON document with a final newline."""
    return json.dumps(document(run, options), ensure_ascii=not options.unicode, indent=2) + "\n"


def document(run: Run, options: RenderOptions) -> dict[str, Any]:
    """The report as a JSON value that is valid by the schema."""
    accounts = Accounts.of(run)
    encodings = {path: source.encoding for path, source in sources_of(run).items()}
    names = fingerprints(run.uses)
    return {
        "version": VERSION,
        "tool": {"name": "nf-migrate", "version": options.tool_version},
        "command": run.command,
        "written": run.written,
        "uses": [
            {**_use(use, state, each, encodings), "fingerprint": name}
            for (use, state, each), name in zip(accounts.uses, names, strict=True)
        ],
        "files": [_file(each) for each in run.files],
        "totals": totals(accounts, run),
        "notes": list(run.notes),
    }


def totals(accounts: Accounts, run: Run) -> dict[str, Any]:
    """Counts: the states of the uses add up to their total, the outcomes to that of the files."""
    return {
        "searched": run.searched,
        "uses": {"total": len(accounts.uses), **{state.value: accounts.states[state] for state in State}},
        "files": {
            "total": len(run.files),
            **{outcome.value: accounts.outcomes[outcome] for outcome in Outcome},
        },
    }


def _use(use: Use, state: State, file: FileResult, encodings: Mapping[str, str]) -> dict[str, Any]:
    return {
        "path": valid(use.path),
        "line": use.line,
        "column": use.column,
        "end_line": use.end_line,
        "end_column": use.end_column,
        "start": use.start,
        "end": use.end,
        "snippet": use.snippet or None,
        "kind": use.kind,
        "operation": use.operation or None,
        "language": use.language,
        "action": use.action.value,
        "state": state.value,
        "message": use.message,
        "advice": use.advice,
        "evidence": list(use.evidence),
        "edits": [_edit(edit, encodings) for edit in use.edits if use.action is Action.REWRITE],
        "prerequisites": [_prerequisite(each) for each in use.prerequisites],
        "group": use.group or None,
        "accepted": use.accepted or None,
        "owners": list(file.owners),
        "repository": valid(file.repository) or None,
    }


def _edit(edit: Edit, encodings: Mapping[str, str]) -> dict[str, Any]:
    encoding = encodings.get(edit.path) or _guess(edit.old + edit.new)
    return {
        "path": valid(edit.path),
        "start": edit.start,
        "end": edit.end,
        "old": edit.old.decode(encoding),
        "new": edit.new.decode(encoding),
        "encoding": encoding,
    }


def _guess(data: bytes) -> str:
    """An encoding that the bytes survive, for an edit whose file is not in the run."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return "latin-1"
    return "utf-8"


def _prerequisite(each: Prerequisite) -> dict[str, Any]:
    return {"id": each.id, "text": each.text, "met": each.met, "command": each.command or None}


def _file(each: FileResult) -> dict[str, Any]:
    return {
        "path": valid(each.path),
        "outcome": each.outcome.value,
        "reason": each.reason or None,
        "uses": len(each.uses),
        "not_ours": [{"line": one.line, "reason": one.reason} for one in each.dismissals],
        "owners": list(each.owners),
        "repository": valid(each.repository) or None,
    }
