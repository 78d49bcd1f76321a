"""Texts of URLs that the code tells apart: a rewritten one must not become another's equal."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import libcst as cst

from migrate import contract
from migrate.find.python import urls
from migrate.find.python.engine import Engine
from migrate.find.python.module import Module
from migrate.find.python.state import State
from migrate.find.python.values import Allocation, Text, Value, each_of
from migrate.model import HOLE

if TYPE_CHECKING:
    from migrate.find.python.sites import Target


def note(engine: Engine, state: State, one: Value, other: Value, node: cst.CSTNode) -> None:
    """Note that two values are compared, or are keys or names of the same table."""
    for first in each_of(one):
        for second in each_of(other):
            if isinstance(first, Text) and isinstance(second, Text) and _is_path(first) and _is_path(second):
                engine.compared.setdefault((first, second), (state.module, node))


def note_all(engine: Engine, state: State, values: Sequence[Value], node: cst.CSTNode) -> None:
    """Note that several values must differ: keys of a dict, members of an enumeration, cases."""
    for one, other in combinations([value for value in values if _any_path(value)], 2):
        note(engine, state, one, other, node)


def note_key(engine: Engine, state: State, allocation: Allocation, key: Value, node: cst.CSTNode) -> None:
    """Note that a value is a key of a dict, or is looked for among its keys."""
    if not _any_path(key):
        return
    known = engine.key_texts.setdefault(allocation, [])
    for other in known:
        note(engine, state, key, other, node)
    known += [each for each in each_of(key) if isinstance(each, Text) and each not in known]


def note_part(engine: Engine, state: State, text: Value, part: Value | None, node: cst.CSTNode) -> None:
    """Note that a part is taken from a URL's text, or looked for in it: it may be what changes."""
    known = part.known if isinstance(part, Text) else None
    if known is not None and not any(word in known for word in ("job", *contract.JOB_TYPES)):
        return
    engine.text_escapes += [
        (each, state.module, node) for each in each_of(text) if isinstance(each, Text) and _is_path(each)
    ]


def _any_path(value: Value) -> bool:
    return any(_is_path(each) for each in each_of(value))


def _is_path(value: Value) -> bool:
    return isinstance(value, Text) and contract.COLLECTION in value.model


def check(engine: Engine, target: Target, module: Module, span: tuple[int, int]) -> None:
    """Raises UrlError where the changed text would be told apart from another in a new way."""
    for (one, other), (where, node) in engine.compared.items():
        changed = [each for each in (one, other) if urls.touches(each, module, span)]
        if len(changed) != 1:
            continue
        old = changed[0].model
        stays = (other if changed[0] is one else one).model
        begin, _, end = old.rpartition(target.model[target.start : target.end])
        if _may_be(old, stays) or _may_be(begin + target.replacement + end, stays):
            line, _ = where.source.line_column(where.span(node)[0])
            raise urls.UrlError(f"its text is told apart from another ({where.path}, line {line})")


def _may_be(one: str, other: str) -> bool:
    """Whether two texts can be the same, whatever their holes stand for."""
    return _fits(one, other) or _fits(other, one)


def _fits(pattern: str, text: str) -> bool:
    parts = ".*".join(re.escape(part) for part in pattern.split(HOLE))
    return re.fullmatch(parts, text, re.DOTALL) is not None
