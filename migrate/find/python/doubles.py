"""Test doubles: mocks that answer for the endpoint. Their replies and expected bodies move, too."""

from __future__ import annotations

import libcst as cst

from migrate.find.python import dicts, mock_patterns
from migrate.find.python.arguments import Arguments
from migrate.find.python.engine import Engine, Shot
from migrate.find.python.state import State
from migrate.find.python.values import (
    NONE,
    Answer,
    Function,
    Imported,
    Made,
    Method,
    Ref,
    Seq,
    Text,
    Unknown,
    Value,
)

_LIBRARIES = (
    "responses",
    "respx",
    "requests_mock",
    "httpretty",
    "aioresponses",
    "pytest_httpserver",
    "pytest_httpx",
)
_FIXTURES = {
    "requests_mock": "requests_mock",
    "respx_mock": "respx",
    "httpserver": "pytest_httpserver",
    "httpx_mock": "pytest_httpx",
    "rsps": "responses",
    "mocked_responses": "responses",
    "mock_responses": "responses",
}
ROUTE = "a route of a test double"
_REPLY_NAMES = ("json", "body", "payload", "text", "response_json", "content", "data", "return_value", "html")
_REPLIES = ("mock", "respond", "respond_with_json", "respond_with_data", "respond_with_response", "reply")


def library_of(callee: Value) -> str:
    """The double's library that a call belongs to, or ""."""
    value: Value | None = callee
    while isinstance(value, (Method, Unknown)) and value.base is not None:
        value = value.base
    if isinstance(value, Unknown) and value.parameter:
        return _FIXTURES.get(value.parameter, "")
    dotted = value.dotted if isinstance(value, (Imported, Made)) else ""
    return next((each for each in _LIBRARIES if dotted == each or dotted.startswith(f"{each}.")), "")


def is_reply(callee: Value) -> bool:
    """Whether the call gives a route its reply (``route.respond(…)``)."""
    return isinstance(callee, Method) and isinstance(callee.base, Made) and callee.base.dotted == ROUTE


def attach(engine: Engine, state: State, callee: Value, given: Arguments) -> Value | None:
    """Note the reply of a route; the route."""
    if not isinstance(callee, Method) or not isinstance(callee.base, Made):
        return None
    route = callee.base
    answer = route.arguments.get("answer")
    if isinstance(answer, Answer):
        reply = reply_of(engine, state, given, callee.name)
        for shot in engine.shots.values():
            if shot.number == answer.site and reply is not None:
                shot.reply = reply
                shot.state.heap.update(state.heap)
    return route


def reply_of(
    engine: Engine, state: State, given: Arguments, name: str = ""
) -> tuple[Value, cst.BaseExpression] | None:
    """What a double answers with."""
    found = given.get(*_REPLY_NAMES)
    if found is None and name in _REPLIES and given.positional:
        found = given.positional[0]
    if found is None:
        return None
    value, expression = found
    if isinstance(value, Made):
        inner = next(
            (value.arguments[key] for key in ("json", "text", "content", "1") if key in value.arguments), None
        )
        return None if inner is None else (inner, expression)
    del engine, state
    return None if value == NONE or isinstance(value, Function) else (value, expression)


def expected_of(
    engine: Engine, state: State, given: Arguments, library: str
) -> list[tuple[Value, cst.BaseExpression]]:
    """The bodies that a double demands of a request."""
    found: list[tuple[Value, cst.BaseExpression]] = []
    match = given.get("match", "matchers")
    values = match[0].items if match and isinstance(match[0], Seq) else ()
    for value in values:
        if (
            isinstance(value, Made)
            and value.dotted.endswith("json_params_matcher")
            and "0" in value.arguments
        ):
            found.append((value.arguments["0"], match[1] if match else given.positional[0][1]))
    if library in ("pytest_httpserver", "pytest_httpx"):
        named = given.get("json", "match_json") if library == "pytest_httpserver" else given.get("match_json")
        if named is not None:
            found.append(named)
    if library == "respx":
        named = given.get("json")
        if named is not None:
            found.append(named)
    del engine, state
    return found


def note(engine: Engine, state: State, shot: Shot, given: Arguments, library: str) -> Made:
    """Complete a double's shot; the route that it makes."""
    if library not in ("pytest_httpserver", "respx"):
        shot.reply = reply_of(engine, state, given)
    shot.doubt = mock_patterns.doubtful_reply(given)
    shot.extra = tuple(expected_of(engine, state, given, library))
    for value, expression in shot.extra:
        dicts.sent(engine, state, value, expression, shot.number)
    return Made(ROUTE, {"answer": Answer(shot.number)})


def made(callee: Value, given: Arguments) -> Value | None:
    """Matchers and replies that doubles are given: ``httpx.Response(…)``, ``json_params_matcher(…)``."""
    if isinstance(callee, Imported) and (
        callee.dotted
        in ("httpx.Response", "werkzeug.Response", "requests_mock.Mocker", "responses.RequestsMock")
        or callee.dotted.endswith("json_params_matcher")
        or callee.dotted
        in ("requests_mock.mock", "respx.mock", "respx.MockRouter", "aioresponses.aioresponses")
        or callee.dotted == "pytest_httpserver.HTTPServer"
    ):
        named = {key: value for key, value, _, _ in (*given.named, *given.spread)}
        named |= {str(index): value for index, (value, _) in enumerate(given.positional)}
        return Made(callee.dotted, named)
    return None


__all__ = ["Ref", "Text", "attach", "is_reply", "library_of", "made", "note"]
