"""Words of the shell as values whose every character knows where and how it is written.

A value is followed through variables, arrays and function parameters; what is not known stays a
*hole*. Quoting as in POSIX.1-2024, Shell Command Language, 2.2, and the Bash manual (``$'…'``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ast_grep_py import SgNode

from migrate.embed import Region, Unwritable
from migrate.model import HOLE

BARE, SINGLE, DOUBLE, ANSI, HEREDOC, RAW = "bare", "single", "double", "ansi", "heredoc", "raw"


@dataclass(frozen=True, slots=True)
class Item:
    """A character (or, with `hole`, an expansion that is not known) and the span that writes it.

    text: the character, or a name such as ``${NAME}``; style: how it is quoted; node: the expansion;
    within: for a character that a variable put into a longer word, that variable's hole.
    """

    text: str
    start: int
    end: int
    style: str
    hole: bool = False
    node: SgNode | None = None
    within: Item | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """One word. through: for each variable that was followed, its name and where it is expanded."""

    items: tuple[Item, ...]
    through: frozenset[tuple[str, int]] = frozenset()

    @property
    def text(self) -> str:
        """The text with `HOLE` for each unknown part; one character for each item."""
        return "".join(HOLE if item.hole else item.text for item in self.items)

    @property
    def named(self) -> str:
        """The text with the names of its unknown parts, as ``${NAME}``."""
        return "".join(item.text for item in self.items)

    @property
    def known(self) -> str | None:
        """The text where all of it is known."""
        return None if any(item.hole for item in self.items) else self.text

    @property
    def identity(self) -> str:
        """The text that tells one file's name from another: two outputs of ``mktemp`` are not the same."""
        return "".join(f"{item.text}@{item.start}" if _is_output(item) else item.text for item in self.items)

    @property
    def only_node(self) -> SgNode | None:
        """The expansion that is the whole value."""
        return self.items[0].node if len(self.items) == 1 and self.items[0].hole else None

    @property
    def folded(self) -> Value:
        """The value with variables within it not followed."""
        items: list[Item] = []
        last: Item | None = None
        for item in self.items:
            if item.within is None:
                items.append(item)
            elif item.within is not last:
                items.append(item.within)
            last = item.within
        return Value(tuple(items), self.through)

    def put_within(self, outer: Item) -> Value:
        """The value as a part of a longer word, in which `outer` stands for it."""
        return Value(tuple(replace(item, within=outer) for item in self.items), self.through)

    def tail(self, count: int) -> Value:
        """The value without its first items."""
        return Value(self.items[count:], self.through)

    def edit(self, start: int, end: int, new: str, outer: str) -> tuple[int, int, str]:
        """The span of the script and its new text for an edit in `named`. Raises `Unwritable`."""
        inside = [self._within_quotes(index, outer) for index in range(len(self.items))]
        starts, ends, owners = self._spread(inside)
        start, end, new = self._whole_holes(start, end, new, owners)
        self._in_order(owners[start:end])
        styles = [self.items[each - 1 if inside[each] else each].style for each in range(len(self.items))]
        touched = {styles[each] for each in owners[start:end] if not self.items[each].hole}
        if not touched:
            touched = {styles[each] for each in owners[start - 1 : start] + owners[start : start + 1]}
        if len(touched) != 1:
            raise Unwritable("the text is quoted in different ways there")
        holes = self._hole_texts(outer, starts, ends, owners, inside)
        write = _WRITERS[touched.pop()]
        region = Region("shell", self.named, starts, ends, encode=lambda text: _encode(text, holes, write))
        region = _with_tabs(region, outer)
        return region.outer_edit(start, end, new, outer)

    def _in_order(self, owners: Sequence[int]) -> None:
        """Raise `Unwritable` where what is edited is not written in one place."""
        touched = [self.items[index] for index in dict.fromkeys(owners)]
        for one, other in pairwise(touched):
            if other.start < one.end or (one.within is not other.within):
                raise Unwritable("a part of the text stands in a variable")

    def _whole_holes(self, start: int, end: int, new: str, owners: Sequence[int]) -> tuple[int, int, str]:
        """The same edit with no hole's name cut in two."""
        named = self.named
        first, last = start, end
        while 0 < first < len(owners) and owners[first - 1] == owners[first]:
            first -= 1
        while 0 < last < len(owners) and owners[last - 1] == owners[last]:
            last += 1
        return first, last, named[first:start] + new + named[end:last]

    def _spread(self, inside: Sequence[tuple[int, int] | None]) -> tuple[list[int], list[int], list[int]]:
        """Spans of each character of `named`; quotes around what interrupts a quoted text go to it."""
        starts: list[int] = []
        ends: list[int] = []
        owners: list[int] = []
        for index, item in enumerate(self.items):
            first, last = inside[index] or (item.start, item.end)
            for _ in item.text:
                starts.append(first)
                ends.append(last)
                owners.append(index)
        return starts, ends, owners

    def _within_quotes(self, index: int, outer: str) -> tuple[int, int] | None:
        """The span with the quotes around it of an item that interrupts a quoted text.

        Such are the holes and apostrophes in ``'…'"$X"'…'`` and ``'…'"'"'…'``.
        """
        if not 0 < index < len(self.items) - 1:
            return None
        before, item, after = self.items[index - 1 : index + 2]
        if before.hole or after.hole or not (item.hole or item.style != before.style):
            return None
        in_order = before.end <= item.start <= item.end <= after.start
        if not in_order or not before.style == after.style == self._base_style:
            return None
        quotes = outer[before.end : item.start] + outer[item.end : after.start]
        return (before.end, after.start) if set(quotes) <= set("'\"") else None

    @property
    def _base_style(self) -> str:
        """The quoting of most of the text."""
        styles = Counter(item.style for item in self.items if not item.hole)
        return styles.most_common(1)[0][0] if styles else BARE

    def _hole_texts(
        self,
        outer: str,
        starts: Sequence[int],
        ends: Sequence[int],
        owners: Sequence[int],
        inside: Sequence[tuple[int, int] | None],
    ) -> dict[str, str]:
        found: dict[str, str] = {}
        for position, index in enumerate(owners):
            if self.items[index].hole or inside[index]:
                written = outer[starts[position] : ends[position]]
                if found.setdefault(self.items[index].text, written) != written and self.items[index].hole:
                    raise Unwritable(f"{written} is written in different ways")
        return found


