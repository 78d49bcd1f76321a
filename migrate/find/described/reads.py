"""Reads of a moved key from an answer: ``result.json.data.x`` of a task, ``steps.put.….data.x`` of a step.

A read is followed where it names the request whose answer it reads, and says the way to the key in
one piece. Any other read holds the requests back that it may belong to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from migrate import contract
from migrate.find.described import scripts
from migrate.find.described.scalars import text_of
from migrate.find.described.shapes import ANSIBLE_TASK, Described, plain
from migrate.model import Action, Use
from migrate.source import Source
from migrate.structured.layout import TextEdit
from migrate.structured.nodes import Document, MappingNode, Scalar, walk

Span = tuple[int, int]

_KEYS = "|".join(contract.MOVED_KEYS)
_QUOTE = r"\\?['\"]"
_READ = re.compile(
    rf"\b{contract.RESPONSE_ENVELOPE}(?:{_QUOTE}\])?\)?"
    rf"(?:\??\.(?P<key>{_KEYS})\b"
    rf"|\??(?P<open>\[(?P<quote>{_QUOTE}))(?P<item>{_KEYS}){_QUOTE}\]"
    rf"|\.get\({_QUOTE}(?P<got>{_KEYS})\b|\s*\|\s*\w+\(\s*{_QUOTE}(?P<piped>{_KEYS})\b)"
)
"""`key` and `item` are those that can be rewritten."""
_REGISTER = "register"
_NAME_KEYS = (_REGISTER, "id", "name")
_NOT_READ_UNNAMED = {"uses": "id"}
"""A step of GitHub's can be read by its ID only, a task of Ansible's by what it registers."""
_ROOT = re.compile(
    r"(?<![\w.\])])(?P<name>\w+)(?:\.results\[\d+\])?(?:\.json|\[['\"]json['\"]\])(?:\.|\[['\"])$"
)
_OTHER_STEP = re.compile(r"\bsteps(?:\.|\[)")


@dataclass(frozen=True, slots=True)
class Loose:
    """A read that is not followed.

    requests: indexes of those whose answer it may read; inside: whether it stands in a program.
    """

    read: re.Match[str]
    requests: tuple[int, ...]
    inside: bool

    @property
    def key(self) -> str:
        """The moved key that is read."""
        return str(next(filter(None, map(self.read.group, ("key", "item", "got", "piped")))))


def edits(document: Document, found: Described) -> list[TextEdit]:
    """The edits for the reads of a request's answer that are followed."""
    return [_edit(each) for each in _followed(document, found)] + _in_scripts(document, found)


def _followed(document: Document, found: Described) -> list[re.Match[str]]:
    before = [_before(key, name) for key, name in _names(document, found) if _is_only(document, key, name)]
    return [
        read
        for read in _READ.finditer(document.text)
        if (read["key"] or read["item"])
        and any(each.search(document.text, max(0, read.start() - 300), read.start()) for each in before)
    ]


def _before(key: str, name: str) -> re.Pattern[str]:
    """What stands before ``data`` in a read of the answer of the request that has a name."""
    name = re.escape(name)
    item = rf"(?:\.{name}|\[{_QUOTE}{name}{_QUOTE}\])"
    if key == _REGISTER:
        answer = rf"(?:\.json|\[{_QUOTE}json{_QUOTE}\]|\.content\s*\|\s*from_json\))"
        start = rf"(?<![\w.]){name}(?:\.results\[\d+\])?{answer}"
    elif key == "id":
        start = rf"\b(?:steps|outputs){item}(?:\.\w+)+\)?"
    else:
        start = rf"\$(?:node\[{_QUOTE}{name}{_QUOTE}\]|\({_QUOTE}{name}{_QUOTE}\)\.(?:item|first\(\)))\.json"
    return re.compile(rf"{start}\??(?:\.|\[{_QUOTE})$")


def _names(document: Document, found: Described) -> Iterator[tuple[str, str]]:
    """The keys and values by which other places name the request."""
    for mapping in found.scope[:2]:
        for key in _NAME_KEYS:
            pair = mapping.get(key)
            name = text_of(document, pair.value) if pair else None
            if name:
                yield key, name


def _is_only(document: Document, key: str, name: str) -> bool:
    """Whether no other mapping has the name."""
    every = (node for root in document.roots for node in walk(root) if isinstance(node, MappingNode))
    values = [pair.value for node in every if (pair := node.get(key))]
    return sum(isinstance(each, Scalar) and bool(each.value == name) for each in values) == 1


