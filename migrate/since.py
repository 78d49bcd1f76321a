"""``--since REV``: only what a branch changes is asked about; the rest is accepted as it is.

A use counts as changed where one of its own lines, or a line that its edits touch, differs from
the commit at which the work tree left the revision (its merge base), or is in a new file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from migrate import git
from migrate.discover import shown
from migrate.errors import UsageError
from migrate.model import Use
from migrate.pipeline import Adjust

_HUNK = re.compile(rb"@@ -\d+(?:,(?P<gone>\d+))? \+(?P<start>\d+)(?:,(?P<come>\d+))? @@")
_ESCAPE = re.compile(rb"\\([abtnvfr\"\\]|[0-7]{3})")
_LETTERS = dict(zip(b'abtnvfr"\\', b'\a\b\t\n\v\f\r"\\', strict=True))


@dataclass(frozen=True, slots=True)
class Lines:
    """Changed lines of a file: ranges of 1-based numbers, the end exclusive; None for all lines."""

    ranges: tuple[tuple[int, int], ...] | None

    def touch(self, first: int, last: int) -> bool:
        """Whether one of the lines ``first`` to ``last`` changed."""
        return self.ranges is None or any(start <= last and first < end for start, end in self.ranges)


def adjuster(revision: str, roots: Sequence[str]) -> Adjust:
    """Marks the uses that the branch did not change.

    roots: top levels of the repositories that are searched, as in `Candidate.root`. Raises
    UsageError where one is no git repository or has no such revision.
    """
    changed: dict[str, Lines] = {}
    for root in roots:
        changed.update(_changed(revision, os.path.realpath(root)))

    def adjust(uses: Sequence[Use]) -> list[Use]:
        reason = f"unchanged since {revision}"
        return [
            use if use.accepted or _is_changed(use, changed) else replace(use, accepted=reason)
            for use in uses
        ]

    return adjust


def _is_changed(use: Use, changed: Mapping[str, Lines]) -> bool:
    lines = changed.get(use.path)
    if lines and lines.touch(use.line, use.end_line):
        return True
    for edit in use.edits:
        lines = changed.get(edit.path)
        if lines is None:
            continue
        data = b"" if lines.ranges is None else _read(edit.path)
        first = data.count(b"\n", 0, edit.start) + 1
        if lines.touch(first, first + data.count(b"\n", edit.start, edit.end)):
            return True
    return False


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""


def _changed(revision: str, root: str) -> dict[str, Lines]:
    """Changed lines by path, in the form of paths in results."""
    top = git.top_of(root)
    if top is None:
        raise UsageError(f"--since: {root} is not in a git repository.", "Leave --since out.")
    repository = git.Repository(top)
    try:
        found = parse(repository.diff_since(revision))
        new = repository.untracked()
    except git.GitError as error:
        raise UsageError(
            f"--since: {revision!r} is no revision that {top} shares history with: {error.message}",
            "Name a branch, tag or commit; in CI, fetch it first (git fetch origin main; actions/checkout "
            "with fetch-depth: 0), and in a shallow clone its history, too (git fetch --unshallow).",
        ) from error
    found.update(dict.fromkeys(new, Lines(None)))
    return {shown(f"{top}/{path}"): lines for path, lines in found.items()}


def parse(patch: bytes) -> dict[str, Lines]:
    """Changed lines of each file's new version in a patch without context.

    Where lines were only removed, the line before and the one after count as changed.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    path = ""
    rest = iter(patch.split(b"\n"))
    for line in rest:
        hunk = _HUNK.match(line)
        if line.startswith(b"+++ "):
            path = _path(line[4:])
        elif hunk:
            gone, come = (int(hunk[name] if hunk[name] is not None else 1) for name in ("gone", "come"))
            start = int(hunk["start"])
            span = (start, start + come) if come else (max(start, 1), start + 2)
            found.setdefault(path, []).append(span)
            for _ in range(gone + come):
                next(rest, None)
    found.pop("", None)
    return {path: Lines(tuple(spans)) for path, spans in found.items()}


def _path(name: bytes) -> str:
    name = name.rstrip(b"\t\r")
    if name.startswith(b'"'):
        name = _ESCAPE.sub(_unescape, name.strip(b'"'))
    return "" if name == b"/dev/null" else os.fsdecode(name.removeprefix(b"b/"))


def _unescape(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8) if len(code) == 3 else _LETTERS[code[0]]])
