"""Calls of the API client's methods: ``client.put.job.manual(…)``, also through an alias or passed on."""

from __future__ import annotations

import libcst as cst

from migrate import contract
from migrate.find.python import strings
from migrate.find.python.arguments import Arguments
from migrate.find.python.engine import Engine
from migrate.find.python.module import Module
from migrate.find.python.record import record
from migrate.find.python.state import State
from migrate.find.python.values import Answer, Imported, Method, Ref, Text, Unknown, Value, choice


def chain(value: Value) -> tuple[str, ...]:
    """The attribute names by which a value was reached, outermost last."""
    names: list[str] = []
    while isinstance(value, (Unknown, Method)) and value.name and value.base is not None:
        names.append(value.name)
        value = value.base
    if isinstance(value, Imported):
        names += reversed(value.dotted.split("."))
    return tuple(reversed(names))


def _symbol(value: Value) -> tuple[Module, int, int] | None:
    """The characters of the last name of a method of the API client, with its dot."""
    if isinstance(value, Unknown) and value.place is not None and client_name(value) in contract.BY_NAME:
        module, node = value.place
        if isinstance(node, cst.Attribute):
            return module, module.outer_span(node.value)[1], module.span(node)[1]
    return None


def client_name(value: Value) -> str:
    """``put.job.manual`` or ``put.job`` where the value is such a method of the API client, else ""."""
    names = chain(value)
    dotted = ".".join(names[-3:])
    if dotted in contract.BY_NAME:
        return dotted
    dotted = ".".join(names[-2:])
    return dotted if dotted in {each.new_name for each in contract.OPERATIONS} else ""


def call(engine: Engine, state: State, node: cst.Call, callee: Value, given: Arguments) -> Value | None:
    """A call of the API client's method, or of something that is given the method (``retry(…)``)."""
    name = client_name(callee)
    body = given.get("data")
    if not name:
        for value, _ in given.positional:
            name = name or client_name(value)
        if not name:
            return None
        symbol = next((_symbol(value) for value, _ in given.positional if _symbol(value)), None)
        return _client_passed(engine, state, node, name, given, symbol)
    if body is None:
        body = _client_data(engine, state, given)
    if body is None and name not in contract.BY_NAME:
        return None
    return _client_shot(engine, state, node, name, body, name, _symbol(callee))


def _client_passed(
    engine: Engine,
    state: State,
    node: cst.Call,
    name: str,
    given: Arguments,
    symbol: tuple[Module, int, int] | None,
) -> Value | None:
    body = given.get("data") or _client_data(engine, state, given)
    if body is None and name not in contract.BY_NAME:
        return None
    return _client_shot(engine, state, node, name, body, f"{state.module.code(node.func)}({name}, …)", symbol)


def _client_data(engine: Engine, state: State, given: Arguments) -> tuple[Value, cst.BaseExpression] | None:
    """``data`` of a single argument ``{"parameters": …, "data": …}``."""
    for value, expression in given.positional:
        if isinstance(value, Ref):
            shapes = engine.dict_of(state, value.id).shapes
            if all(contract.RESPONSE_ENVELOPE in shape.entries for shape in shapes):
                return choice(
                    *(shape.entries[contract.RESPONSE_ENVELOPE].value for shape in shapes)
                ), expression
    return None


def _client_shot(
    engine: Engine,
    state: State,
    node: cst.Call,
    name: str,
    body: tuple[Value, cst.BaseExpression] | None,
    via: str,
    symbol: tuple[Module, int, int] | None,
) -> Answer:
    url = Text(strings.plain(name))
    answer = record(engine, state, node, "client", via, url, url, body, exact=False)
    engine.latest(answer.site).symbol = symbol
    return answer
