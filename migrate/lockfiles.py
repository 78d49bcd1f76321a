"""Which version of the API's JavaScript client a lockfile holds.

package-lock.json and npm-shrinkwrap.json (npm), yarn.lock (classic and berry), pnpm-lock.yaml, bun.lock.
"""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import Any

from migrate import contract

SECTIONS = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
INSTALLS = {
    "package-lock.json": "npm install",
    "npm-shrinkwrap.json": "npm install",
    "yarn.lock": "yarn install",
    "pnpm-lock.yaml": "pnpm install",
    "bun.lock": "bun install",
    "bun.lockb": "bun install",
}
"""The command that installs, by the lockfile's name."""
_PACKAGE = contract.JS_CLIENT_PACKAGE
_VERSION = re.compile(r"v?(\d+)(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-([\w.-]+))?(?:\+[\w.-]+)?")

Version = tuple[int, int, int]


def version(text: str) -> Version | None:
    """Major, minor and patch of a version; None where it is none. A pre-release counts as the one before."""
    found = _VERSION.fullmatch(text.strip())
    if found is None:
        return None
    major, minor, patch = (int(part) if part and part.isdigit() else 0 for part in found.groups()[:3])
    if found[4]:
        return (
            (major, minor, patch - 1)
            if patch
            else (major, minor - 1, 10**6)
            if minor
            else (major - 1, 10**6, 0)
        )
    return major, minor, patch


def locked_version(name: str, text: str, folder: str, ranges: list[str]) -> str:
    """The client's version in a lockfile's text ("" where there is none).

    name: the lockfile's name; folder: the package's folder relative to the lockfile's ("." for the
    same); ranges: what its package.json asks for.
    """
    try:
        if name in ("package-lock.json", "npm-shrinkwrap.json"):
            return _npm(json.loads(text), folder)
        if name == "yarn.lock":
            return _yarn(text, ranges)
        if name == "pnpm-lock.yaml":
            return _pnpm(text, folder)
        return _bun(text)
    except (ValueError, RecursionError):
        return ""


def _npm(lock: Any, folder: str) -> str:
    packages = lock.get("packages") if isinstance(lock, dict) else None
    if isinstance(packages, dict):
        places = [*(str(each) for each in PurePosixPath(folder, "x").parents)]
        for place in places:
            key = f"node_modules/{_PACKAGE}" if place == "." else f"{place}/node_modules/{_PACKAGE}"
            found = packages.get(key)
            if isinstance(found, dict):
                return str(found.get("version", ""))
    old = lock.get("dependencies") if isinstance(lock, dict) else None
    found = old.get(_PACKAGE) if isinstance(old, dict) else None
    return str(found.get("version", "")) if isinstance(found, dict) else ""


_YARN_BLOCK = re.compile(r"^(?P<head>\S.*):\r?\n(?P<body>(?:[ \t]+.*(?:\r?\n|$))+)", re.MULTILINE)
_YARN_VERSION = re.compile(r"""^\s+version:?\s+["']?([^"'\s]+)""", re.MULTILINE)


def _yarn(text: str, ranges: list[str]) -> str:
    fitting: list[str] = []
    others: list[str] = []
    for block in _YARN_BLOCK.finditer(text):
        names = [each.strip().strip("\"'") for each in block["head"].split(",")]
        asked = [each.removeprefix(f"{_PACKAGE}@") for each in names if each.startswith(f"{_PACKAGE}@")]
        found = _YARN_VERSION.search(block["body"]) if asked else None
        if found is not None:
            fits = any(each.removeprefix("npm:") in ranges for each in asked)
            (fitting if fits else others).append(found[1])
    return min(fitting or others, key=lambda each: version(each) or (0, 0, 0), default="")


def _pnpm(text: str, folder: str) -> str:
    import yaml  # noqa: PLC0415 (only where a pnpm lockfile is there)

    try:
        lock = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (a safe loader)
    except yaml.YAMLError:
        return ""
    if not isinstance(lock, dict):
        return ""
    importers = lock.get("importers")
    package = importers.get(folder) if isinstance(importers, dict) else lock
    for section in SECTIONS:
        entries = package.get(section) if isinstance(package, dict) else None
        found = entries.get(_PACKAGE) if isinstance(entries, dict) else None
        if found is not None:
            value = found.get("version") if isinstance(found, dict) else found
            return re.split(r"[(_]", str(value))[0]
    return ""


def _bun(text: str) -> str:
    found = re.search(rf'"{re.escape(_PACKAGE)}":\s*\[\s*"{re.escape(_PACKAGE)}@([^"]+)"', text)
    return found[1] if found else ""
