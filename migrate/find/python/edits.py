"""New text for dict displays and calls: moved keys are grouped below one key, the rest stays as it is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import libcst as cst

from migrate.find.python.module import Module

Change = tuple[int, int, str]
"""Characters from, to, and the new text."""


class LayoutError(ValueError):
    """A layout in which keys can't be moved without losing something."""


@dataclass(frozen=True, slots=True)
class Item:
    """One element of a display or one argument of a call.

    start, end: its characters without the comma; inner: whether it goes one level deeper than other
    moved ones (keys of a schedule).
    """

    start: int
    end: int
    moved: bool
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Style:
    """How a group is written: ``"settings": {`` … ``}`` in a display, ``settings=dict(`` … ``)`` in a call.

    between: an element that goes before the moved ones, with its comma; inner_opening: how the deeper
    group begins.
    """

    opening: str
    closing: str
    between: str = ""
    inner_opening: str = ""


def quote_of(module: Module, node: cst.CSTNode) -> str:
    """The quotes of a key's literal: single or double."""
    text = module.code(node)
    return "'" if text.lstrip("rRbBuUfF")[:1] == "'" else '"'


def after_comma(text: str, position: int) -> int | None:
    """The place behind the comma that follows `position`, or None where there is none."""
    while position < len(text):
        char = text[position]
        if char == "#":
            position = _line_end(text, position)
        elif char == ",":
            return position + 1
        elif char.isspace() or char == "\\":
            position += 1
        else:
            return None
    return None


def _line_end(text: str, position: int) -> int:
    found = re.compile(r"[\r\n]").search(text, position)
    return found.start() if found else len(text)


def _line_start(text: str, position: int) -> int:
    return max(text.rfind("\n", 0, position), text.rfind("\r", 0, position)) + 1


def _next_line(text: str, position: int) -> int:
    end = _line_end(text, position)
    return end + 2 if text[end : end + 2] == "\r\n" else min(end + 1, len(text))


def _own_line(text: str, item: Item) -> bool:
    """Whether the item begins a line, and nothing but its comma and a comment follows on its last line."""
    if text[_line_start(text, item.start) : item.start].strip():
        return False
    behind = after_comma(text, item.end) or item.end
    rest = text[behind : _line_end(text, behind)].strip()
    same_line = not re.search(r"[\r\n]", text[item.end : behind])
    return same_line and (not rest or rest.startswith("#"))


def group(
    module: Module,
    items: Sequence[Item],
    style: Style,
    newline: str,
) -> list[Change]:
    """Group the moved items in the place of the first."""
    text = module.text
    moved = [item for item in items if item.moved]
    if not moved:
        return []
    if all(_own_line(text, item) for item in moved) and _same_indent(text, moved):
        return _group_lines(module, items, style, newline)
    return _group_inline(module, items, style)


def _same_indent(text: str, items: Sequence[Item]) -> bool:
    return len({text[_line_start(text, item.start) : item.start] for item in items}) == 1


def _block(text: str, item: Item, floor: int) -> tuple[int, int]:
    """The whole lines of an item, with the comment lines right above it (not above `floor`)."""
    start = _line_start(text, item.start)
    while start > floor:
        above = _line_start(text, start - 2 if text[start - 2 : start] == "\r\n" else start - 1)
        line = text[above:start].strip()
        if above < floor or not line.startswith("#"):
            break
        start = above
    behind = after_comma(text, item.end) or item.end
    return start, _next_line(text, behind)


def _group_lines(module: Module, items: Sequence[Item], style: Style, newline: str) -> list[Change]:
    text = module.text
    first = next(index for index, item in enumerate(items) if item.moved)
    indent = text[_line_start(text, items[first].start) : items[first].start]
    step = "\t" if indent.endswith("\t") else _step(text, items[first].start, indent)
    blocks: list[tuple[int, int]] = []
    floor = 0
    for item in items:
        if item.moved:
            blocks.append(_block(text, item, floor))
        floor = _next_line(text, after_comma(text, item.end) or item.end)
    moved = [item for item in items if item.moved]
    body = _body_lines(module, list(zip(moved, blocks, strict=True)), indent + step, step, style, newline)
    is_last = all(item.moved for item in items[first:])
    comma = "" if is_last and after_comma(text, items[-1].end) is None else ","
    inner = f"{style.between}{newline}" if style.between else ""
    between = f"{indent}{step}{inner}" if inner else ""
    new = f"{indent}{style.opening}{newline}{between}{body}{indent}{style.closing}{comma}{newline}"
    merged = _merge_adjacent(blocks)
    start, end = merged[0]
    if text[end - 1 : end] not in ("\n", "\r"):
        new = new.removesuffix(newline)
    return [(start, end, new), *((low, high, "") for low, high in merged[1:])]


def _body_lines(
    module: Module,
    blocks: Sequence[tuple[Item, tuple[int, int]]],
    indent: str,
    step: str,
    style: Style,
    newline: str,
) -> str:
    """The lines of the group, with the deeper group in the place of its first item."""
    lines: list[str] = []
    opened = False
    for item, (start, end) in blocks:
        if not item.inner:
            lines.append(_indented(module, module.text[start:end], (start, end), step, newline))
        elif not opened:
            opened = True
            inner = [block for one, block in blocks if one.inner]
            lines.append(f"{indent}{style.inner_opening}{newline}")
            lines += [_indented(module, module.text[a:b], (a, b), step * 2, newline) for a, b in inner]
            lines.append(f"{indent}{style.closing},{newline}")
    return "".join(lines)


