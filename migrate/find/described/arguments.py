"""Commands as lists of arguments: ``command: ["curl", "-X", "PUT", …]`` of containers and tasks.

No shell sees them. They become one region of shell in which each argument stands in single quotes,
where it needs any, so that the shell finder reads them just as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from migrate import contract
from migrate.embed import Region, Unwritable
from migrate.find.described.scalars import is_textual, region_of
from migrate.quoting import verbatim
from migrate.structured.edit_items import without_item
from migrate.structured.nodes import Document, MappingNode, Node, Scalar, SequenceNode, walk

_PROGRAM = re.compile(rf"(?:.*/)?(?:curl|wget|https?|xh|{contract.PRODUCT}|npx|bunx)")
_WORD = re.compile(r"[\w./:=@%+,-]+")
_QUOTE = "'"
_COMMAND_KEYS = (("command", "args"), ("entrypoint", "command"), ("entrypoint", "args"))
"""The keys of a container that hold its program and the arguments: Kubernetes, Compose, Cloud Build."""
_IMAGE_KEYS = ("image", "name")
_IMAGE = re.compile(r"(?:^|/)curl(?:[:@]|$)")
"""Images whose program is curl (curlimages/curl, alpine/curl, cloud-builders/curl)."""


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
    """An argument in the file: the list that holds it (None for a string of words), and its index there.

    program: the program that an image runs, which stands nowhere; its place is the first argument's.
    """

    item: Scalar
    sequence: SequenceNode | None
    index: int
    program: str = ""


def _arguments(node: Node) -> list[_Place]:
    """The arguments of a list, or of the keys of a container that make one command line."""
    places = _of_container(node) if isinstance(node, MappingNode) else _items(node)
    is_command = len(places) > 1 and _PROGRAM.fullmatch(_program(places[0])) is not None
    known = all(is_textual(each.item) or not each.item.style for each in places)
    return places if is_command and known else []


def _program(place: _Place) -> str:
    text = place.program or str(place.item.value)
    return text.split(" ")[0] if place.sequence is None else text


def _of_container(node: MappingNode) -> list[_Place]:
    """The command line of a container: its program and arguments, or those for its image's program."""
    for first, rest in _COMMAND_KEYS:
        program, after = node.get(first), node.get(rest)
        if program and after:
            places = [*_items(program.value, split=True), *_items(after.value, split=True)]
            starts = [each.item.start for each in places]
            return places if _items(program.value, split=True) and starts == sorted(starts) else []
    image = next((pair for name in _IMAGE_KEYS if (pair := node.get(name))), None)
    if image is None or not isinstance(image.value, Scalar) or not _IMAGE.search(str(image.value.value)):
        return []
    after = node.get("args") or node.get("command")
    is_program_given = node.get("entrypoint") or (node.get("command") and node.get("args"))
    places = _items(after.value) if after and not is_program_given else []
    if not places or not str(places[0].item.value).startswith(("-", "http")):
        return []  # a program of its own
    return [replace(places[0], program="curl"), *places]


def _items(node: Node, *, split: bool = False) -> list[_Place]:
    """The strings of a list; nothing where other things are among them.

    split: also a single string, which is split into words as a shell would.
    """
    if isinstance(node, Scalar):
        return [_Place(node, None, 0)] if split else []
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
        if place.program:
            text, starts, ends = (
                place.program,
                [item.start] * len(place.program),
                [item.start] * len(place.program),
            )
            continue
        region = region_of(document, item, "shell")
        if region is None:
            region = verbatim("shell", document.text, item.start, item.end) if not item.style else None
        is_words = place.sequence is None
        if region is None or (_QUOTE in region.text and not is_words):
            return None
        quote = "" if is_words or _WORD.fullmatch(region.text) else _QUOTE
        if number:
            text, starts, ends = text + " ", [*starts, places[number - 1].item.end], [*ends, item.start]
        first = len(text) + len(quote)
        text += quote + region.text + quote
        starts += [*[item.start] * len(quote), *region.starts, *[item.end] * len(quote)]
        ends += [*[item.start] * len(quote), *region.ends, *[item.end] * len(quote)]
        arguments.append(Argument(region, first, first + len(region.text), place.sequence, place.index))
    return ArgumentRegion("shell", text, starts, ends, arguments=tuple(arguments))
