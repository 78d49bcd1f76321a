"""Noting a request: with its calls, its URL, and what its body holds."""

from __future__ import annotations

import libcst as cst

from migrate.find.python import dicts, files
from migrate.find.python.engine import Engine, Shot
from migrate.find.python.state import State
from migrate.find.python.values import Answer, Text, Value, choice, each_of


def record(  # noqa: PLR0913, PLR0917 (fields of a shot)
    engine: Engine,
    state: State,
    node: cst.Call,
    kind: str,
    via: str,
    method: Value,
    url: Value,
    body: tuple[Value, cst.BaseExpression] | None,
    *,
    exact: bool,
) -> Answer:
    """Note a request; its answer."""
    # A frame's call stands in the module of the frame that makes it: the one before.
    makers = [frame.module for frame in state.frames]
    chain_of_calls = tuple(
        (makers[max(index - 1, 0)], frame.call)
        for index, frame in enumerate(state.frames)
        if frame.call is not None
    )
    full = (*chain_of_calls, (state.module, node))
    number = engine.site_number(full)
    if body is not None:
        body = _understood(engine, state, body)
    shot = Shot(
        number,
        kind,
        via,
        full,
        method,
        url,
        body[0] if body else None,
        body[1] if body else None,
        State([], dict(state.heap)),
        exact=exact,
    )
    if body is not None:
        dicts.sent(engine, state, body[0], node, number)
    engine.shots[number, len(engine.shots)] = shot
    engine.sending |= {id(each) for _, each in full}
    return Answer(number, exact=exact)


def _understood(
    engine: Engine, state: State, body: tuple[Value, cst.BaseExpression]
) -> tuple[Value, cst.BaseExpression]:
    """The body, with a JSON text replaced by what it holds."""
    found: list[Value] = []
    for each in each_of(body[0]):
        value: Value | None = None
        if isinstance(each, Text) and each.known is not None and each.pieces and each.pieces[0].literal:
            value = files.from_text(engine, state, each.pieces[0].literal.node, each, "json")
        found.append(value or each)
    return choice(*found), body[1]
