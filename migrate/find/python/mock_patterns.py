"""Mocks whose URL is a regular expression, or whose reply a function of the project makes."""

from __future__ import annotations

import re

import libcst as cst

from migrate import contract
from migrate.find.python import expressions, strings
from migrate.find.python.arguments import Arguments
from migrate.find.python.engine import Engine, Shot
from migrate.find.python.planner import BlockedError, where
from migrate.find.python.state import State
from migrate.find.python.values import Function, Text, Value, each_of
from migrate.model import HOLE

_TOKEN = re.compile(
    r"(?P<start>\A\^)|(?P<end>(?:/\??)?(?:\$|\\Z)\Z)"
    r"|(?P<escaped>\\[./:\-_])"
    r"|(?P<any>\((?:\?:|\?P<\w+>)?(?:\[[^\]]+\]|\\[wdS]|\.)[*+]\)|(?:\[[^\]]+\]|\\[wdS]|\.)[*+]\??)"
    r"|(?P<plain>[^\\^$*+?()\[\]{}|])",
    re.DOTALL,
)
"""What of a regular expression's syntax a mock's URL is made of: https://docs.python.org/3/library/re.html."""


def url_of(
    engine: Engine, state: State, given: Arguments, url: tuple[Value, cst.BaseExpression] | None
) -> tuple[Text, cst.BaseExpression, bool] | None:
    """The URL that a mock's pattern stands for, and whether it matches what begins so; None if it is none."""
    named = given.get("url__regex")
    expression = named[1] if named else url[1] if url else None
    if isinstance(expression, cst.Call) and state.module.code(expression.func) in ("re.compile", "compile"):
        if len(expression.args) != 1:
            return None
        expression = expression.args[0].value
    elif named is None:
        return None
    if expression is None:
        return None
    value = expressions.evaluate(engine, state.fork(), expression)
    found = _as_url(value) if isinstance(value, Text) else None
    if found is None:
        return None
    inner = expression
    engine.text_escapes[:] = [each for each in engine.text_escapes if each[2] is not inner]
    return found[0], expression, found[1]


def _as_url(pattern: Text) -> tuple[Text, bool] | None:
    """The pattern with `HOLE` for what varies, and whether its end is open; None where more is in it."""
    model = pattern.model
    parts: list[Text] = []
    position, is_open = 0, True
    while position < len(model):
        found = _TOKEN.match(model, position)
        if found is None:
            return None
        if found.lastgroup == "plain":
            parts.append(strings.cut(pattern, position, found.end()))
        elif found.lastgroup == "escaped":
            parts.append(strings.cut(pattern, position + 1, found.end()))
        elif found.lastgroup == "any":
            parts.append(strings.hole(HOLE))
        else:
            is_open = is_open and found.lastgroup != "end"
        position = found.end()
    return strings.join(parts), is_open


def doubtful_reply(given: Arguments) -> str:
    """Why a mock whose reply a function makes has to stay; "" if nothing of the contract is in it."""
    named = given.get("callback", "body", "json", "text", "content", "side_effect")
    functions = [value for value, _ in given.values() if isinstance(value, Function)]
    if not functions:
        return "its callback is not known here" if given.get("callback") and named else ""
    words = (*contract.MOVED_KEYS, *contract.JOB_TYPES)
    for function in functions:
        code = _code(function)
        word = next((word for word in words if word in code), "")
        if word:
            return f"the function that makes its reply names `{word}`"
    return ""


def _code(function: Function) -> str:
    """The text of a function and of those of its file that it names."""
    module = function.module
    texts = [module.code(function.node)]
    known = {
        each.name.value: each for each in module.nodes(cst.FunctionDef) if isinstance(each, cst.FunctionDef)
    }
    for word in dict.fromkeys(re.findall(r"\w+", texts[0])):
        if word in known:
            texts.append(module.code(known[word]))
    return "\n".join(texts)


def check(engine: Engine, shot: Shot, numbers: set[int]) -> None:
    """A pattern without an end must not come to answer for what another mock answers for.

    Raises BlockedError.
    """
    for other in engine.shots.values() if shot.is_open else ():
        if other.kind != "double" or other.number in numbers or _in_other_test(shot, other):
            continue
        if any(isinstance(each, Text) and contract.COLLECTION in each.model for each in each_of(other.url)):
            raise BlockedError(
                f"without its end it would match the URL of another mock ({where(*other.calls[-1])})",
                "its pattern",
            )


def _in_other_test(one: Shot, other: Shot) -> bool:
    """Whether both stand in tests, and not in the same."""
    tests = [module.enclosing(call, (cst.FunctionDef,)) for module, call in (one.calls[-1], other.calls[-1])]
    named = all(isinstance(each, cst.FunctionDef) and each.name.value.startswith("test") for each in tests)
    return named and tests[0] is not tests[1]
