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

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from migrate import contract, manifests
from migrate.lockfiles import INSTALLS, SECTIONS, Version, locked_version, version
from migrate.manifests import Range
from migrate.model import Edit, Prerequisite
from migrate.project import Project
from migrate.source import Source

__all__ = ("SECTIONS", "Pin", "find_pin", "locked_version", "lowest", "raised", "requirement", "version")

ID = "js-client-version"
_PACKAGE = contract.JS_CLIENT_PACKAGE
_DENO = "deno install"
_COMPARATOR = re.compile(r"(\^|~>?|>=|<=|>|<|=)?\s*(v?\d[\w.*+-]*|[xX*])")

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
    found = re.fullmatch(r"\s*(\^|~|>=|=)?\s*v?(\d[\w.+-]*)\s*", text)
    partial = found is not None and not re.match(r"\d+\.\d+\.\d", found[2])
    operator = (found[1] or ("^" if partial else "")) if found else "^"
    return f"{operator}{contract.FIRST_CLIENT_WITH_SUCCESSOR}"


@dataclass(frozen=True)
class Pin:
    """What a package pins. ranges: spans of the ranges in the manifest with their texts.

    manifest: package.json, Deno's settings, or a module that names a version in an import; locked:
    the version in the lockfile ("" where there is none); lockfile: its path; unclear: what was not
    understood.
    """

    manifest: Source
    ranges: tuple[Range, ...]
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
        is_package = PurePosixPath(self.manifest.path).name == manifests.PACKAGE_JSON
        program = INSTALLS.get(PurePosixPath(self.lockfile).name, "npm install" if is_package else _DENO)
        folder = str(PurePosixPath(self.manifest.path).parent)
        return program if folder == "." else f"(cd {folder} && {program})"


def _at_least(text: str) -> bool:
    found = lowest(text)
    return found is not None and found >= REQUIRED


def requirement(
    path: str, project: Project, specified: Sequence[tuple[Source, Range]] = ()
) -> tuple[tuple[Prerequisite, ...], tuple[Edit, ...]]:
    """What a rewritten client call in a file needs: the prerequisites, and edits of the ranges.

    specified: versions that imports themselves name (``npm:…@^0.7.27``), each with its module. Both
    are empty where nothing above the file names the client.
    """
    found = [find_pin(path, project), *(Pin(source, (each,)) for source, each in specified)]
    asked = [_requirement(pin, project) for pin in found if pin is not None and not pin.new_enough]
    return tuple(need for need, _ in asked), tuple(edit for _, edits in asked for edit in edits)


def _requirement(pin: Pin, project: Project) -> tuple[Prerequisite, tuple[Edit, ...]]:
    needs = f"{_PACKAGE} {contract.FIRST_CLIENT_WITH_SUCCESSOR} or newer"
    if pin.unclear:
        text = f"Needs {needs}; {pin.unclear}. Make sure of the version, then rewrite again."
        return Prerequisite(ID, text, met=False, command=_by_hand(pin)), ()
    states = ", ".join(dict.fromkeys(text.strip() or '""' for _, _, text in pin.ranges))
    locked = f", {PurePosixPath(pin.lockfile).name} has {pin.locked}" if pin.locked else ""
    told = f"{pin.manifest.path} asks for {states}{locked}"
    edits = _edits(pin)
    if not project.options.dependency_edits or not edits:
        return Prerequisite(ID, f"Needs {needs}; {told}.", met=False, command=_by_hand(pin)), ()
    text = f"Needs {needs}; {told}. The range is raised; install it with the change."
    return Prerequisite(ID, text, met=True, command=pin.command), edits


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
    """The pin that holds for a file: of the nearest package.json, or Deno settings, that name the client."""
    for folder in _folders(path, project):
        for name in manifests.NAMES:
            manifest = project.read(_in(folder, name))
            if manifest is None:
                continue
            try:
                ranges = tuple(manifests.ranges(manifest))
            except ValueError:
                return Pin(manifest, (), unclear=f"{manifest.path} can't be understood")
            if ranges:
                return _pin(manifest, ranges, folder, project)
    return None


def _pin(manifest: Source, ranges: tuple[Range, ...], folder: str, project: Project) -> Pin:
    lockfile, locked, unclear = _lock(folder, ranges, project)
    above = [_in(each, manifests.PNPM_WORKSPACE) for each in _folders(manifest.path, project)]
    workspace = next(filter(None, map(project.read, above)), None)
    for _, _, text in ranges:
        if lowest(text) is None and text != "latest":
            shared = manifests.catalog_range(text, workspace)
            if shared is None:
                unclear = unclear or f"the range {text!r} in {manifest.path} is not understood"
            elif not _at_least(shared):
                unclear = f"{manifest.path} takes it from a catalog, which asks for {shared}: raise it there"
    forced = manifests.workspace_override(workspace)
    if forced and not _at_least(forced) and workspace is not None:
        unclear = f"{workspace.path} overrides it with {forced}: raise it there"
    catalogued = tuple(each for each in ranges if manifests.catalog_range(each[2], workspace) is None)
    return Pin(manifest, ranges if unclear else catalogued, lockfile, locked, unclear)


def _folders(path: str, project: Project) -> Iterator[str]:
    """The folders above a file up to the project's root."""
    root = PurePosixPath(project.root)
    for folder in PurePosixPath(path).parents:
        yield str(folder)
        if folder == root:
            return


def _in(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder}/{name}"


def _lock(folder: str, ranges: tuple[tuple[int, int, str], ...], project: Project) -> tuple[str, str, str]:
    """Path of the lockfile, the version in it, and what was not understood."""
    for above in _folders(_in(folder, manifests.PACKAGE_JSON), project):
        for name in INSTALLS:
            path = _in(above, name)
            if name == "bun.lockb" and Path(path).is_file():
                return path, "", ""
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