def _is_output(item: Item) -> bool:
    return item.hole and item.node is not None and item.node.kind() == "command_substitution"


def _with_tabs(region: Region, outer: str) -> Region:
    """Lines of a ``<<-`` heredoc keep the tabs of the first line."""
    if not region.text or region.starts[0] == 0:
        return region
    tabs = re.compile(r"\t*").match(outer, outer.rfind("\n", 0, region.starts[0]) + 1)
    indent = tabs[0] if tabs and tabs.end() == region.starts[0] else ""
    stripped = any(
        region.text[each] == "\n" and region.ends[each] < region.starts[each + 1]
        for each in range(len(region.text) - 1)
    )
    if not (indent and stripped):
        return region
    return Region("shell", region.text, region.starts, region.ends, region.encode, indent=indent)


def _encode(text: str, holes: dict[str, str], write: Callable[[str], str]) -> str:
    if not holes:
        return write(text)
    names = re.compile("|".join(re.escape(name) for name in sorted(holes, key=len, reverse=True)))
    parts, position = [], 0
    for found in names.finditer(text):
        parts += [write(text[position : found.start()]), holes[found[0]]]
        position = found.end()
    return "".join((*parts, write(text[position:])))


def _bare(text: str) -> str:
    if re.search(r"[\r\n]", text):
        raise Unwritable("the new text has a line break and is not quoted")
    return re.sub(r"([^\w./:@%+=,~-])", r"\\\1", text)


def _escaping(characters: str) -> Callable[[str], str]:
    pattern = re.compile(f"([{re.escape(characters)}])")
    return lambda text: pattern.sub(r"\\\1", text)


def _ansi(text: str) -> str:
    return _escaping("\\'")(text).replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


_WRITERS: dict[str, Callable[[str], str]] = {
    BARE: _bare,
    SINGLE: lambda text: text.replace("'", "'\\''"),
    DOUBLE: _escaping('\\"$`'),
    ANSI: _ansi,
    HEREDOC: _escaping("\\$`"),
    RAW: str,
}

_ESCAPED = {BARE: re.compile(r"\\(\r?\n|.)"), DOUBLE: re.compile(r'\\(\r?\n|[\\"$`])'),
            HEREDOC: re.compile(r"\\(\r?\n|[\\$`])")}  # fmt: skip
_ANSI_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|[0-7]{1,3}|.)", re.DOTALL)
_ANSI_NAMES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v"}


def literal(outer: str, start: int, end: int, style: str) -> list[Item]:
    """The items of text without expansions."""
    if style == ANSI:
        return _ansi_items(outer, start, end)
    pattern = _ESCAPED.get(style)
    items: list[Item] = []
    position = start
    while position < end:
        found = pattern.match(outer, position, end) if pattern else None
        if found is None:
            items.append(Item(outer[position], position, position + 1, style))
            position += 1
            continue
        if not found[1].endswith("\n"):
            items.append(Item(found[1], position, found.end(), style))
        position = found.end()
    return items


def _ansi_items(outer: str, start: int, end: int) -> list[Item]:
    items: list[Item] = []
    position = start
    while position < end:
        found = _ANSI_ESCAPE.match(outer, position, end)
        stop = found.end() if found else position + 1
        char = _ansi_char(found[0][1:]) if found else outer[position]
        items.append(Item(char, position, stop, ANSI))
        position = stop
    return items


def _ansi_char(escape: str) -> str:
    if escape[0] in "xu" and len(escape) > 1:
        return chr(int(escape[1:], base=16))
    if escape[0] in "01234567":
        return chr(int(escape, base=8))
    return _ANSI_NAMES.get(escape, escape)


def hole(node: SgNode, start: int, end: int, style: str) -> Item:
    """The item of an expansion that is not followed."""
    text = re.sub(r"^\$\{?(\w+)\}?$", r"\1", node.text())
    return Item(_hole_name(text), start, end, style, hole=True, node=node)


def named_hole(name: str, node: SgNode, start: int, end: int, style: str) -> Item:
    """The item of a variable that is not followed."""
    return Item(_hole_name(name), start, end, style, hole=True, node=node)


def template_hole(outer: str, start: int, end: int, style: str) -> Item:
    """The item of an expression of a template language."""
    return Item(_hole_name(outer[start:end]), start, end, style, hole=True)


def _hole_name(text: str) -> str:
    return "${" + re.sub(r'[{}"\r\n]', "_", text) + "}"


def joined(values: Iterable[Value]) -> Value:
    """Values written next to each other as one."""
    every = list(values)
    return Value(
        tuple(item for each in every for item in each.items),
        frozenset().union(*(each.through for each in every)),
    )
