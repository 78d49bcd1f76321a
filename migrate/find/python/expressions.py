"""Evaluating expressions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import libcst as cst

from migrate import contract
from migrate.find.python import calls, classes, collisions, dicts, files, sent, statements, strings, texts
from migrate.find.python.engine import AnswerRead, Engine, lookup
from migrate.find.python.state import Frame, State
from migrate.find.python.truth import truth
from migrate.find.python.values import (
    Answer,
    Choice,
    Class,
    Const,
    Dumped,
    Function,
    Imported,
    Instance,
    Made,
    Method,
    Ref,
    Sent,
    Seq,
    Sibling,
    Text,
    Unknown,
    Value,
    choice,
    each_of,
)

_CONSTANTS = {"True": Const.of(True), "False": Const.of(False), "None": Const.of(None)}


def evaluate(engine: Engine, state: State, node: cst.BaseExpression) -> Value:
    """The value of an expression; the state becomes the one after it."""
    engine.step()
    handler = _HANDLERS.get(type(node))
    return handler(engine, state, node) if handler else _other(engine, state, node)


def _other(engine: Engine, state: State, node: cst.CSTNode) -> Value:
    """An expression of no interest of its own: its parts are evaluated for what they do."""
    for child in state.module.children[node]:
        if isinstance(child, cst.BaseExpression):
            value = evaluate(engine, state, child)
            if isinstance(node, (cst.Yield, cst.Await)):
                dicts.escape(engine, state, value, child, "it is handed out by a generator")
        else:
            _other(engine, state, child)
    return _unknown(state, node)


def _unknown(state: State, node: cst.CSTNode) -> Unknown:
    return Unknown(state.module.code(node))


def _name(engine: Engine, state: State, node: cst.Name) -> Value:
    if node.value in _CONSTANTS:
        return _CONSTANTS[node.value]
    value = lookup(engine, state, node.value)
    if value is None:
        return Imported(node.value) if node.value in calls.BUILTINS else _unknown(state, node)
    return resolve(engine, value)


def resolve(engine: Engine, value: Value) -> Value:
    """The value behind something taken from a module of the project."""
    for _ in range(5):
        if not isinstance(value, Sibling) or not value.attribute:
            return value
        names = engine.names_of(value.path, statements.run_module)
        value = names.get(value.attribute, Unknown(value.attribute))
    return value


def _binary(engine: Engine, state: State, node: cst.BinaryOperation) -> Value:
    left = evaluate(engine, state, node.left)
    right = evaluate(engine, state, node.right)
    if isinstance(node.operator, cst.Add):
        return texts.add(state, left, right, node.left, node.right)
    if isinstance(node.operator, cst.Modulo):
        return texts.percent(engine, state, node, left, right)
    if isinstance(node.operator, cst.BitOr) and (isinstance(left, Ref) or isinstance(right, Ref)):
        return dicts.merge(engine, state, node, left, right)
    if isinstance(node.operator, cst.Divide):
        return _slash(state, node, left, right)
    operator = type(node.operator).__name__
    return Unknown(f"{strings.describe(left)} {operator} {strings.describe(right)}")


def _slash(state: State, node: cst.BinaryOperation, left: Value, right: Value) -> Value:
    if isinstance(left, Made) and isinstance(right, Text):
        return Made(left.dotted, {**left.arguments, str(len(left.arguments)): right})
    return _unknown(state, node)


def _sequence(engine: Engine, state: State, node: cst.List | cst.Tuple) -> Value:
    items: list[Value] = []
    for element in node.elements:
        value = evaluate(engine, state, element.value)
        if isinstance(element, cst.StarredElement):
            if not isinstance(value, Seq):
                return _unknown(state, node)
            items += value.items
        else:
            items.append(value)
    return Seq(tuple(items), node)


def _set(engine: Engine, state: State, node: cst.Set) -> Value:
    items = [evaluate(engine, state, element.value) for element in node.elements]
    collisions.note_all(engine, state, items, node)
    starred = any(isinstance(element, cst.StarredElement) for element in node.elements)
    return _unknown(state, node) if starred else Seq(tuple(items))


def _conditional(engine: Engine, state: State, node: cst.IfExp) -> Value:
    test = evaluate(engine, state, node.test)
    body = evaluate(engine, state, node.body)
    orelse = evaluate(engine, state, node.orelse)
    known = truth(engine, state, test)
    if known is None:
        return choice(body, orelse)
    return body if known else orelse


def _boolean(engine: Engine, state: State, node: cst.BooleanOperation) -> Value:
    left = evaluate(engine, state, node.left)
    right = evaluate(engine, state, node.right)
    known = truth(engine, state, left)
    is_or = isinstance(node.operator, cst.Or)
    if known is not None:
        return left if known == is_or else right
    if not is_or and any(isinstance(each, Answer) for each in each_of(left)):
        # It gives an answer back only where that is empty.
        return choice(*(each for each in each_of(left) if not isinstance(each, Answer)), right)
    if is_or and isinstance(left, (Ref, Text)):
        return left if isinstance(left, Text) and left.known != "" else choice(left, right)
    if isinstance(left, (Ref, Choice)) or not isinstance(right, (Unknown, Const)):
        return choice(left, right)
    return _unknown(state, node)


def _dict(engine: Engine, state: State, node: cst.Dict) -> Value:
    return dicts.display(engine, state, node)


def _subscript(engine: Engine, state: State, node: cst.Subscript) -> Value:
    base = evaluate(engine, state, node.value)
    key = dicts.subscript_key(engine, state, node)
    results = [_item(engine, state, one, key, node) for one in each_of(base)]
    return choice(*results)


def _item(engine: Engine, state: State, base: Value, key: Value, node: cst.Subscript) -> Value:
    if isinstance(base, Ref):
        return dicts.read_item(engine, state, base, key, node)
    if isinstance(base, Seq) and isinstance(key, Const) and isinstance(key.value, int):
        index = int(key.value)
        if -len(base.items) <= index < len(base.items):
            return base.items[index]
    if isinstance(base, Answer):
        return answer_key(engine, state, base, dicts.text_of(key), node)
    collisions.note_part(engine, state, base, None, node)
    sent.note(engine, state, base, key, node)
    if isinstance(base, Class) and dicts.text_of(key):
        return attribute(engine, state, base, dicts.text_of(key) or "", node)
    return _unknown(state, node)


def answer_key(engine: Engine, state: State, base: Answer, key: str | None, node: cst.CSTNode) -> Value:
    """A key taken from an answer; noted."""
    if key is None:
        dicts.answer_escape(
            engine, state, base, node, "a key that is not known is read from it", consumed=True
        )
        return _unknown(state, node)
    if not base.body:
        base = Answer(base.site, True, (), exact=key == contract.RESPONSE_ENVELOPE)
    read = AnswerRead(state.module, node, key, base.site, base.path, base.exact)
    engine.reads[id(node), base, key] = read
    return Answer(base.site, True, (*base.path, key), base.exact)


def _attribute(engine: Engine, state: State, node: cst.Attribute) -> Value:
    base = evaluate(engine, state, node.value)
    results = [attribute(engine, state, one, node.attr.value, node) for one in each_of(base)]
    return choice(*results)


def attribute(engine: Engine, state: State, base: Value, name: str, node: cst.BaseExpression) -> Value:
    """An attribute of a value."""
    if isinstance(base, Sibling) and not base.attribute:
        names = engine.names_of(base.path, statements.run_module)
        return resolve(engine, names[name]) if name in names else _unknown(state, node)
    if isinstance(base, Imported):
        if base.dotted in ("os", "sys") and name not in ("path", "environ", "getenv"):
            return Unknown(state.module.code(node), base=base, name=name)
        return Imported(f"{base.dotted}.{name}")
    if isinstance(base, Instance):
        return classes.instance_attribute(engine, state, base, name, node)
    if isinstance(base, Class):
        found = classes.class_member(engine, state, base, name)
        return found if found is not None else _unknown(state, node)
    if isinstance(base, Answer) and not base.body and name in ("data", "text", "content"):
        inner = name == contract.RESPONSE_ENVELOPE and not base.exact
        return Answer(base.site, True, (contract.RESPONSE_ENVELOPE,) if inner else ())
    if isinstance(base, Answer) and base.body and name in contract.MOVED_KEYS:
        return answer_key(engine, state, replace(base, exact=False), name, node)
    part = sent.part_of(base, name)
    if part is not None:
        return part
    if isinstance(base, Made) and name == "parent":
        return files.parent_of(base) or _unknown(state, node)
    if isinstance(base, Text) and name == "value":
        return base  # a member of an Enum of strings
    if isinstance(base, (Text, Ref, Made, Answer, Dumped, Sent)) and isinstance(node, cst.Attribute):
        return Method(base, name, node)
    return Unknown(state.module.code(node), base=base, name=name, place=(state.module, node))


def _comparison(engine: Engine, state: State, node: cst.Comparison) -> Value:
    left = evaluate(engine, state, node.left)
    values = [evaluate(engine, state, each.comparator) for each in node.comparisons]
    first, operator = values[0], node.comparisons[0].operator
    sent.compared(engine, state, left, first, operator, node)
    if isinstance(operator, (cst.In, cst.NotIn)):
        collisions.note_part(engine, state, first, left, node)
        for item in first.items if isinstance(first, Seq) else ():
            collisions.note(engine, state, left, item, node)
        for ref in each_of(first):
            if isinstance(ref, Answer) and _may_be_moved(dicts.text_of(left)):
                dicts.answer_escape(engine, state, ref, node, "something is looked for in it", consumed=True)
            if isinstance(ref, Ref):
                dicts.contains(engine, state, ref, left, node, node.comparisons[0].comparator)
    elif isinstance(operator, (cst.Equal, cst.NotEqual)):
        collisions.note(engine, state, left, first, node)
        for value, part in ((left, node.left), (first, node.comparisons[0].comparator)):
            dicts.escape(engine, state, value, part, "it is compared as a whole")
        if (
            isinstance(left, Text)
            and isinstance(first, Text)
            and left.known is not None
            and first.known is not None
        ):
            return Const.of((left.known == first.known) == isinstance(operator, cst.Equal))
    elif isinstance(operator, (cst.Is, cst.IsNot)) and first == Const.of(None):
        return _is_none(left, isinstance(operator, cst.Is), state, node)
    return _unknown(state, node)


def _may_be_moved(text: str | None) -> bool:
    """Whether a text that is looked for in an answer may be, or hold, a moved key."""
    return text is None or any(key in text for key in contract.MOVED_KEYS)


def _is_none(value: Value, positive: bool, state: State, node: cst.CSTNode) -> Value:
    if isinstance(value, (Unknown, Choice, Answer)):
        return _unknown(state, node)
    return Const.of((value == Const.of(None)) == positive)


def _number(engine: Engine, state: State, node: cst.Integer | cst.Float) -> Value:  # noqa: ARG001
    value = node.evaluated_value
    return Const.of(value) if isinstance(value, (int, float)) else _unknown(state, node)


def _unary(engine: Engine, state: State, node: cst.UnaryOperation) -> Value:
    value = evaluate(engine, state, node.expression)
    if isinstance(node.operator, cst.Not):
        known = truth(engine, state, value)
        return _unknown(state, node) if known is None else Const.of(not known)
    if isinstance(node.operator, cst.Minus) and isinstance(value, Const) and value.type in ("int", "float"):
        return Const.of(-(value.value or 0))
    return _unknown(state, node)


def _await(engine: Engine, state: State, node: cst.Await) -> Value:
    return evaluate(engine, state, node.expression)


def _named(engine: Engine, state: State, node: cst.NamedExpr) -> Value:
    value = evaluate(engine, state, node.value)
    statements.bind(engine, state, node.target, value)
    return value


def _lambda(engine: Engine, state: State, node: cst.Lambda) -> Value:
    function = Function(state.module, node)
    statements.run_entry(engine, state.fork(), function)
    return function


def _comprehension(engine: Engine, state: State, node: cst.BaseComp) -> Value:
    inner = state.fork()
    _comp_for(engine, inner, node.for_in)
    if isinstance(node, cst.DictComp):
        evaluate(engine, inner, node.key)
        _collected(engine, inner, node.value)
    elif isinstance(node, (cst.ListComp, cst.SetComp, cst.GeneratorExp)):
        _collected(engine, inner, node.elt)
    return Unknown(state.module.code(node), why="it is built by a comprehension")


def _collected(engine: Engine, state: State, element: cst.BaseExpression) -> None:
    value = evaluate(engine, state, element)
    dicts.answer_escape(engine, state, value, element, "a comprehension collects it")


def _comp_for(engine: Engine, state: State, node: cst.CompFor) -> None:
    iterable = evaluate(engine, state, node.iter)
    dicts.iterate(engine, state, iterable, node.iter)
    value: Value = Unknown(state.module.code(node.target))
    if isinstance(iterable, Seq) and iterable.items:
        collisions.note_all(engine, state, iterable.items, node)  # each may become a key
        value = choice(*iterable.items)
    statements.bind(engine, state, node.target, value)
    for condition in node.ifs:
        evaluate(engine, state, condition.test)
    if node.inner_for_in is not None:
        _comp_for(engine, state, node.inner_for_in)


def _call(engine: Engine, state: State, node: cst.Call) -> Value:
    return calls.call(engine, state, node)


def entered(engine: Engine, state: State, value: Value) -> Value:
    """What ``with value as name`` binds."""
    del engine, state
    return value


def unknown_argument(engine: Engine, state: State, function: Function, parameter: cst.Param) -> Value:
    """An argument of a function that may be called from anywhere."""
    name = parameter.name.value
    if parameter.annotation is not None:
        at_module = State([Frame(function.module, function.module.tree)], state.heap)
        annotated = calls.annotated_value(engine, at_module, parameter.annotation.annotation, name)
        if annotated is not None:
            return annotated
    return Unknown(name, parameter=name)


_HANDLERS: dict[type[cst.CSTNode], Callable[..., Value]] = {
    cst.Name: _name,
    cst.SimpleString: texts.simple_string,
    cst.ConcatenatedString: texts.concatenated,
    cst.FormattedString: texts.formatted,
    cst.BinaryOperation: _binary,
    cst.List: _sequence,
    cst.Tuple: _sequence,
    cst.Set: _set,
    cst.IfExp: _conditional,
    cst.BooleanOperation: _boolean,
    cst.Dict: _dict,
    cst.Subscript: _subscript,
    cst.Attribute: _attribute,
    cst.Comparison: _comparison,
    cst.Integer: _number,
    cst.Float: _number,
    cst.UnaryOperation: _unary,
    cst.Await: _await,
    cst.NamedExpr: _named,
    cst.Lambda: _lambda,
    cst.DictComp: _comprehension,
    cst.ListComp: _comprehension,
    cst.SetComp: _comprehension,
    cst.GeneratorExp: _comprehension,
    cst.Call: _call,
}
