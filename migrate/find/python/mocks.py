"""Expectations of `unittest.mock`: calls that a test demands of the code that sends the request.

https://docs.python.org/3/library/unittest.mock.html
"""

from __future__ import annotations

import re

import libcst as cst

from migrate import contract
from migrate.find.python import dicts, strings
from migrate.find.python.arguments import Arguments
from migrate.find.python.engine import Engine
from migrate.find.python.record import record
from migrate.find.python.state import State
from migrate.find.python.values import Dumped, Imported, Ref, Text, Unknown, Value, each_of

_VIA = "unittest.mock"
_ASSERTING = re.compile(
    r"\.assert_(?:called_with|called_once_with|any_call|awaited_with|awaited_once_with|any_await)$"
)
_VERBS = tuple(method.lower() for method in contract.METHODS.values())
_PATCHED = re.compile(
    rf"patch(?:\.object)?\([^)]*?[\"'](?:[\w.]*\.)?(?P<verb>{'|'.join(_VERBS)}|request)[\"']"
)


def call(engine: Engine, state: State, node: cst.Call, callee: Value, given: Arguments) -> Value | None:
    """Note the request that ``put.assert_called_with(…)`` or ``call(…)`` expects; None for other calls."""
    sender = _sender(state, node, callee)
    if sender is None:
        return None
    positional = list(given.positional)
    method = _method(sender, positional, state.module.text)
    url = given.get("url") or next((each for each in positional if _is_path(each[0])), None)
    if not method or url is None or not _is_path(url[0]):
        return None
    body = given.get("json", "data", "content") or next(
        (each for each in positional if isinstance(each[0], (Ref, Dumped))), None
    )
    if body is not None and not _is_known(engine, state, body[0]):
        return None
    answer = record(engine, state, node, "double", _VIA, method, url[0], None, exact=True)
    if body is not None:
        shot = engine.latest(answer.site)
        shot.extra = (body,)
        dicts.sent(engine, state, body[0], body[1], shot.number)
    return Unknown(state.module.code(node))


def _sender(state: State, node: cst.Call, callee: Value) -> str | None:
    """What is expected to be called, by its name ("" if it has none)."""
    code = state.module.code(node.func)
    if _ASSERTING.search(code):
        return _ASSERTING.sub("", code)
    if isinstance(callee, Imported) and callee.dotted.startswith(f"{_VIA}.call"):
        return callee.dotted.removeprefix(f"{_VIA}.call")
    return None


def _method(sender: str, positional: list[tuple[Value, cst.BaseExpression]], text: str) -> Text | None:
    first = positional[0][0] if positional else None
    if isinstance(first, Text) and (first.known or "").lower() in _VERBS:
        return first
    named = re.split(r"[\W_]+", sender.lower())
    words = [word for word in named if word in _VERBS]
    if not words and not {"get", "delete", "head", "options"} & set(named):
        patched = {found["verb"] for found in _PATCHED.finditer(text)}
        words = list(patched) if len(patched) == 1 and "request" not in patched else []
    return Text(strings.plain(words[-1].upper())) if words else None


def _is_path(value: Value) -> bool:
    return all(isinstance(each, Text) and contract.COLLECTION in each.model for each in each_of(value))


def _is_known(engine: Engine, state: State, value: Value) -> bool:
    if isinstance(value, Dumped):
        return _is_known(engine, state, value.value)
    if isinstance(value, Ref):
        return not any(shape.unknown for shape in engine.dict_of(state, value.id).shapes)
    return value == Imported(f"{_VIA}.ANY")
