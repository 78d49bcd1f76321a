"""The files around a source: what a finder may read beyond the file at hand."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath

from migrate.model import Options
from migrate.source import Source, UndecodableError

MAX_READ = 4 * 1024 * 1024
"""Bytes; larger files are not read as siblings."""


class Project:
    """Read-only view of one repository or folder, with an overlay of planned contents.

    root: the repository's root (or the scanned folder), relative to the current directory or
    absolute; all paths that go in and out are POSIX paths in the form of `Source.path` (relative
    to the current directory, which is also what a `Use` shows). overlay: contents that take
    precedence over the disk, by such a path; the check before writing uses it to look at the
    planned state. Never reads outside of `root`, never follows a link out of it.
    """

    def __init__(self, root: str, options: Options, overlay: Mapping[str, bytes] | None = None) -> None:
        self.root = root
        self.options = options
        self.overlay = {canonical(path): data for path, data in (overlay or {}).items()}
        self._sources: dict[str, Source | None] = {}

    def with_overlay(self, overlay: Mapping[str, bytes]) -> Project:
        """The same project as if the given files had the given contents."""
        return Project(self.root, self.options, {**self.overlay, **overlay})

    @cached_property
    def _resolved_root(self) -> Path:
        return Path(self.root).resolve()

    def read(self, path: str) -> Source | None:
        """The decoded file, or None where it is missing, too large, outside, or not text."""
        path = canonical(path)
        if path not in self._sources:
            self._sources[path] = self._load(path)
        return self._sources[path]

    @property
    def reads(self) -> frozenset[str]:
        """Every path that was asked for so far, found or not."""
        return frozenset(self._sources)

    def _load(self, path: str) -> Source | None:
        data = self.overlay.get(path)
        if data is None:
            try:
                real = Path(path).resolve(strict=True)
                if not real.is_relative_to(self._resolved_root) or not real.is_file():
                    return None
                if real.stat().st_size > MAX_READ:
                    return None
                data = real.read_bytes()
            except (OSError, ValueError):
                return None
        try:
            return Source.decode(path, data)
        except UndecodableError:
            return None

    def exists(self, path: str) -> bool:
        """Whether `read` would find a file."""
        return self.read(path) is not None

    def beside(self, path: str, *relative: str) -> str:
        """Path of a file given relative to the folder of `path`, normalised."""
        return canonical(str(PurePosixPath(path).parent.joinpath(*relative)))

    def from_root(self, *relative: str) -> str:
        """Path of a file given relative to the project's root, normalised."""
        return canonical(str(PurePosixPath(self.root).joinpath(*relative)))


def canonical(path: str) -> str:
    """The one form of a path: without dots, relative to the current directory where it is below it.

    So a file has the same path whether it was found from the repository's top or named from here.
    """
    parts: list[str] = []
    pure = PurePosixPath(path)
    for part in pure.parts:
        if part == ".." and parts and parts[-1] not in ("..", "/"):
            parts.pop()
        elif part != ".":
            parts.append(part)
    joined = str(PurePosixPath(*parts)) if parts else "."
    if not joined.startswith("/"):
        return joined
    here = os.getcwd()  # noqa: PTH109 (a string is wanted)
    return "." if joined == here else joined.removeprefix(here.rstrip("/") + "/")
