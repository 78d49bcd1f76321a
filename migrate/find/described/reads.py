"""Reads of a moved key from an answer: ``result.json.data.x`` of a task, ``steps.put.….data.x`` of a step.

A read is followed where it names the request whose answer it reads, and says the way to the key in
one piece. Any other read holds the requests back that it may belong to.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
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
_WORD = re.compile(r"[\w-]+")
_REACH = 300
"""Characters before a read within which it names its request."""
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


class Index:
    """The reads in a document, and what names requests in it: made once, for any number of requests."""

    def __init__(self, document: Document) -> None:
        """Find every read."""
        self.document = document
        self.reads = list(_READ.finditer(document.text))
        nodes = [node for root in document.roots for node in walk(root)] if self.reads else []
        self.scalars = sorted((node.start, node.end) for node in nodes if isinstance(node, Scalar))
        values = (
            (key, pair.value.value)
            for node in nodes
            if isinstance(node, MappingNode)
            for key in _NAME_KEYS
            if (pair := node.get(key)) and isinstance(pair.value, Scalar)
        )
        self.times_named = Counter((key, value) for key, value in values if isinstance(value, str))
        self.after_word: dict[str, list[re.Match[str]]] = {}
        for read in self.reads:
            before = document.text[max(0, read.start() - _REACH) : read.start()]
            for word in set(_WORD.findall(before)):
                self.after_word.setdefault(word, []).append(read)

    def followed(self, found: Described) -> list[re.Match[str]]:
        """The reads of a request's answer that name it, by a name that nothing else has."""
        if not self.reads:
            return []
        result: dict[int, re.Match[str]] = {}
        for key, name in _names(self.document, found):
            if self.times_named[key, name] != 1:
                continue
            before = _before(key, name)
            for read in self.after_word.get(name, []) if _WORD.fullmatch(name) else self.reads:
                place = max(0, read.start() - _REACH)
                if (read["key"] or read["item"]) and before.search(self.document.text, place, read.start()):
                    result[read.start()] = read
        return list(result.values())

    def edits(self, found: Described) -> list[TextEdit]:
        """The edits for the reads of a request's answer that are followed."""
        return [_edit(each) for each in self.followed(found)] + _in_scripts(self.document, found)

    def around(self, at: int) -> str:
        """The scalar that a place stands in."""
        index = bisect.bisect_right(self.scalars, (at, len(self.document.text))) - 1
        start, end = self.scalars[index] if index >= 0 else (0, 0)
        return self.document.text[start:end] if start <= at < end else ""


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


def answer_reads(text: str, registered: str) -> Iterator[tuple[int, str]]:
    """Offset and key of each read of a moved key from what an Ansible task registers, in any text."""
    before = _before(_REGISTER, registered)
    for read in _READ.finditer(text):
        if before.search(text, max(0, read.start() - _REACH), read.start()):
            yield read.start(), Loose(read, (), inside=False).key


def _names(document: Document, found: Described) -> Iterator[tuple[str, str]]:
    """The keys and values by which other places name the request."""
    for mapping in found.scope[:2]:
        for key in _NAME_KEYS:
            pair = mapping.get(key)
            name = text_of(document, pair.value) if pair else None
            if name:
                yield key, name


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
    reads: Index, requests: Sequence[Described], old: Sequence[int], programs: Sequence[Span]
) -> list[Loose]:
    """The reads that are not followed. old: indexes of the deprecated requests; programs: their spans."""
    if not reads.reads:
        return []
    document = reads.document
    known = {read.start() for index in old for read in reads.followed(requests[index])}
    known |= {start for index in old for start in _known_in_scripts(document, requests[index])}
    answers = [(node.start, node.end) for each in requests for node, _ in each.answers]
    names = [
        (index, name)
        for index, each in enumerate(requests)
        for key, name in _names(document, each)
        if key != "name"
    ]
    found: list[Loose] = []
    for read in reads.reads:
        at = read.start()
        place = next(read.start(name) for name in ("key", "item", "got", "piped") if read[name])
        if at in known or place in known or _within(at, answers):
            continue
        inside = _within(at, programs)
        text = reads.around(at)
        words = set(_WORD.findall(text))
        named = [
            index for index, name in names if name in words or (not _WORD.fullmatch(name) and name in text)
        ]
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
