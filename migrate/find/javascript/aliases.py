"""Module specifiers that no folder explains: aliases of tsconfig.json, packages of a workspace.

https://www.typescriptlang.org/tsconfig/#paths, https://docs.npmjs.com/cli/using-npm/workspaces.
What bundlers alias in their own configuration is not read, but for the common ``@/``, ``~/`` (the
folder ``src``) and SvelteKit's ``$lib``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from migrate.project import Project

_CONFIGS = ("tsconfig.json", "jsconfig.json")
_MANIFEST = "package.json"
_PNPM = "pnpm-workspace.yaml"
_ENTRIES = ("source", "module", "main", "types")
_SKIPPED = frozenset(("node_modules", "dist", "build"))
_DEEP = 4
_MOST_FOLDERS = 5_000


class Aliases:
    """The aliases that hold for the modules of one project."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._settings: dict[str, tuple[str, Mapping[str, Any]]] = {}

    def of(self, importer: str, specifier: str) -> Iterator[str]:
        """The paths, without a suffix maybe, that a specifier may stand for in a module, best first."""
        if specifier.startswith("."):
            yield self.project.beside(importer, specifier)
            return
        folder, options = self._options(str(PurePosixPath(importer).parent))
        yield from self._paths(folder, options, specifier)
        if specifier.startswith(("@/", "~/")):
            yield self.project.from_root("src", specifier[2:])
        elif specifier.startswith("$lib"):
            yield self.project.from_root("src", specifier[1:])
        if "baseUrl" in options and isinstance(options["baseUrl"], str):
            yield self._below(folder, options["baseUrl"], specifier)
        yield from self._in_workspace(specifier)

    def words(self) -> Iterator[bytes]:
        """Specifiers that need not hold the name of the file they stand for."""
        for _, options in self._settings.values():
            paths = options.get("paths")
            yield from (key.encode() for key in paths if "*" not in key) if isinstance(paths, dict) else ()
        yield from (name.encode() for name in self._packages)

    # ── tsconfig.json ────────────────────────────────────────────────────────────────────────

    def _options(self, folder: str) -> tuple[str, Mapping[str, Any]]:
        """The nearest configuration's folder and compiler options."""
        if folder not in self._settings:
            found = next(filter(None, (self._read(_in(folder, name), 0) for name in _CONFIGS)), None)
            above = str(PurePosixPath(folder).parent)
            if found is None and folder not in (above, self.project.root):
                found = self._options(above)
            self._settings[folder] = found or (folder, {})
        return self._settings[folder]

    def _read(self, path: str, depth: int) -> tuple[str, Mapping[str, Any]] | None:
        from migrate import structured  # noqa: PLC0415 (only where a configuration is there)

        source = self.project.read(path) if self.project.exists(path) else None
        if source is None:
            return None
        try:
            value = structured.load(source.text, "jsonc")
        except ValueError:
            return None
        options = value.get("compilerOptions") if isinstance(value, dict) else None
        folder = str(PurePosixPath(path).parent)
        if isinstance(options, dict) and ("paths" in options or "baseUrl" in options):
            return folder, options
        base = value.get("extends") if isinstance(value, dict) else None
        if isinstance(base, str) and base.startswith(".") and depth < _DEEP:
            inherited = self.project.beside(path, base if base.endswith(".json") else base + ".json")
            return self._read(inherited, depth + 1) or (folder, {})
        return folder, {}

    def _paths(self, folder: str, options: Mapping[str, Any], specifier: str) -> Iterator[str]:
        paths, base = options.get("paths"), options.get("baseUrl")
        if not isinstance(paths, dict):
            return
        for key in sorted(paths, key=len, reverse=True):
            pattern = re.escape(key).replace(r"\*", "(.*)", 1)
            found = re.fullmatch(pattern, specifier)
            for target in paths[key] if found is not None and isinstance(paths[key], list) else ():
                if isinstance(target, str):
                    named = (
                        target.replace("*", found[1], 1) if found is not None and found.groups() else target
                    )
                    yield self._below(folder, base if isinstance(base, str) else ".", named)

    def _below(self, folder: str, base: str, name: str) -> str:
        return self.project.beside(_in(folder, _MANIFEST), base, name)

    # ── Workspaces ───────────────────────────────────────────────────────────────────────────

    def _in_workspace(self, specifier: str) -> Iterator[str]:
        parts = specifier.split("/")
        count = 2 if specifier.startswith("@") else 1
        name, rest = "/".join(parts[:count]), "/".join(parts[count:])
        found = self._packages.get(name)
        if found is None:
            return
        folder, entries = found
        for entry in [rest] if rest else entries:
            yield self._below(folder, ".", entry)
            yield self._below(folder, "src", entry)
        if not rest:
            yield self._below(folder, "src", "index")
            yield self._below(folder, ".", "index")

    @cached_property
    def _packages(self) -> dict[str, tuple[str, list[str]]]:
        """The project's own packages below its root: folder and entries by name."""
        found: dict[str, tuple[str, list[str]]] = {}
        root, count = self.project.root, 0
        whole = self._manifest(self.project.from_root(_MANIFEST))
        if "workspaces" not in whole and not self.project.exists(self.project.from_root(_PNPM)):
            return found
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(each for each in folders if each not in _SKIPPED and not each.startswith("."))
            count += 1
            if count > _MOST_FOLDERS:
                break
            if _MANIFEST not in names:
                continue
            relative = os.path.relpath(Path(folder, _MANIFEST), root)
            manifest = self._manifest(self.project.from_root(relative))
            if isinstance(manifest.get("name"), str):
                path = str(PurePosixPath(self.project.from_root(relative)).parent)
                entries = [each for key in _ENTRIES if isinstance(each := manifest.get(key), str)]
                found[manifest["name"]] = path, entries
        return found

    def _manifest(self, path: str) -> Mapping[str, Any]:
        from migrate import structured  # noqa: PLC0415 (only where a workspace is asked for)

        source = self.project.read(path)
        try:
            value = structured.load(source.text, "json") if source is not None else None
        except ValueError:
            return {}
        return value if isinstance(value, dict) else {}


def _in(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder}/{name}"
