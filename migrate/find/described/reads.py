"""Reads of a moved key from the answer: ``result.json.data.x`` of a task, ``$json.data.x`` of a step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate import contract
from migrate.find.described.shapes import Described
from migrate.model import Action, Use
from migrate.source import Source
from migrate.structured.layout import TextEdit
from migrate.structured.nodes import Document, MappingNode, Scalar, walk

_KEYS = "|".join(contract.MOVED_KEYS)
_READ = re.compile(
    rf"\b{contract.RESPONSE_ENVELOPE}(?:\??\.(?P<key>{_KEYS})\b"
    rf"|['\"]\]\[(?P<quote>['\"])(?P<item>{_KEYS})['\"]\])"
)
_REGISTER = "register"
_ANSWER = r"\.(?:json|content\s*\|\s*from_json\)?)"


def registered(document: Document, found: Described) -> str:
    """The name of the variable that an Ansible task puts its answer into, if it is the only task to do so."""
    for mapping in found.scope[1:2]:
        pair = mapping.get(_REGISTER)
        if pair and isinstance(pair.value, Scalar) and isinstance(pair.value.value, str):
            name = str(pair.value.value)
            return name if _times_registered(document, name) == 1 else ""
    return ""


def _times_registered(document: Document, name: str) -> int:
    pairs = (
        node.get(_REGISTER) for root in document.roots for node in walk(root) if isinstance(node, MappingNode)
    )
    return sum(
        pair is not None and isinstance(pair.value, Scalar) and pair.value.value == name for pair in pairs
    )


def edits(document: Document, found: Described) -> list[TextEdit]:
    """The edits for reads of a task's answer through its variable."""
    name = registered(document, found)
    return [_edit(each) for each in _of_variable(document, name)] if name else []


def _of_variable(document: Document, name: str) -> Iterator[re.Match[str]]:
    before = re.compile(rf"\b{re.escape(name)}{_ANSWER}\.$|\b{re.escape(name)}\.json\[['\"]$")
    for read in _READ.finditer(document.text):
        if before.search(document.text, max(0, read.start() - 200), read.start()):
            yield read


def _edit(read: re.Match[str]) -> TextEdit:
    key = read["key"] or read["item"]
    path = _place(key)[:-1]
    if read["key"]:
        return read.start("key"), read.start("key"), "".join(f"{name}." for name in path)
    start = read.start("quote") - 1
    return start, start, "".join(f"[{read['quote']}{name}{read['quote']}]" for name in path)


def _place(key: str) -> tuple[str, ...]:
    return next(move.path for each in contract.OPERATIONS for move in each.moves if move.key == key)


def others(
    source: Source,
    document: Document,
    requests: list[Described],
    programs: list[tuple[int, int]],
    language: str,
) -> Iterator[Use]:
    """Reviews for reads whose answer is not followed. programs: spans that other finders look at."""
    names = [name for each in requests if (name := registered(document, each))]
    known = {read.start() for name in names for read in _of_variable(document, name)}
    for read in _READ.finditer(source.text):
        inside = any(start <= read.start() < end for start, end in programs)
        if read.start() in known or inside:
            continue
        key = read["key"] or read["item"]
        new = ".".join((contract.RESPONSE_ENVELOPE, *_place(key)))
        yield source.use(
            read.span(),
            kind="response-read",
            language=language,
            action=Action.REVIEW,
            message=f"Seems to read `{key}` from an answer. Not rewritten: the answer it reads is not known.",
            advice=f"If it is the answer of the request in this file, read {new}.",
        )
