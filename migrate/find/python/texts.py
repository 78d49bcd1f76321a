"""Evaluating strings: literals, f-strings, concatenation, ``%``."""

from __future__ import annotations

import libcst as cst

from migrate.find.python import dicts, expressions, strings
from migrate.find.python.engine import Engine
from migrate.find.python.state import State
from migrate.find.python.values import Answer, Ref, Seq, Text, Unknown, Value, choice, each_of


def simple_string(engine: Engine, state: State, node: cst.SimpleString) -> Value:  # noqa: ARG001
    """A string or bytes literal."""
    return strings.literal_text(state.module, node)


def concatenated(engine: Engine, state: State, node: cst.ConcatenatedString) -> Value:
    """Literals one after the other."""
    parts = [expressions.evaluate(engine, state, node.left), expressions.evaluate(engine, state, node.right)]
    return strings.join([part for part in parts if isinstance(part, Text)])


def formatted(engine: Engine, state: State, node: cst.FormattedString) -> Value:
    """An f-string, in each form that it may have."""
    raw = "r" in node.prefix.lower()
    parts: list[list[Text]] = []
    for part in node.parts:
        if isinstance(part, cst.FormattedStringText):
            parts.append([strings.format_text(state.module, part, raw)])
        elif isinstance(part, cst.FormattedStringExpression):
            parts.append(_placeholder(engine, state, part))
    return choice(*(strings.join(list(each)) for each in strings.combined(parts)))


def _placeholder(engine: Engine, state: State, node: cst.FormattedStringExpression) -> list[Text]:
    value = expressions.evaluate(engine, state, node.expression)
    if not isinstance(value, Answer):
        dicts.escape(engine, state, value, node, "it becomes part of a text")
    label = state.module.code(node.expression)
    plain = node.conversion is None and node.format_spec is None and node.equal is None
    texts = strings.variants(value, label) if plain else [strings.hole(label)]
    return [strings.within(text, state.module, state.module.span(node)) for text in texts]


def add(
    state: State,
    left: Value,
    right: Value,
    left_node: cst.BaseExpression,
    right_node: cst.BaseExpression,
) -> Value:
    """``left + right``: strings and lists."""
    if isinstance(left, Seq) and isinstance(right, Seq):
        return Seq((*left.items, *right.items))
    results: list[Value] = []
    for one in each_of(left):
        for other in each_of(right):
            if not isinstance(one, Text) and not isinstance(other, Text):
                return Unknown(f"{strings.describe(left)} Add {strings.describe(right)}")
            first = strings.as_text(one, state.module.code(left_node))
            second = strings.as_text(other, state.module.code(right_node))
            results.append(
                strings.join(
                    [
                        _operand(state, first, left_node),
                        _operand(state, second, right_node),
                    ]
                )
            )
    return choice(*results)


def _operand(state: State, text: Text, node: cst.BaseExpression) -> Text:
    if isinstance(node, (cst.Name, cst.Attribute)):
        return strings.within(text, state.module, state.module.outer_span(node))
    return text


def percent(engine: Engine, state: State, node: cst.BinaryOperation, left: Value, right: Value) -> Value:
    """``left % right``."""
    if not isinstance(left, Text):
        return Unknown(state.module.code(node))
    if isinstance(right, Ref):
        found = engine.dict_of(state, right.id).shapes[0].entries
        forms = strings.combined([strings.variants(entry.value, key) for key, entry in found.items()])
        results = [strings.percent(left, dict(zip(found, each, strict=True))) for each in forms]
    else:
        items = right.items if isinstance(right, Seq) else (right,)
        forms = strings.combined([strings.variants(item, "…") for item in items])
        results = [strings.percent(left, list(each)) for each in forms]
    return choice(*(each or Unknown(state.module.code(node)) for each in results))