def _step(text: str, position: int, indent: str) -> str:
    """One level of indentation: what the items have more than the line that opens the display."""
    start = _line_start(text, position)
    while start > 0:
        start = _line_start(text, start - 2 if text[start - 2 : start] == "\r\n" else start - 1)
        line = text[start : _line_end(text, start)]
        outer = line[: len(line) - len(line.lstrip())]
        if line.strip() and len(outer) < len(indent):
            more = indent[len(outer) :]
            return more if indent.startswith(outer) and len(more) <= 8 else "    "
    return indent or "    "


def _merge_adjacent(blocks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in blocks:
        if merged and merged[-1][1] == start:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def _indented(module: Module, body: str, span: tuple[int, int], step: str, newline: str) -> str:
    """The lines with one more level of indentation, but for those inside a string."""
    inside = _inside_strings(module, span)
    result: list[str] = []
    position = span[0]
    for line in re.findall(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+", body):
        blank = not line.strip()
        in_string = any(low < position <= high for low, high in inside)
        result.append(line if blank or in_string else step + line)
        position += len(line)
    whole = "".join(result)
    return whole if whole.endswith(("\n", "\r")) else whole + newline


def _inside_strings(module: Module, span: tuple[int, int]) -> list[tuple[int, int]]:
    return [
        (start, end)
        for node, (start, end) in module.spans.items()
        if isinstance(node, (cst.SimpleString, cst.FormattedString))
        and span[0] <= start < span[1]
        and ("\n" in module.text[start:end] or "\r" in module.text[start:end])
    ]


def _group_inline(module: Module, items: Sequence[Item], style: Style) -> list[Change]:
    text = module.text
    first, *others = runs(items)
    moved = [item for item in items if item.moved]
    run = items[first[0] : first[1] + 1]
    before = f"{style.between} " if style.between else ""
    start, end = run[0].start, run[-1].end
    if not others and not any(item.inner for item in moved):
        inner = text[start:end]
    else:
        _require_no_comment(text, run)
        inner = ", ".join(_inline_parts(text, moved, style))
    changes: list[Change] = [(start, end, f"{style.opening}{before}{inner}{style.closing}")]
    if "#" in _outside_items(text, run):
        raise LayoutError("comments stand between its keys")
    return [*changes, *(change for each in others for change in _without(module, items, each))]


def runs(items: Sequence[Item]) -> list[tuple[int, int]]:
    """First and last index of each unbroken run of moved items."""
    found: list[tuple[int, int]] = []
    for index, item in enumerate(items):
        if not item.moved:
            continue
        if found and found[-1][1] == index - 1:
            found[-1] = (found[-1][0], index)
        else:
            found.append((index, index))
    return found


def removals(module: Module, items: Sequence[Item]) -> list[Change]:
    """Take all moved items out, with their commas. Raises LayoutError."""
    return [change for run in runs(items) for change in _without(module, items, run)]


def _without(module: Module, items: Sequence[Item], run: tuple[int, int]) -> list[Change]:
    """Take a run of items out."""
    text, (first, last) = module.text, run
    inside = items[first : last + 1]
    if all(_own_line(text, item) for item in inside):
        blocks: list[tuple[int, int]] = []
        floor = (
            _next_line(text, after_comma(text, items[first - 1].end) or items[first - 1].end) if first else 0
        )
        for item in inside:
            blocks.append(_block(text, item, floor))
            floor = blocks[-1][1]
        return [(start, end, "") for start, end in _merge_adjacent(blocks)]
    _require_no_comment(text, inside)
    start, end = inside[0].start, inside[-1].end
    if last + 1 < len(items):
        if "#" in text[end : items[last + 1].start]:
            return [(start, after_comma(text, end) or end, "")]
        return [(start, items[last + 1].start, "")]
    if first and "#" not in text[items[first - 1].end : start]:
        return [(items[first - 1].end, end, "")]
    return [(start, after_comma(text, end) or end, "")]


def _require_no_comment(text: str, items: Sequence[Item]) -> None:
    if "#" in _outside_items(text, items):
        raise LayoutError("comments stand between its keys")


def _inline_parts(text: str, moved: Sequence[Item], style: Style) -> list[str]:
    parts: list[str] = []
    inner = [text[item.start : item.end] for item in moved if item.inner]
    for item in moved:
        if not item.inner:
            parts.append(text[item.start : item.end])
        elif inner:
            parts.append(f"{style.inner_opening}{', '.join(inner)}{style.closing}")
            inner = []
    return parts


def _outside_items(text: str, items: Sequence[Item]) -> str:
    return "".join(text[one.end : other.start] for one, other in itertools.pairwise(items))


def insert_into(
    module: Module, items: Sequence[Item], brace: tuple[int, int], texts: Sequence[str], newline: str
) -> Change:
    """Add elements at the end of a display. brace: the characters of its closing brace."""
    text = module.text
    if not items:
        return brace[0], brace[0], ", ".join(texts)
    last = items[-1]
    if _own_line(text, last):
        indent = text[_line_start(text, last.start) : last.start]
        behind = after_comma(text, last.end)
        added = "".join(f"{newline}{indent}{each}," for each in texts)
        if behind is None:
            return last.end, last.end, "," + added.removesuffix(",")
        at = _line_end(text, behind)
        return at, at, added
    behind = after_comma(text, last.end)
    added = ", ".join(texts)
    if behind is not None:
        return behind, behind, f" {added},"
    return last.end, last.end, f", {added}"
