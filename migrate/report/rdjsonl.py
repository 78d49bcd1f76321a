"""The run in the Reviewdog Diagnostic Format, one JSON object a line.

Columns are 1-based and count bytes of UTF-8, the end is exclusive (reviewdog.proto, `Position`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from migrate.accounts import SETTLED, Accounts, State
from migrate.model import FileResult, Run, Use
from migrate.report import RenderOptions
from migrate.report.places import Region, edit_region, in_utf8, sources_of, use_in_utf8
from migrate.report.units import Unit, merged, units_of
from migrate.report.words import LEVELS, docs_url, valid, visible, whole_message
from migrate.source import Source

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "note": "INFO"}


def render(run: Run, options: RenderOptions) -> str:
    """A line for each use that asks for something."""
    accounts = Accounts.of(run)
    sources, units = sources_of(run), units_of(run, accounts)
    lines = [
        _diagnostic(index, use, state, each, units.get(index), sources)
        for index, (use, state, each) in enumerate(accounts.uses)
        if state not in SETTLED
    ]
    return "".join(json.dumps(line, ensure_ascii=not options.unicode) + "\n" for line in lines)


def _diagnostic(
    index: int, use: Use, state: State, file: FileResult, unit: Unit | None, sources: Mapping[str, Source]
) -> dict[str, Any]:
    message = visible(whole_message(use, state, file))
    region = use_in_utf8(use)
    found: dict[str, Any] = {
        "message": message,
        "location": {
            "path": valid(use.path),
            "range": _range(region) if region else {"start": {"line": use.line}},
        },
        "severity": _SEVERITIES[LEVELS[state]],
        "source": {"name": "nf-migrate", "url": docs_url(use)},
        "code": {"value": use.kind, "url": docs_url(use)},
    }
    if unit is None:
        return found
    elsewhere = [path for path in unit.paths if path != use.path]
    if elsewhere:
        found["message"] += f" The change also touches {', '.join(map(visible, elsewhere))}: take the patch."
    elif index != unit.first:
        found["message"] += " It is part of a change that begins above, and is suggested there."
    elif use.path in sources:
        source = sources[use.path]
        edit = merged(unit, source)
        text = edit.new.decode(source.encoding)
        found["suggestions"] = [{"range": _range(in_utf8(edit_region(edit, source), source)), "text": text}]
    return found


def _range(region: Region) -> dict[str, Any]:
    return {
        "start": {"line": region.line, "column": region.column},
        "end": {"line": region.end_line, "column": region.end_column},
    }
