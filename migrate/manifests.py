"""The ranges in which a project asks for the client: in package.json, deno.json, a workspace of pnpm.

https://docs.npmjs.com/cli/configuring-npm/package-json (dependencies, overrides, ``npm:`` aliases),
https://pnpm.io/catalogs, https://docs.deno.com/runtime/fundamentals/modules (import maps).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from migrate import contract
from migrate.lockfiles import SECTIONS
from migrate.source import Source

PACKAGE_JSON = "package.json"
PNPM_WORKSPACE = "pnpm-workspace.yaml"
NAMES = (PACKAGE_JSON, "deno.json", "deno.jsonc")
_OVERRIDES = ("overrides", "resolutions", "pnpm")
_PACKAGE = contract.JS_CLIENT_PACKAGE
_NAME = re.escape(_PACKAGE)
_OVERRIDDEN = re.compile(rf"(?:^|[/>]){_NAME}(?:@[^>]*)?$")
SPECIFIER = re.compile(rf"(?:^|[:/]){_NAME}(?:@(?P<range>[^/?#]+))?(?:[/?#]|$)")
"""A specifier that names the client: plain, with a version (``npm:``, a CDN), or of a file in it."""

Range = tuple[int, int, str]
"""Start and end of a range in the characters of a text, and the range."""


def ranges(manifest: Source) -> Iterator[Range]:
    """The ranges of the client in a manifest. Raises ValueError where one that names it can't be parsed."""
    from migrate.structured import document  # noqa: PLC0415 (only where a client call was found)

    is_package = PurePosixPath(manifest.path).name == PACKAGE_JSON
    if _PACKAGE not in manifest.text:
        return
    root = document.only_root(document.parse(manifest.text, "json" if is_package else "jsonc"))
    for section in SECTIONS if is_package else ("imports",):
        pair = document.find_pair(root, section)
        for each in getattr(pair.value, "pairs", ()) if pair is not None else ():
            if document.is_text(each.value):
                yield from _in_value(manifest.text, each.name, each.value.start + 1, each.value.end - 1)
    for section in _OVERRIDES if is_package else ():
        pair = document.find_pair(root, section)
        if pair is not None:
            yield from _overrides(manifest.text, pair.value)


def _in_value(text: str, name: str | None, start: int, end: int) -> Iterator[Range]:
    value = text[start:end]
    found = SPECIFIER.search(value)
    if found is not None and found["range"]:
        yield start + found.start("range"), start + found.end("range"), found["range"]
    elif name == _PACKAGE and found is None:
        yield start, end, value


def _overrides(text: str, node: Any) -> Iterator[Range]:
    from migrate.structured import document  # noqa: PLC0415

    for pair in getattr(node, "pairs", ()):
        if document.is_text(pair.value):
            start, end = pair.value.start + 1, pair.value.end - 1
            if _OVERRIDDEN.search(pair.name or "") and not text[start:end].startswith("$"):
                yield from _in_value(text, _PACKAGE, start, end)
        else:
            yield from _overrides(text, pair.value)


def aliases(manifest: Source) -> Iterator[str]:
    """The names under which a manifest brings in the client, beside its own."""
    from migrate.structured import document  # noqa: PLC0415

    try:
        root = document.load(manifest.text, "jsonc") if _PACKAGE in manifest.text else None
    except ValueError:
        return
    for section in (*SECTIONS, "imports"):
        entries = root.get(section) if isinstance(root, dict) else None
        for name, value in entries.items() if isinstance(entries, dict) else ():
            if isinstance(value, str) and SPECIFIER.search(value):
                yield name


def catalog_range(text: str, workspace: Source | None) -> str | None:
    """The range that ``catalog:`` stands for in a workspace; None where that is not known."""
    if not text.startswith("catalog:"):
        return None
    name = text.removeprefix("catalog:").strip()
    whole = _load(workspace)
    catalogs = whole.get("catalogs")
    named = catalogs.get(name or "default") if isinstance(catalogs, dict) else None
    found = whole.get("catalog") if name in ("", "default") and named is None else named
    value = found.get(_PACKAGE) if isinstance(found, dict) else None
    return value if isinstance(value, str) else None


def workspace_override(workspace: Source | None) -> str:
    """The version that a workspace of pnpm forces on its packages ("" for none)."""
    found = _load(workspace).get("overrides")
    entries = found.items() if isinstance(found, dict) else ()
    return next((str(value) for name, value in entries if _OVERRIDDEN.search(str(name))), "")


def _load(workspace: Source | None) -> Mapping[str, Any]:
    from migrate.structured import document  # noqa: PLC0415

    try:
        value = document.load(workspace.text, "yaml") if workspace is not None else None
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