def _edit(read: re.Match[str]) -> TextEdit:
    path = contract.place_of(read["key"] or read["item"])[:-1]
    if read["key"]:
        return read.start("key"), read.start("key"), "".join(f"{name}." for name in path)
    start, quote = read.start("open"), read["quote"]
    return start, start, "".join(f"[{quote}{name}{quote}]" for name in path)


def _in_scripts(document: Document, found: Described) -> list[TextEdit]:
    holder = _script_holder(found)
    return scripts.edits(document.text, (holder.start, holder.end)) if holder else []


def _script_holder(found: Described) -> MappingNode | None:
    """The item of a collection that a request and its scripts stand in (Postman, Insomnia)."""
    for mapping in found.scope[:2]:
        if any(plain(pair.name) in ("event", "scripts", "afterresponsescript") for pair in mapping.pairs):
            return mapping
    return None


def loose(
    document: Document, requests: Sequence[Described], old: Sequence[int], programs: Sequence[Span]
) -> list[Loose]:
    """The reads that are not followed. old: indexes of the deprecated requests; programs: their spans."""
    known = {read.start() for index in old for read in _followed(document, requests[index])}
    known |= {start for index in old for start in _known_in_scripts(document, requests[index])}
    answers = [(node.start, node.end) for each in requests for node, _ in each.answers]
    found: list[Loose] = []
    for read in _READ.finditer(document.text):
        at = read.start()
        place = next(read.start(name) for name in ("key", "item", "got", "piped") if read[name])
        if at in known or place in known or _within(at, answers):
            continue
        inside = _within(at, programs)
        text = _around(document, at)
        named = _named_in(document, text, requests)
        if inside and not named:
            continue
        other = not named and (_OTHER_STEP.search(text) or _of_other_variable(document.text, at))
        owners = () if other else _owners(document, at, requests, old, named)
        if owners or other:
            found.append(Loose(read, owners, inside))
    return found


def _known_in_scripts(document: Document, found: Described) -> list[int]:
    return [start for start, _, _ in _in_scripts(document, found)]


def _within(at: int, spans: Sequence[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


def _around(document: Document, at: int) -> str:
    """The scalar that a read stands in."""
    scalars = (node for root in document.roots for node in walk(root) if isinstance(node, Scalar))
    return next((document.text[node.start : node.end] for node in scalars if node.start <= at < node.end), "")


def _named_in(document: Document, text: str, requests: Sequence[Described]) -> list[int]:
    """The requests that a text names."""
    return [
        index
        for index, each in enumerate(requests)
        if any(
            key != "name" and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
            for key, name in _names(document, each)
        )
    ]


def _of_other_variable(text: str, at: int) -> bool:
    """Whether a read names a variable that no loop sets, nor anything in the file to another one's value."""
    found = _ROOT.search(text, max(0, at - 200), at)
    if found is None or found["name"] == "item":
        return False
    return re.search(rf"(?:^|[{{,])[ \t-]*{found['name']}[ \t]*:", text, re.MULTILINE) is None


def _owners(
    document: Document, at: int, requests: Sequence[Described], old: Sequence[int], named: list[int]
) -> tuple[int, ...]:
    if named:
        return tuple(index for index in named if index in old)
    beside = [
        index
        for index, each in enumerate(requests)
        if (holder := _script_holder(each)) and holder.start <= at < holder.end
    ]
    if beside:
        return tuple(index for index in beside if index in old)
    return tuple(index for index in old if _can_be_read(document, requests[index]))


def _can_be_read(document: Document, found: Described) -> bool:
    """Whether anything in the file can read a request's answer."""
    if found.is_double:
        return False
    names = dict(_names(document, found))
    for mapping in found.scope[:2]:
        if any(
            ANSIBLE_TASK.fullmatch(pair.name or "") and pair.value is found.node for pair in mapping.pairs
        ):
            return _REGISTER in names
        for key, needed in _NOT_READ_UNNAMED.items():
            if mapping.get(key):
                return needed in names
    return True


def reviews(source: Source, found: Sequence[Loose], language: str) -> Iterator[Use]:
    """Reviews for reads that are not followed."""
    for each in found:
        if each.inside:
            continue
        key = each.key
        new = ".".join((contract.RESPONSE_ENVELOPE, *contract.place_of(key)))
        yield source.use(
            each.read.span(),
            kind="response-read",
            language=language,
            action=Action.REVIEW,
            message=f"Seems to read `{key}` from an answer. Not rewritten: the answer it reads is not known.",
            advice=f"If it is the answer of the request in this file, read {new}.",
        )
