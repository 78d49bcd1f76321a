"""The status of a fleet as JSON, by ``migrate/schemas/fleet-status-v1.schema.json``."""

from __future__ import annotations

import json
from typing import Any

from migrate.fleet.burndown import Burndown, Group, Line, Point, Problem
from migrate.proxy.report import as_json
from migrate.report import RenderOptions
from migrate.report.words import valid

VERSION = 1


def render(found: Burndown, options: RenderOptions) -> str:
    """The document. Times are seconds since 1970."""
    value = {
        "version": VERSION,
        "tool": {"name": "nf-migrate", "version": options.tool_version},
        "time": found.now,
        "statuses": {status.value: number for status, number in found.statuses.items()},
        "uses": _counts(found.uses),
        "by": {name: [_group(each) for each in groups] for name, groups in found.by.items()},
        "repositories": [_line(each) for each in found.repositories],
        "over_time": [_point(each) for each in found.over_time],
        "problems": [_problem(each) for each in found.problems],
        "usage": json.loads(as_json(found.usage)) if found.usage else None,
    }
    return valid(json.dumps(value, indent=2, ensure_ascii=not options.unicode)) + "\n"


def _counts(group: Group) -> dict[str, int]:
    return {"open": group.open, **group.actions}


def _group(each: Group) -> dict[str, Any]:
    return {"name": each.name, "uses": _counts(each)}


def _line(each: Line) -> dict[str, Any]:
    return {
        "name": each.name,
        "status": each.status.value,
        "reason": each.reason or None,
        "uses": _counts(each.uses) if each.scanned else None,
        "pull_request": each.pull_request or None,
        "updated": each.updated or None,
    }


def _point(each: Point) -> dict[str, Any]:
    return {"time": each.time, "repositories": each.repositories, "uses": _counts(each.uses)}


def _problem(each: Problem) -> dict[str, Any]:
    return {"message": each.message, "failed": each.failed, "repositories": list(each.repositories)}
