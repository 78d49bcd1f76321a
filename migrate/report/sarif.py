"""The run as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), with fixes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from migrate import contract
from migrate.accounts import Accounts, State
from migrate.fingerprint import fingerprints
from migrate.kinds import KINDS, Kind
from migrate.model import Edit, FileResult, Outcome, Run, Use
from migrate.report import RenderOptions
from migrate.report.places import Region, edit_region, sources_of, uri
from migrate.report.units import Unit, units_of
from migrate.report.words import HELP, LEVELS, valid, visible, whole_message
from migrate.source import Source

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_HOME = f"https://{contract.PRODUCT}.com/docs/v1/api/jobs/{contract.PUT_MANUAL.new_docs_page}"
_FINGERPRINT = "nfMigrate/v1"


def render(run: Run, options: RenderOptions) -> str:
    """One SARIF log with one run."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(run, options)]}
    return json.dumps(log, ensure_ascii=not options.unicode, indent=2) + "\n"


def _run(run: Run, options: RenderOptions) -> dict[str, Any]:
    accounts = Accounts.of(run)
    sources, units = sources_of(run), units_of(run, accounts)
    kinds = list(KINDS) + sorted({use.kind for use in run.uses} - KINDS.keys())
    rules = {kind: index for index, kind in enumerate(kinds)}
    names = fingerprints(run.uses, options.where)
    results = [
        _result(use, state, rules, name, _message(use, state, each))
        | {"locations": [{"physicalLocation": _location(use, options)}]}
        | _fixes(units.get(index), sources, options)
        for index, ((use, state, each), name) in enumerate(zip(accounts.uses, names, strict=True))
    ]
    return {
        "tool": {
            "driver": {
                "name": "nf-migrate",
                "version": options.tool_version,
                "semanticVersion": options.tool_version,
                "informationUri": _HOME,
                "rules": [_rule(kind) for kind in kinds],
            }
        },
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {
            _ROOT: {"description": {"text": "The top of the repository, else the directory searched from."}}
        },
        "invocations": [
            {
                "executionSuccessful": not accounts.outcomes[Outcome.FAILED],
                "toolExecutionNotifications": [
                    _notification(each, options)
                    for each in run.files
                    if each.outcome in (Outcome.FAILED, Outcome.SKIPPED)
                ],
            }
        ],
        "results": results,
    }


def _rule(name: str) -> dict[str, Any]:
    kind = KINDS.get(name) or Kind(name, "")
    example = markdown = ""
    if kind.before:
        example = f"\n\nBefore:\n{kind.before}\n\nAfter:\n{kind.after}"
        fence = f"```{kind.language}\n"
        markdown = f"\n\nBefore:\n\n{fence}{kind.before}\n```\n\nAfter:\n\n{fence}{kind.after}\n```"
    more = f"`{HELP} {name}` tells more."
    why = kind.why or kind.title
    return {
        "id": name,
        "shortDescription": {"text": f"{kind.title[:1].upper()}{kind.title[1:]}."},
        "fullDescription": {"text": why},
        "help": {"text": f"{why}{example}\n\n{more}", "markdown": f"{why}{markdown}\n\n{more}"},
        "helpUri": _HOME,
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["deprecation", "migration"], "precision": "high"},
    }


def _result(use: Use, state: State, rules: Mapping[str, int], name: str, message: str) -> dict[str, Any]:
    """A result but for where it is and how it is mended."""
    result: dict[str, Any] = {
        "ruleId": use.kind,
        "ruleIndex": rules[use.kind],
        "level": LEVELS[state],
        "message": {"text": message},
        "partialFingerprints": {_FINGERPRINT: name},
        "properties": {
            "state": state.value,
            "operation": use.operation,
            "language": use.language,
            "evidence": [valid(fact) for fact in use.evidence],
        },
    }
    if state is State.ACCEPTED:
        in_source = use.accepted.startswith("ignored")
        result["suppressions"] = [
            {
                "kind": "inSource" if in_source else "external",
                "status": "accepted",
                "justification": valid(use.accepted),
            }
        ]
    return result


def _message(use: Use, state: State, file: FileResult) -> str:
    """One paragraph; brackets and backslashes escaped, as they would make links (3.11.6)."""
    text = visible(whole_message(use, state, file))
    if use.evidence:
        text += f" Evidence: {', '.join(map(visible, use.evidence))}."
    for special in "\\[]":
        text = text.replace(special, f"\\{special}")
    return text


def _location(use: Use, options: RenderOptions) -> dict[str, Any]:
    region = _region(Region(use.line, use.column, use.end_line, use.end_column))
    found: dict[str, Any] = {"artifactLocation": _artifact(use.path, options), "region": region}
    if use.snippet:
        lines = {"startLine": use.line, "endLine": use.line + len(use.snippet.splitlines()) - 1}
        found["contextRegion"] = {**lines, "snippet": {"text": valid(use.snippet)}}
    return found


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _artifact(path: str, options: RenderOptions) -> dict[str, str]:
    where = uri(options.where.of(path))
    return {"uri": where} if where.startswith("file:") else {"uri": where, "uriBaseId": _ROOT}


def _fixes(unit: Unit | None, sources: Mapping[str, Source], options: RenderOptions) -> dict[str, Any]:
    """All edits of all uses that are changed together: to apply or to leave as one."""
    if unit is None or any(path not in sources for path in unit.paths):
        return {}
    changes = [
        {
            "artifactLocation": _artifact(path, options),
            "replacements": [_replacement(edit, sources[path]) for edit in unit.edits if edit.path == path],
        }
        for path in unit.paths
    ]
    what = {"text": "Use the operation that replaces it."}
    return {"fixes": [{"description": what, "artifactChanges": changes}]}


def _replacement(edit: Edit, source: Source) -> dict[str, Any]:
    found: dict[str, Any] = {"deletedRegion": _region(edit_region(edit, source))}
    if edit.new:
        found["insertedContent"] = {"text": edit.new.decode(source.encoding)}
    return found


def _notification(each: FileResult, options: RenderOptions) -> dict[str, Any]:
    return {
        "level": "error" if each.outcome is Outcome.FAILED else "note",
        "message": {"text": visible(f"{each.outcome.value}: {each.reason}")},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(each.path, options)}}],
    }
