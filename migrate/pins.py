"""Which version of the API's JavaScript client a package pins, and what to change where it is too old.

The call of the successor exists from `contract.FIRST_CLIENT_WITH_SUCCESSOR` on. What is pinned is
read from package.json and from the lockfile beside it or above it: package-lock.json and
npm-shrinkwrap.json (npm), yarn.lock (classic and berry), pnpm-lock.yaml, bun.lock.

Ranges: https://github.com/npm/node-semver#ranges. Own subset, since nothing maintained tells the
*lowest* version of a range: exact versions, ``^ ~ = > >=``, ``x`` and partial versions, hyphen
ranges, ``||``. Anything else (``workspace:``, ``catalog:``, ``git+…``, ``file:``) is not
understood, and said so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from migrate import contract
from migrate.model import Edit, Prerequisite
from migrate.project import Project
from migrate.source import Source

ID = "js-client-version"
MANIFEST = "package.json"
SECTIONS = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
OVERRIDES = ("overrides", "resolutions")
_PACKAGE = contract.JS_CLIENT_PACKAGE
_INSTALLS = {
    "package-lock.json": "npm install",
    "npm-shrinkwrap.json": "npm install",
    "yarn.lock": "yarn install",
    "pnpm-lock.yaml": "pnpm install",
    "bun.lock": "bun install",
    "bun.lockb": "bun install",
}
_VERSION = re.compile(r"v?(\d+)(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-([\w.-]+))?(?:\+[\w.-]+)?")
_COMPARATOR = re.compile(r"(\^|~>?|>=|<=|>|<|=)?\s*(v?\d[\w.*+-]*|[xX*])")

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


REQUIRED = version(contract.FIRST_CLIENT_WITH_SUCCESSOR) or (0, 0, 0)


def lowest(text: str) -> Version | None:
    """The lowest version that a range allows; None where the range is not understood."""
    found = [_lowest_of_all(part.strip()) for part in text.split("||")]
    known = [each for each in found if each is not None]
    return min(known) if len(known) == len(found) else None


def _lowest_of_all(text: str) -> Version | None:
    if text in ("", "*", "x", "X"):
        return (0, 0, 0)
    hyphen = re.fullmatch(r"(\S+)\s+-\s+(\S+)", text)
    if hyphen:
        return version(hyphen[1])
    position, best = 0, (0, 0, 0)
    for found in _COMPARATOR.finditer(text):
        if text[position : found.start()].strip():
            return None
        position = found.end()
        operator, name = found[1] or "=", found[2]
        given = (0, 0, 0) if name in ("*", "x", "X") else version(name)
        if given is None:
            return None
        if operator in (">", "^", "~", "~>", ">=", "="):
            best = max(best, (given[0], given[1], given[2] + 1) if operator == ">" else given)
    return best if position and not text[position:].strip() else None


def raised(text: str) -> str:
    """The range that asks for the first client with the successor, in the style of an old range."""
    found = re.fullmatch(r"\s*(\^|~|>=|=)?\s*(v?)\d[\w.+-]*\s*", text)
    operator = found[1] or "" if found else "^"
    return f"{operator}{contract.FIRST_CLIENT_WITH_SUCCESSOR}"


@dataclass(frozen=True)
class Pin:
    """What a package pins. ranges: spans of the ranges in package.json with their texts.

    locked: the version in the lockfile ("" where there is none); lockfile: its path; unclear: what
    was not understood.
    """

    manifest: Source
    ranges: tuple[tuple[int, int, str], ...]
    lockfile: str = ""
    locked: str = ""
    unclear: str = ""

    @property
    def new_enough(self) -> bool:
        """Whether the successor's method is there with what is pinned."""
        if self.locked:
            found = version(self.locked)
            return found is not None and found >= REQUIRED
        return not self.unclear and all(_at_least(text) for _, _, text in self.ranges)

    @property
    def command(self) -> str:
        """The command that installs what package.json says."""
        program = _INSTALLS.get(PurePosixPath(self.lockfile).name, "npm install")
        folder = str(PurePosixPath(self.manifest.path).parent)
        return program if folder == "." else f"(cd {folder} && {program})"


def _at_least(text: str) -> bool:
    found = lowest(text)
    return found is not None and found >= REQUIRED


