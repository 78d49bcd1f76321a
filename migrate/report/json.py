"""The run as JSON. The schema, ``migrate/schemas/report-v1.schema.json``, is a contract.

Within a version, members may be added, never removed or changed in meaning.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from migrate.accounts import Accounts, State
from migrate.fingerprint import fingerprints
from migrate.model import Action, Edit, FileResult, Outcome, Prerequisite, Run, Use
from migrate.report import RenderOptions
from migrate.report.places import sources_of
from migrate.report.words import valid

VERSION = 1


def render(run: Run, options: RenderOptions) -> str:
    """The report as one JSON document with a final newline."""
    return json.dumps(_valid(document(run, options)), ensure_ascii=not options.unicode, indent=2) + "\n"


def document(run: Run, options: RenderOptions) -> dict[str, Any]:
    """The report as a JSON value that is valid by the schema."""
    accounts = Accounts.of(run)
    encodings = {path: source.encoding for path, source in sources_of(run).items()}
    names = fingerprints(run.uses, options.where)
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


def _valid(value: Any) -> Any:
    """The value with all its texts as valid Unicode."""
    if isinstance(value, str):
        return valid(value)
    if isinstance(value, dict):
        return {key: _valid(each) for key, each in value.items()}
    return [_valid(each) for each in value] if isinstance(value, list) else value


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
        "path": use.path,
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
        "repository": file.repository or None,
    }


def _edit(edit: Edit, encodings: Mapping[str, str]) -> dict[str, Any]:
    likely = (encodings.get(edit.path, "utf-8"), "utf-8", "latin-1")
    encoding = next(each for each in likely if _survives(edit, each))
    return {
        "path": edit.path,
        "start": edit.start,
        "end": edit.end,
        "old": edit.old.decode(encoding),
        "new": edit.new.decode(encoding),
        "encoding": encoding,
    }


def _survives(edit: Edit, encoding: str) -> bool:
    """Whether an edit's bytes can be told as text in an encoding."""
    try:
        edit.old.decode(encoding)
        edit.new.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _prerequisite(each: Prerequisite) -> dict[str, Any]:
    return {"id": each.id, "text": each.text, "met": each.met, "command": each.command or None}


def _file(each: FileResult) -> dict[str, Any]:
    return {
        "path": each.path,
        "outcome": each.outcome.value,
        "reason": each.reason or None,
        "uses": len(each.uses),
        "not_ours": [{"line": one.line, "reason": one.reason} for one in each.dismissals],
        "owners": list(each.owners),
        "repository": each.repository or None,
    }
