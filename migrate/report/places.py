"""Where things are, in the units that each format counts in."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from migrate.model import Edit, Run, Use
from migrate.source import Source, UndecodableError


@dataclass(frozen=True, slots=True)
class Region:
    """A span by 1-based lines and columns, the end exclusive. Columns in the unit asked for."""

    line: int
    column: int
    end_line: int
    end_column: int


def sources_of(run: Run) -> dict[str, Source]:
    """The decoded old contents by path, of the files whose bytes are in the run."""
    found: dict[str, Source] = {}
    for each in run.files:
        if each.before is not None:
            try:
                found[each.path] = Source.decode(each.path, each.before)
            except UndecodableError:
                continue
    return found


def edit_region(edit: Edit, source: Source) -> Region:
    """Region of an edit in code points."""
    start = source.line_column(source.char_at(edit.start))
    return Region(*start, *source.line_column(source.char_at(edit.end)))


def in_utf8(region: Region, source: Source) -> Region:
    """The region with columns in bytes of UTF-8, as reviewdog counts whatever the file's encoding."""
    return Region(
        region.line,
        _utf8_column(source.line_text(region.line), region.column),
        region.end_line,
        _utf8_column(source.line_text(region.end_line), region.end_column),
    )


def use_in_utf8(use: Use) -> Region | None:
    """Region of a use with columns in bytes of UTF-8; None where its lines are not in the run."""
    if not use.snippet:
        return None
    lines = use.snippet.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    last = use.end_line - use.line
    if last >= len(lines):
        return None
    return Region(
        use.line, _utf8_column(lines[0], use.column), use.end_line, _utf8_column(lines[last], use.end_column)
    )


def _utf8_column(line: str, column: int) -> int:
    return len(line[: column - 1].encode("utf-8", "surrogatepass")) + 1


def uri(path: str) -> str:
    """A path as a URI reference (RFC 3986): its bytes percent-encoded, ``file://`` where absolute."""
    quoted = quote(path.encode("utf-8", "surrogateescape"), safe="/-._~")
    return f"file://{quoted}" if path.startswith("/") else quoted
