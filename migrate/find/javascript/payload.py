"""Request bodies: where each key comes from, and every body that the program can send."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from migrate import contract
from migrate.find.javascript.scope import Binding
from migrate.find.javascript.tree import Node, unwrap
from migrate.find.javascript.values import Environment, Values, key_of, static_text, value_of
from migrate.model import Opaque

MOST_WORLDS = 256

Condition = tuple[str, bool]


class UnprovedError(Exception):
    """Something about a request can't be proved. reason: completes "Not rewritten: …"; node: where."""

    def __init__(self, reason: str, node: Node | None = None, advice: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.node = node
        self.advice = advice


@dataclass(eq=False)
class Element:
    """One child of an object literal.

    key: its name (None for a spread). inner: the literals that a spread can stand for, each with
    the conditions under which it does. named: the spread expression that reads from elsewhere.
    """

    node: Node
    key: str | None = None
    value: Node | None = None
    inner: list[tuple[tuple[Condition, ...], Literal]] = field(default_factory=list)
    named: bool = False


@dataclass(eq=False)
class Literal:
    """An object literal with its elements in order."""

    node: Node
    elements: list[Element]

    def every(self) -> Iterator[Literal]:
        """This literal and all that are spread into it."""
        yield self
        for element in self.elements:
            for _, inner in element.inner:
                yield from inner.every()


@dataclass(eq=False)
class Statement:
    """A statement that changes a body after it was made: one key set, or a literal merged in."""

    node: Node
    subject: Node
    conditions: tuple[Condition, ...]
    target: Node | None = None
    key: str = ""
    value: Node | None = None
    path: tuple[str, ...] = ()
    merged: Literal | None = None


@dataclass(eq=False)
class Body:
    """One way to make a body: a literal and the statements that follow.

    conditions: under which this way is taken. text: JSON text in place of a literal: file path,
    span and the decoded value. annotations: type nodes that the body is declared with.
    """

    literal: Literal | None
    statements: list[Statement] = field(default_factory=list)
    conditions: tuple[Condition, ...] = ()
    text: JsonText | None = None
    annotations: list[Node] = field(default_factory=list)
    subject: Binding | None = None

    def also(self, condition: Condition) -> Body:
        """The same under one more condition."""
        return replace(self, conditions=(*self.conditions, condition))


@dataclass(frozen=True, eq=False)
class JsonText:
    """JSON in a file of its own or in a string literal. start, end: where the JSON stands."""

    path: str
    start: int
    end: int
    text: str
    value: Any


def json_value(node: Node, values: Values) -> Any:
    """A JSON value of an expression, with `Opaque` where it is not a literal."""
    node = unwrap(node)
    if node.kind in ("string", "template_string"):
        text = static_text(node)
        return Opaque(node.text) if text is None else text
    if node.kind == "number":
        return _number(node.text)
    if node.kind in ("true", "false"):
        return node.kind == "true"
    if node.kind == "null":
        return None
    if node.kind == "array" and not any(each.kind == "spread_element" for each in node.parts):
        return [json_value(each, values) for each in node.parts]
    if node.kind == "object":
        pairs = [(key_of(each), value_of(each)) for each in node.parts]
        if all(key is not None and value is not None for key, value in pairs):
            return {str(key): json_value(value, values) for key, value in pairs if value is not None}
    return Opaque(node.text)


def _number(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        try:
            return float(text) if text.replace(".", "", 1).isdigit() else Opaque(text)
        except ValueError:
            return Opaque(text)


class Reader:
    """Reads object literals. trace: gives the bodies that another expression stands for."""

    def __init__(self, values: Values, trace: Tracer) -> None:
        self.values = values
        self.trace = trace

    def literal(self, node: Node, env: Environment) -> Literal:
        """An object literal's elements. Raises UnprovedError."""
        return Literal(node, [self._element(child, env) for child in node.parts])

    def _element(self, child: Node, env: Environment) -> Element:
        if child.kind == "spread_element" and child.first is not None:
            return self._spread(child, child.first, env)
        key = key_of(child)
        if key is None:
            raise UnprovedError(f"the body has a computed key, `{child.text.split(':')[0]}`", child)
        return Element(child, key, value_of(child))

    def _spread(self, child: Node, inner: Node, env: Environment) -> Element:
        element = Element(child)
        for conditions, expression in choices(unwrap(inner)):
            target = unwrap(expression)
            if target.kind == "object":
                element.inner.append((conditions, self.literal(target, env)))
            elif target.text not in ("undefined", "null", "false"):
                element.named = True
                element.inner.extend(
                    (conditions + each.conditions, self._plain(each, child))
                    for each in self.trace(target, env)
                )
        return element

    def _plain(self, body: Body, child: Node) -> Literal:
        if body.literal is None or body.statements:
            raise UnprovedError(
                f"`{child.text}` brings in an object that is changed after it was made", child
            )
        return body.literal


class Tracer(Protocol):
    """What gives the bodies of an expression (see `trace.py`)."""

    def __call__(self, node: Node, env: Environment) -> list[Body]:
        """The bodies. Raises UnprovedError."""
        ...


def choices(node: Node) -> Iterator[tuple[tuple[Condition, ...], Node]]:
    """The operands that a conditional expression can stand for, with their conditions."""
    parts = node.parts
    if node.kind == "ternary_expression" and len(parts) == 3:
        test = _condition(parts[0])
        for conditions, each in choices(unwrap(parts[1])):
            yield ((test, True), *conditions), each
        for conditions, each in choices(unwrap(parts[2])):
            yield ((test, False), *conditions), each
    elif node.kind == "binary_expression" and node.token("&&") and len(parts) == 2:
        test = _condition(parts[0])
        for conditions, each in choices(unwrap(parts[1])):
            yield ((test, True), *conditions), each
    elif node.kind == "binary_expression" and (node.token("??") or node.token("||")) and len(parts) == 2:
        test = _condition(parts[0])
        yield ((test, True),), unwrap(parts[0])
        for conditions, each in choices(unwrap(parts[1])):
            yield ((test, False), *conditions), each
    else:
        yield (), node


def _condition(node: Node) -> str:
    return " ".join(unwrap(node).text.split())


class Worlds:
    """Every body that some ways of making one can give, as JSON values."""

    def __init__(self, values: Values) -> None:
        self.values = values
        self._subjects: set[str] = set()

    def of(self, bodies: Sequence[Body]) -> tuple[Mapping[str, Any], ...]:
        """The possible bodies. Raises UnprovedError where there are too many to compare."""
        found: list[Mapping[str, Any]] = []
        for body in bodies:
            tests = sorted({name for name, _ in _conditions(body)})
            if 2 ** len(tests) * len(bodies) > MOST_WORLDS:
                raise UnprovedError("the body depends on too many conditions")
            for values in itertools.product((True, False), repeat=len(tests)):
                chosen = dict(zip(tests, values, strict=True))
                if all(chosen[name] is wanted for name, wanted in body.conditions):
                    found.append(self._body(body, chosen))
        return tuple(found)

    def _body(self, body: Body, chosen: Mapping[str, bool]) -> dict[str, Any]:
        if body.text is not None:
            return dict(body.text.value)
        result: dict[str, Any] = {}
        self._subjects = {statement.subject.text for statement in body.statements}
        if body.literal is not None:
            self._merge(body.literal, chosen, result)
        for statement in body.statements:
            if all(chosen[name] is wanted for name, wanted in statement.conditions):
                self._apply(statement, chosen, result)
        return result

    def _apply(self, statement: Statement, chosen: Mapping[str, bool], result: dict[str, Any]) -> None:
        if statement.merged is not None:
            self._merge(statement.merged, chosen, result)
            return
        if statement.value is None:
            return
        place = result
        for name in statement.path:
            inner = place.get(name)
            place[name] = dict(inner) if isinstance(inner, Mapping) else {}
            place = place[name]
        place[statement.key] = self.value(statement.key, statement.value, chosen, result)

    def _merge(self, literal: Literal, chosen: Mapping[str, bool], result: dict[str, Any]) -> None:
        for element in literal.elements:
            if element.key is not None and element.value is not None:
                result[element.key] = self.value(element.key, element.value, chosen, result)
            for conditions, inner in element.inner:
                if all(chosen[name] is wanted for name, wanted in conditions):
                    self._merge(inner, chosen, result)

    def value(self, key: str, node: Node, chosen: Mapping[str, bool], result: Mapping[str, Any]) -> Any:
        """The value of a key; ``settings`` is evaluated through spreads and names."""
        if key in (contract.SETTINGS, contract.CRON):
            return self._settings(node, chosen, result, 0)
        return json_value(node, self.values)

    def _settings(self, node: Node, chosen: Mapping[str, bool], result: Mapping[str, Any], depth: int) -> Any:
        target = self.values.follow(node)
        if target.kind != "object" or depth > 6:
            return json_value(target, self.values)
        found: dict[str, Any] = {}
        for child in target.parts:
            key, value = key_of(child), value_of(child)
            if child.kind == "spread_element" and child.first is not None:
                for conditions, each in choices(unwrap(child.first)):
                    if all(chosen.get(name, True) is wanted for name, wanted in conditions):
                        inner = self._spread_settings(each, chosen, result, depth)
                        found.update(inner)
            elif key is None or value is None:
                return Opaque(target.text)
            else:
                nested = key == contract.CRON
                found[key] = (
                    self._settings(value, chosen, result, depth + 1)
                    if nested
                    else json_value(value, self.values)
                )
        return found

    def _spread_settings(
        self, node: Node, chosen: Mapping[str, bool], result: Mapping[str, Any], depth: int
    ) -> Mapping[str, Any]:
        base = node.first if _reads_settings(node) else None
        if base is not None and base.text in self._subjects:
            current = result.get(contract.SETTINGS)
            return dict(current) if isinstance(current, Mapping) else {}
        if node.text in ("undefined", "null", "false", "{}"):
            return {}
        value = self._settings(node, chosen, result, depth + 1)
        if isinstance(value, Mapping):
            return value
        if base is not None and self.values.follow(base).kind == "object":
            return {}
        raise UnprovedError(f"`{contract.SETTINGS}` holds `...{node.text}`, whose keys are not known", node)


def _reads_settings(node: Node) -> bool:
    return node.kind == "member_expression" and node.last is not None and node.last.text == contract.SETTINGS


def _conditions(body: Body) -> Iterator[Condition]:
    yield from body.conditions
    literals = [body.literal] if body.literal else []
    for statement in body.statements:
        yield from statement.conditions
        if statement.merged:
            literals.append(statement.merged)
    for literal in literals:
        for each in literal.every():
            for element in each.elements:
                for conditions, _ in element.inner:
                    yield from conditions
                if element.key == contract.SETTINGS and element.value is not None:
                    yield from _settings_conditions(element.value)


def _settings_conditions(node: Node) -> Iterator[Condition]:
    for each in node.walk():
        if each.kind == "spread_element" and each.first is not None:
            for conditions, _ in choices(unwrap(each.first)):
                yield from conditions
