"""Commands as lists of arguments: ``command: ["curl", "-X", "PUT", …]`` of containers and tasks.

No shell sees them. They become one region of shell in which each argument stands in single quotes,
where it needs any, so that the shell finder reads them just as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrate import contract
from migrate.embed import Region, Unwritable
from migrate.find.described.scalars import is_textual, region_of
from migrate.quoting import verbatim
from migrate.structured.edit_items import without_item
from migrate.structured.nodes import Document, MappingNode, Node, Scalar, SequenceNode, walk

_PROGRAM = re.compile(rf"(?:.*/)?(?:curl|wget|https?|xh|{contract.PRODUCT}|npx|bunx)")
_WORD = re.compile(r"[\w./:=@%+,-]+")
_QUOTE = "'"
_COMMAND_KEYS = ("command", "entrypoint")


@dataclass(frozen=True)
class Argument:
    """One argument.

    start, end: where it stands in the command line, without quotes; sequence, index: its list and
    place there.
    """

    region: Region
    start: int
    end: int
    sequence: SequenceNode | None
    index: int


@dataclass(frozen=True)
class ArgumentRegion(Region):
    """A command line made of a list: an edit goes into the argument that it lies in."""

    arguments: tuple[Argument, ...] = ()

    def outer_edit(self, start: int, end: int, new: str, outer: str) -> tuple[int, int, str]:
        """As `Region.outer_edit`; an edit that takes a whole argument out takes its item out."""
        for each in self.arguments:
            if each.start <= start and end <= each.end:
                if start == each.start and end == each.end and not new:
                    break
                return each.region.outer_edit(start - each.start, end - each.start, new, outer)
        gone = [each for each in self.arguments if start <= each.start and each.end <= end]
        if new or len(gone) != 1 or self.text[start:end].strip() != self.text[gone[0].start : gone[0].end]:
            raise Unwritable("the edit would change several arguments of the list")
        if gone[0].sequence is None or not gone[0].index:
            raise Unwritable("the list would lose its first item")
        return without_item(outer, gone[0].sequence, gone[0].index)


def argument_lists(document: Document, taken: frozenset[int]) -> tuple[list[Region], set[int]]:
    """A region for each list of arguments that starts a program, and the ids of the strings in them."""
    found: list[Region] = []
    used: set[int] = set()
    for root in document.roots:
        for node in walk(root):
            places = _arguments(node)
            ids = {id(each.item) for each in places}
            region = _joined(document, places) if places and not ids & (taken | used) else None
            if region:
                found.append(region)
                used |= ids
    return found, used


@dataclass(frozen=True, slots=True)
class _Place:
    """An argument in the file: the list that holds it, and its index there."""

    item: Scalar
    sequence: SequenceNode | None
    index: int


def _arguments(node: Node) -> list[_Place]:
    """The arguments of a list, or of ``command`` and ``args`` of a container."""
    if isinstance(node, MappingNode):
        parts = [pair.value for name in _COMMAND_KEYS if (pair := node.get(name))][:1]
        after = node.get("args")
        places = [*_items(parts[0]), *_items(after.value)] if parts and after else []
        starts = [each.item.start for each in places]
        if starts != sorted(starts) or len(_items(parts[0]) if parts else []) != 1:
            return []
    else:
        places = _items(node) if isinstance(node, SequenceNode) else []
    is_command = len(places) > 1 and _PROGRAM.fullmatch(str(places[0].item.value)) is not None
    known = all(is_textual(each.item) or not each.item.style for each in places)
    return places if is_command and known else []


def _items(node: Node) -> list[_Place]:
    """The strings of a list, or a single string; nothing where other things are among them."""
    if isinstance(node, Scalar):
        return [_Place(node, None, 0)]
    if not isinstance(node, SequenceNode):
        return []
    found = [_Place(item, node, index) for index, item in enumerate(node.items) if isinstance(item, Scalar)]
    return found if len(found) == len(node.items) else []


def _joined(document: Document, places: list[_Place]) -> Region | None:
    """The arguments as one command line; None where one can't be put into single quotes."""
    text = ""
    starts: list[int] = []
    ends: list[int] = []
    arguments: list[Argument] = []
    for number, place in enumerate(places):
        item = place.item
        region = region_of(document, item, "shell")
        if region is None:
            region = verbatim("shell", document.text, item.start, item.end) if not item.style else None
        if region is None or _QUOTE in region.text:
            return None
        quote = "" if _WORD.fullmatch(region.text) else _QUOTE
        if number:
            text, starts, ends = text + " ", [*starts, places[number - 1].item.end], [*ends, item.start]
        first = len(text) + len(quote)
        text += quote + region.text + quote
        starts += [*[item.start] * len(quote), *region.starts, *[item.end] * len(quote)]
        ends += [*[item.start] * len(quote), *region.ends, *[item.end] * len(quote)]
        arguments.append(Argument(region, first, first + len(region.text), place.sequence, place.index))
    return ArgumentRegion("shell", text, starts, ends, arguments=tuple(arguments))