def requirement(path: str, project: Project) -> tuple[tuple[Prerequisite, ...], tuple[Edit, ...]]:
    """What a rewritten client call in a file needs: the prerequisites, and edits of package.json.

    Both are empty where no package.json above the file names the client.
    """
    pin = find_pin(path, project)
    if pin is None:
        return (), ()
    needs = f"{_PACKAGE} {contract.FIRST_CLIENT_WITH_SUCCESSOR} or newer"
    if pin.new_enough:
        return (), ()
    states = ", ".join(dict.fromkeys(text for _, _, text in pin.ranges))
    locked = f", {PurePosixPath(pin.lockfile).name} has {pin.locked}" if pin.locked else ""
    told = f"{pin.manifest.path} asks for {states}{locked}"
    if pin.unclear:
        text = f"Needs {needs}; {pin.unclear}. Make sure of the version, then rewrite again."
        return (Prerequisite(ID, text, met=False, command=_by_hand(pin)),), ()
    edits = _edits(pin)
    if not project.options.dependency_edits or not edits:
        return (Prerequisite(ID, f"Needs {needs}; {told}.", met=False, command=_by_hand(pin)),), ()
    text = f"Needs {needs}; {told}. The range is raised; install it with the change."
    return (Prerequisite(ID, text, met=True, command=pin.command),), edits


def _by_hand(pin: Pin) -> str:
    wanted = f"{_PACKAGE}@^{contract.FIRST_CLIENT_WITH_SUCCESSOR}"
    verb = "add" if pin.command.strip("()").split("&& ")[-1].split()[0] != "npm" else "install"
    return pin.command.replace(" install", f" {verb} {wanted}")


def _edits(pin: Pin) -> tuple[Edit, ...]:
    return tuple(
        pin.manifest.edit(start, end, raised(text)) for start, end, text in pin.ranges if not _at_least(text)
    )


# ── Where the pins stand ─────────────────────────────────────────────────────────────────────


def find_pin(path: str, project: Project) -> Pin | None:
    """The pin that holds for a file: of the nearest package.json that names the client."""
    for folder in _folders(path, project):
        manifest = project.read(_in(folder, MANIFEST))
        ranges = tuple(_ranges(manifest)) if manifest is not None else ()
        if manifest is not None and ranges:
            lockfile, locked, unclear = _lock(folder, ranges, project)
            odd = next((text for _, _, text in ranges if lowest(text) is None), None)
            if odd is not None and odd != "latest" and not locked:
                unclear = unclear or f"the range {odd!r} in {manifest.path} is not understood"
            return Pin(manifest, ranges, lockfile, locked, unclear)
    return None


def _folders(path: str, project: Project) -> Iterator[str]:
    """The folders above a file up to the project's root."""
    root = PurePosixPath(project.root)
    for folder in PurePosixPath(path).parents:
        yield str(folder)
        if folder == root:
            return


def _in(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder}/{name}"


def _ranges(manifest: Source) -> Iterator[tuple[int, int, str]]:
    from migrate.structured import document  # noqa: PLC0415 (only where a client call was found)

    try:
        root = document.only_root(document.parse(manifest.text, "json"))
    except ValueError:
        return
    for section in (*SECTIONS, *OVERRIDES):
        pair = document.find_pair(root, section)
        found = document.find_pair(pair.value, _PACKAGE) if pair is not None else None
        if found is not None and document.is_text(found.value):
            value = found.value
            yield value.start + 1, value.end - 1, manifest.text[value.start + 1 : value.end - 1]


def _lock(folder: str, ranges: tuple[tuple[int, int, str], ...], project: Project) -> tuple[str, str, str]:
    """Path of the lockfile, the version in it, and what was not understood."""
    for above in _folders(_in(folder, MANIFEST), project):
        for name in _INSTALLS:
            path = _in(above, name)
            if name == "bun.lockb":
                continue
            source = project.read(path)
            if source is None:
                continue
            inner = str(PurePosixPath(folder).relative_to(above)) if above != "." else folder
            locked = locked_version(name, source.text, inner, [text for _, _, text in ranges])
            unclear = "" if locked else f"{path} names no version of it that is understood"
            if locked and version(locked) is None:
                return path, "", f"{path} pins {locked!r}, which is not understood"
            return path, locked, unclear if _PACKAGE in source.text else ""
    return "", "", ""


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
