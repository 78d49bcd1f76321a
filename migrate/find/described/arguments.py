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
from migrate.structured.edit_items import without_item
from migrate.structured.nodes import Document, Node, Scalar, SequenceNode, walk

_PROGRAM = re.compile(rf"(?:.*/)?(?:curl|wget|https?|xh|{contract.PRODUCT}|npx|bunx)")
_WORD = re.compile(r"[\w./:=@%+,-]+")
_QUOTE = "'"


@dataclass(frozen=True)
class Argument:
    """One argument. start, end: where it stands in the command line, without quotes; index: in the list."""

    region: Region
    start: int
    end: int
    index: int


@dataclass(frozen=True)
class ArgumentRegion(Region):
    """A command line made of a list: an edit goes into the argument that it lies in."""

    document: Document | None = None
    sequence: SequenceNode | None = None
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
        if self.document is None or self.sequence is None or not gone[0].index:
            raise Unwritable("the list would lose its first item")
        return without_item(outer, self.sequence, gone[0].index)


def argument_lists(document: Document, taken: frozenset[int]) -> tuple[list[Region], set[int]]:
    """A region for each list of arguments that starts a program, and the ids of the strings in them."""
    found: list[Region] = []
    used: set[int] = set()
    for root in document.roots:
        for node in walk(root):
            items = _arguments(node)
            is_free = items and not taken & {id(each) for each in items}
            region = _joined(document, node, items) if is_free and isinstance(node, SequenceNode) else None
            if region:
                found.append(region)
                used |= {id(each) for each in items}
    return found, used


def _arguments(node: Node) -> list[Scalar]:
    if not isinstance(node, SequenceNode) or len(node.items) < 2:
        return []
    items = [item for item in node.items if isinstance(item, Scalar)]
    is_command = len(items) == len(node.items) and _PROGRAM.fullmatch(str(items[0].value)) is not None
    return items if is_command and all(is_textual(item) or not item.style for item in items) else []


def _joined(document: Document, sequence: SequenceNode, items: list[Scalar]) -> Region | None:
    """The arguments as one command line; None where one can't be put into single quotes."""
    text = ""
    starts: list[int] = []
    ends: list[int] = []
    arguments: list[Argument] = []
    for index, item in enumerate(items):
        region = region_of(document, item, "shell")
        if region is None or _QUOTE in region.text:
            return None
        quote = "" if _WORD.fullmatch(region.text) else _QUOTE
        if index:
            text, starts, ends = text + " ", [*starts, items[index - 1].end], [*ends, item.start]
        first = len(text) + len(quote)
        text += quote + region.text + quote
        starts += [*[item.start] * len(quote), *region.starts, *[item.end] * len(quote)]
        ends += [*[item.start] * len(quote), *region.ends, *[item.end] * len(quote)]
        arguments.append(Argument(region, first, first + len(region.text), index))
    return ArgumentRegion(
        "shell", text, starts, ends, document=document, sequence=sequence, arguments=tuple(arguments)
    )
