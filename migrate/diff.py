"""Differences between two versions of a file: as a patch for git, and as rows to show.

A patch is bytes, and its lines end at LF alone, as git sees them: a lone CR or a form feed is a
part of its line. Rows to show are text, and their lines end as the file's own newlines do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, TypeVar

from migrate.source import Source, UndecodableError

Line = TypeVar("Line", str, bytes)
Opcode = tuple[str, int, int, int, int]
Mark = Literal[" ", "-", "+"]

CONTEXT = 3
"""Unchanged lines around a change, as git shows by default."""

_EXACT_UP_TO = 2000
"""Lines. Beyond it the matcher may pass over very frequent lines: right, but not always minimal."""

_ESCAPES = {7: "\\a", 8: "\\b", 9: "\\t", 10: "\\n", 11: "\\v", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}


@dataclass(frozen=True, slots=True)
class Row:
    """One line to show. before, after: its 1-based line numbers, None where it isn't there.

    text: the line without its newline.
    """

    mark: Mark
    before: int | None
    after: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Hunk:
    """Changed lines that stand near each other, with context. header: git's ``@@ … @@`` line."""

    header: str
    rows: tuple[Row, ...]


def unified(path: str, before: bytes, after: bytes, context: int = CONTEXT) -> bytes:
    """A patch for ``git apply`` that turns `before` into `after`; empty where they are the same.

    path: POSIX path relative to where the patch is applied. Headers and the quoting of names are
    git's (see "Generating patch text with -p" in git-diff(1)).
    """
    if before == after:
        return b""
    old, new = _split(before, b"\n"), _split(after, b"\n")
    parts = [_patch_header(path)]
    for group in _groups(old, new, context):
        parts.append(_hunk_header(group).encode() + b"\n")
        for mark, line in _marked(group, old, new):
            parts.append(mark.encode() + line)
            if not line.endswith(b"\n"):
                parts.append(b"\n\\ No newline at end of file\n")
    return b"".join(parts)


def hunks(path: str, before: bytes, after: bytes, context: int = CONTEXT) -> tuple[Hunk, ...]:
    """The same change as rows of text, decoded as the file's encoding demands.

    Where the bytes are not text, they are shown as UTF-8 with replacement characters.
    """
    old, new = _lines(path, before), _lines(path, after)
    return tuple(
        Hunk(_hunk_header(group), tuple(_rows(group, old, new))) for group in _groups(old, new, context)
    )


def quoted(path: str) -> str:
    """A path as git writes it in a patch: in C quotes where it holds unusual characters."""
    raw = path.encode("utf-8", "surrogateescape")
    if all(0x20 <= byte < 0x7F and byte not in b'"\\' for byte in raw):
        return path
    return '"' + "".join(_escaped(byte) for byte in raw) + '"'


def _escaped(byte: int) -> str:
    if byte in _ESCAPES:
        return _ESCAPES[byte]
    return chr(byte) if 0x20 <= byte < 0x7F else f"\\{byte:03o}"


def _patch_header(path: str) -> bytes:
    old, new = quoted(f"a/{path}"), quoted(f"b/{path}")
    tab = "\t" if " " in path and not old.startswith('"') else ""
    return f"diff --git {old} {new}\n--- {old}{tab}\n+++ {new}{tab}\n".encode()


def _split(data: Line, newline: Line) -> list[Line]:
    parts = data.split(newline)
    last = parts.pop()
    return [part + newline for part in parts] + [last] * bool(last)


def _lines(path: str, data: bytes) -> list[str]:
    try:
        text = Source.decode(path, data).text
    except UndecodableError:
        text = data.decode("utf-8", "replace")
    newline = "\r" if "\r" in text and "\n" not in text else "\n"
    return _split(text, newline)


def _groups(old: Sequence[Line], new: Sequence[Line], context: int) -> Iterator[list[Opcode]]:
    head, tail = _common(old, new)
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    frequent = max(len(inner_old), len(inner_new)) > _EXACT_UP_TO
    matcher = SequenceMatcher(None, inner_old, inner_new, autojunk=frequent)
    opcodes = [(tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in matcher.get_opcodes()]
    if head:
        opcodes.insert(0, ("equal", 0, head, 0, head))
    if tail:
        opcodes.append(("equal", len(old) - tail, len(old), len(new) - tail, len(new)))
    return _with_context(opcodes, context)


def _common(old: Sequence[Line], new: Sequence[Line]) -> tuple[int, int]:
    """Numbers of equal lines at the start and at the end."""
    shorter = min(len(old), len(new))
    head = next((index for index in range(shorter) if old[index] != new[index]), shorter)
    rest = shorter - head
    tail = next((index for index in range(rest) if old[-1 - index] != new[-1 - index]), rest)
    return head, tail


def _with_context(opcodes: Sequence[Opcode], context: int) -> Iterator[list[Opcode]]:
    """Opcodes grouped into hunks, with the equal stretches cut to `context` lines."""
    group: list[Opcode] = []
    changed = False
    for index, (tag, a, b, c, d) in enumerate(opcodes):
        if tag != "equal":
            group.append((tag, a, b, c, d))
            changed = True
            continue
        after = min(context, b - a) if changed else 0
        before = min(context, b - a) if index + 1 < len(opcodes) else 0
        if changed and before and after + before >= b - a:
            group.append((tag, a, b, c, d))
            continue
        if after:
            group.append((tag, a, a + after, c, c + after))
        if changed:
            yield group
        group, changed = ([(tag, b - before, b, d - before, d)] if before else []), False
    if changed:
        yield group


def _hunk_header(group: Sequence[Opcode]) -> str:
    first, last = group[0], group[-1]
    return f"@@ -{_range(first[1], last[2])} +{_range(first[3], last[4])} @@"


def _range(start: int, stop: int) -> str:
    length = stop - start
    if length == 1:
        return str(start + 1)
    return f"{start + 1 if length else start},{length}"


def _marked(group: Sequence[Opcode], old: Sequence[Line], new: Sequence[Line]) -> Iterator[tuple[Mark, Line]]:
    for tag, a, b, c, d in group:
        if tag == "equal":
            yield from ((" ", line) for line in old[a:b])
        else:
            yield from (("-", line) for line in old[a:b])
            yield from (("+", line) for line in new[c:d])


def _rows(group: Sequence[Opcode], old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    before, after = group[0][1], group[0][3]
    for mark, line in _marked(group, old, new):
        before += mark != "+"
        after += mark != "-"
        yield Row(mark, before if mark != "+" else None, after if mark != "-" else None, line.rstrip("\r\n"))
