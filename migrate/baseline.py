"""A baseline: the uses that are known already, so that only new ones fail a check.

The file is JSON, sorted, one entry a use, to be committed and reviewed. Entries are matched by
fingerprint (`migrate.fingerprint`), so they survive moved lines. They hold no text of the uses, or
the file would hold uses itself.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from migrate.errors import UsageError
from migrate.fingerprint import fingerprints
from migrate.model import Run, Use
from migrate.pipeline import Adjust
from migrate.whereabouts import UNKNOWN, Whereabouts

VERSION = 1
_KEYS = ("fingerprint", "path", "kind")


@dataclass(frozen=True, slots=True)
class Baseline:
    """path: of the file; known: fingerprints of accepted uses."""

    path: str
    known: frozenset[str]


def load(path: str) -> Baseline:
    """Read a baseline. Raises UsageError where it can't be read or is not one."""
    hint = f"Write one: nf-migrate scan --write-baseline {path}"
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror or error}", hint) from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: not a baseline: {error}", hint) from error
    if not isinstance(found, dict) or found.get("version") != VERSION:
        raise UsageError(f"{path}: not a baseline of version {VERSION}.", hint)
    uses = found.get("uses")
    if not isinstance(uses, list) or not all(_is_entry(each) for each in uses):
        raise UsageError(f"{path}: `uses` is not a list of entries with a fingerprint.", hint)
    return Baseline(path, frozenset(each["fingerprint"] for each in uses))


def _is_entry(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("fingerprint"), str)


def adjuster(baseline: Baseline, where: Whereabouts = UNKNOWN) -> Adjust:
    """Marks the uses that the baseline knows. where: of the current directory."""

    def adjust(uses: Sequence[Use]) -> list[Use]:
        reason = f"known in {baseline.path}"
        return [
            replace(use, accepted=reason) if name in baseline.known and not use.accepted else use
            for use, name in zip(uses, fingerprints(uses, where), strict=True)
        ]

    return adjust


def text_of(run: Run, where: Whereabouts = UNKNOWN) -> str:
    """A baseline that knows every use of a run but those that a comment accepts already."""
    entries = [
        dict(zip(_KEYS, (name, where.of(use.path), use.kind), strict=True))
        for use, name in zip(run.uses, fingerprints(run.uses, where), strict=True)
        if not use.accepted.startswith("ignored")
    ]
    entries.sort(key=lambda each: (each["path"], each["fingerprint"]))
    return json.dumps({"version": VERSION, "uses": entries}, indent=2) + "\n"
