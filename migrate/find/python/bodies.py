"""The bodies that a request can have, as JSON values, from the evaluated payload."""

from __future__ import annotations

import itertools
from typing import Any

from migrate.find.python.engine import Engine
from migrate.find.python.state import MAX_SHAPES, State
from migrate.find.python.strings import describe
from migrate.find.python.values import (
    Allocation,
    Const,
    Dumped,
    Instance,
    Ref,
    Seq,
    Shape,
    Text,
    Unknown,
    Value,
    each_of,
)
from migrate.model import Opaque


class UnprovedError(ValueError):
    """A payload whose form can't be proved. The message completes "its payload can't be followed: …"."""


def bodies_of(engine: Engine, state: State, value: Value) -> list[dict[str, Any]]:
    """All bodies that the value stands for, without repeats, in a fixed order.

    Raises UnprovedError.
    """
    found: list[dict[str, Any]] = []
    for each in each_of(value):
        for body in _bodies(engine, state, each):
            if body not in found:
                found.append(body)
    if len(found) > MAX_SHAPES:
        raise UnprovedError(f"it has more than {MAX_SHAPES} possible forms")
    return found


def _bodies(engine: Engine, state: State, value: Value) -> list[dict[str, Any]]:
    if isinstance(value, Dumped):
        return bodies_of(engine, state, value.value)
    if isinstance(value, Text) and value.known is not None:
        raise UnprovedError("it is a text that is not understood as a JSON object")
    if not isinstance(value, Ref):
        why = value.why if isinstance(value, Unknown) and value.why else "it is not known here"
        raise UnprovedError(f"`{_short(describe(value))}`: {why}")
    found: list[dict[str, Any]] = []
    for shape in engine.dict_of(state, value.id).shapes:
        if shape.unknown:
            raise UnprovedError(shape.unknown)
        found += _worlds(engine, state, shape)
    return found


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def _worlds(engine: Engine, state: State, shape: Shape) -> list[dict[str, Any]]:
    keys = list(shape.entries)
    options = [_json(engine, state, shape.entries[key].value) for key in keys]
    count = 1
    for each in options:
        count *= len(each)
    if count > MAX_SHAPES:
        raise UnprovedError(f"it has more than {MAX_SHAPES} possible forms")
    return [dict(zip(keys, combination, strict=True)) for combination in itertools.product(*options)]


def _json(engine: Engine, state: State, value: Value, depth: int = 0) -> list[Any]:
    if isinstance(value, Const):
        return [value.value]
    if isinstance(value, Text):
        return [value.known if value.known is not None else Opaque(value.label)]
    if isinstance(value, Ref) and depth < 20:
        made = engine.dict_of(state, value.id)
        if any(shape.unknown for shape in made.shapes):
            return [Opaque(_text_of(made.allocation))]
        found: list[Any] = []
        for shape in made.shapes:
            options = [_json(engine, state, entry.value, depth + 1) for entry in shape.entries.values()]
            found += [
                dict(zip(shape.entries, combination, strict=True))
                for combination in itertools.islice(itertools.product(*options), MAX_SHAPES + 1)
            ]
        return found
    if isinstance(value, Seq):
        options = [_json(engine, state, item, depth + 1) for item in value.items]
        return [list(each) for each in itertools.islice(itertools.product(*options), MAX_SHAPES + 1)]
    if isinstance(value, Instance):
        return [Opaque("an object")]
    return [Opaque(describe(value))]


def _text_of(allocation: Allocation) -> str:
    return (allocation.module.spans and allocation.module.code(allocation.node)) or "a dict"
