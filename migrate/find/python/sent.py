"""What code makes of a request as it was sent: ``response.url``, ``response.request.body``."""

from __future__ import annotations

import libcst as cst

from migrate import contract
from migrate.find.python.arguments import Arguments
from migrate.find.python.engine import Engine, SentRead
from migrate.find.python.planner import BlockedError
from migrate.find.python.state import State
from migrate.find.python.values import Answer, Made, Method, Sent, Text, Unknown, Value, each_of

_URLS = ("url", "real_url", "path_url", "full_url", "raw_path", "selector", "path", "_request_url")
_REQUESTS = ("request", "request_info")
_BODIES = ("body", "content")
_TEXTS = ("decode", "encode", "read", "human_repr", "strip", "rstrip", "lower", "get_full_url")
_WORDS = ("job", *contract.JOB_TYPES)


def part_of(base: Value, name: str) -> Value | None:
    """What an attribute of an answer, of its request or of a part of that tells; None if nothing of it."""
    if isinstance(base, Made) and isinstance(base.arguments.get("answer"), Answer):
        answer = base.arguments["answer"]
        found = "url" if name in _URLS else "body" if name in (*_BODIES, "data") else ""
        return Sent(answer.site, found) if found and isinstance(answer, Answer) else None
    if isinstance(base, Answer) and not base.body:
        found = "url" if name in _URLS[:2] else "request" if name in _REQUESTS else ""
        return Sent(base.site, found) if found else None
    if isinstance(base, Sent) and base.part != "body":
        if name in _URLS:
            return Sent(base.site, "url")
        if base.part == "request" and name in _BODIES:
            return Sent(base.site, "body")
    return None


def note(engine: Engine, state: State, value: Value, key: Value | None, node: cst.CSTNode) -> None:
    """Note that a part, or a key, is taken from what was sent, or that it is handed on."""
    if isinstance(key, Text) and key.known is not None and not _tells(key.known):
        return
    for each in each_of(value):
        if isinstance(each, Sent) and each.part != "request":
            engine.sent_reads[id(node), each.site] = SentRead(state.module, node, each.site, each.part)


def _tells(word: str) -> bool:
    """Whether the word may be a part of the path, or of the body's keys, that changes."""
    return any(each in word for each in (*_WORDS, *contract.MOVED_KEYS))


def compared(
    engine: Engine, state: State, left: Value, right: Value, operator: cst.BaseCompOp, node: cst.CSTNode
) -> None:
    """Note a comparison of what was sent with something that does not change with it."""
    if isinstance(operator, (cst.Is, cst.IsNot)):
        return
    for one, other in ((left, right), (right, left)):
        for each in each_of(one):
            if isinstance(each, Sent) and not _is_its_own(engine, each, other):
                note(engine, state, each, other, node)


def _is_its_own(engine: Engine, part: Sent, other: Value) -> bool:
    """Whether the other value is what the request is made from, and changes with it."""
    shots = [shot for shot in engine.shots.values() if shot.number == part.site]
    given = [value for shot in shots for value in each_of(shot.url)] if part.part == "url" else []
    return bool(given) and all(each in given for each in each_of(other))


def method(engine: Engine, state: State, node: cst.Call, callee: Method, given: Arguments) -> Value:
    """A method of a text that was sent: its beginning or end may be what changes."""
    base = callee.base
    if isinstance(base, Sent) and callee.name in _TEXTS:
        return base
    first = given.positional[0][0] if given.positional else None
    note(engine, state, base, None if callee.name in ("split", "rsplit", "partition") else first, node)
    return Unknown(state.module.code(node))


def check(engine: Engine, numbers: set[int], *, moves: bool) -> None:
    """Raises BlockedError where code depends on what a request was sent with, and that changes.

    moves: whether a key of its body moves.
    """
    for read in engine.sent_reads.values():
        if read.site in numbers and (read.part == "url" or moves):
            line, _ = read.module.source.line_column(read.module.span(read.node)[0])
            what = "URL" if read.part == "url" else "body"
            raise BlockedError(
                f"it is looked at ({read.module.path}, line {line})", f"the {what} that its answer tells"
            )
