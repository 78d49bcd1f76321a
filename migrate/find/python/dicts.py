"""Dicts on the heap: making, changing, reading and passing them on, each noted for the planner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import libcst as cst

from migrate import contract
from migrate.find.python import collisions, expressions
from migrate.find.python.engine import AnswerEscape, Engine, Operation, Part
from migrate.find.python.state import State, distinct
from migrate.find.python.values import (
    NONE,
    Allocation,
    Answer,
    DictObject,
    Dumped,
    Entry,
    Instance,
    Origin,
    Ref,
    Seq,
    Shape,
    Text,
    Unknown,
    Value,
    choice,
    each_of,
)

Given = Sequence[tuple[Value, cst.BaseExpression]]
Named = Sequence[tuple[str, Value, cst.CSTNode, cst.BaseExpression]]


def is_shared(state: State) -> bool:
    """Whether code at this point runs once for the module, so that its objects are shared."""
    return not any(isinstance(frame.scope, (cst.FunctionDef, cst.Lambda)) for frame in state.frames)


def display(engine: Engine, state: State, node: cst.Dict) -> Ref:
    """Evaluate a dict display."""
    allocation = engine.allocation(state.module, node, "display", is_shared(state))
    shapes: tuple[Shape, ...] = (Shape({}),)
    parts: list[Part] = []
    for element in node.elements:
        value = expressions.evaluate(engine, state, element.value)
        if isinstance(element, cst.StarredDictElement):
            part, shapes = _spread(engine, state, element, element.value, value, shapes, allocation)
        elif isinstance(element, cst.DictElement):
            found = expressions.evaluate(engine, state, element.key)
            collisions.note_key(engine, state, allocation, found, element)
            key = text_of(found)
            part = Part(key or "", element, element.value)
            shapes = _put(shapes, key, value, Origin("element", state.module, element, allocation))
        parts.append(part)
    return created(engine, state, allocation, shapes, parts)


def created(
    engine: Engine, state: State, allocation: Allocation, shapes: tuple[Shape, ...], parts: Sequence[Part]
) -> Ref:
    """Put a new dict on the heap and note how it came into being."""
    engine.log(
        allocation,
        Operation("create", allocation.module, allocation.node, shapes=shapes, parts=tuple(parts)),
    )
    return Ref(engine.new(state, DictObject(allocation, shapes)))


def _put(shapes: tuple[Shape, ...], key: str | None, value: Value, origin: Origin) -> tuple[Shape, ...]:
    if key is None:
        return tuple(Shape(shape.entries, "a key is computed") for shape in shapes)
    return tuple(shape.with_entry(key, Entry(value, origin)) for shape in shapes)


def _spread(
    engine: Engine,
    state: State,
    node: cst.CSTNode,
    expression: cst.BaseExpression,
    value: Value,
    shapes: tuple[Shape, ...],
    into: Allocation,
) -> tuple[Part, tuple[Shape, ...]]:
    found, sources = contents(engine, state, value, expression)
    for source in sources:
        engine.log(source, Operation("derive", state.module, node, other=(into,), shapes=found))
    merged = distinct(
        tuple(
            Shape({**shape.entries, **more.entries}, shape.unknown or more.unknown)
            for shape in shapes
            for more in found
        )
    )
    return Part("", node, expression, spread=True, sources=sources, shapes=found), merged


def contents(
    engine: Engine, state: State, value: Value, node: cst.BaseExpression
) -> tuple[tuple[Shape, ...], tuple[Allocation, ...]]:
    """All possible contents of a value that is used as a mapping, and where they were made."""
    shapes: list[Shape] = []
    sources: list[Allocation] = []
    for each in each_of(value):
        if isinstance(each, Ref):
            found = engine.dict_of(state, each.id)
            shapes += found.shapes
            sources.append(found.allocation)
        elif each == NONE:
            shapes.append(Shape({}))
        else:
            shapes.append(Shape({}, f"`{state.module.code(node)}` is not known here"))
    return distinct(tuple(shapes)), tuple(dict.fromkeys(sources))


def text_of(value: Value) -> str | None:
    """The known text of a value, or None."""
    return value.known if isinstance(value, Text) else None


def call_dict(
    engine: Engine, state: State, node: cst.Call, given: Given, named: Named, stars: Given, kind: str = "call"
) -> Ref:
    """Evaluate ``dict(…)`` or the call of a TypedDict."""
    allocation = engine.allocation(state.module, node, kind, is_shared(state))
    shapes: tuple[Shape, ...] = (Shape({}),)
    parts: list[Part] = []
    for value, expression in given:
        part, shapes = _spread(engine, state, expression, expression, value, shapes, allocation)
        parts.append(part)
    for name, value, argument, expression in named:
        parts.append(Part(name, argument, expression))
        shapes = _put(shapes, name, value, Origin("keyword", state.module, argument, allocation))
    for value, expression in stars:
        part, shapes = _spread(engine, state, expression, expression, value, shapes, allocation)
        parts.append(part)
    return created(engine, state, allocation, shapes, parts)


def copy(engine: Engine, state: State, ref: Ref, node: cst.BaseExpression, target: cst.BaseExpression) -> Ref:
    """Evaluate ``d.copy()``, ``copy.deepcopy(d)`` and their like."""
    allocation = engine.allocation(state.module, node, "copy", is_shared(state))
    part, shapes = _spread(engine, state, node, target, ref, (Shape({}),), allocation)
    return created(engine, state, allocation, shapes, [part])


def merge(engine: Engine, state: State, node: cst.BinaryOperation, left: Value, right: Value) -> Ref:
    """Evaluate ``a | b``."""
    allocation = engine.allocation(state.module, node, "merge", is_shared(state))
    first, shapes = _spread(engine, state, node.left, node.left, left, (Shape({}),), allocation)
    second, shapes = _spread(engine, state, node.right, node.right, right, shapes, allocation)
    return created(engine, state, allocation, shapes, [first, second])


def update(
    engine: Engine,
    state: State,
    ref: Ref,
    given: Given,
    named: Named,
    node: cst.CSTNode,
    target: cst.BaseExpression,
) -> None:
    """Evaluate ``d.update(…)`` and ``d |= …``."""
    old = engine.dict_of(state, ref.id)
    shapes = old.shapes
    parts: list[Part] = []
    for value, expression in given:
        part, shapes = _spread(engine, state, expression, expression, value, shapes, old.allocation)
        parts.append(part)
    for name, value, argument, expression in named:
        parts.append(Part(name, argument, expression))
        shapes = _put(shapes, name, value, Origin("keyword", state.module, argument, old.allocation))
    _note(engine, state, old, "update", node, target, parts=tuple(parts))
    state.heap[ref.id] = DictObject(old.allocation, shapes)


def _note(  # noqa: PLR0913, PLR0917 (fields of an operation)
    engine: Engine,
    state: State,
    old: DictObject,
    kind: str,
    node: cst.CSTNode,
    target: cst.BaseExpression | None,
    key: str = "",
    parts: tuple[Part, ...] = (),
) -> None:
    operation = Operation(
        kind,
        state.module,
        node,
        key=key,
        shapes=old.shapes,
        target=target,
        parts=parts,
        top_level=is_shared(state),
    )
    engine.log(old.allocation, operation)


def subscript_key(engine: Engine, state: State, node: cst.Subscript) -> Value:
    """The value of a subscript's index."""
    if len(node.slice) == 1 and isinstance(node.slice[0].slice, cst.Index):
        return expressions.evaluate(engine, state, node.slice[0].slice.value)
    return Unknown(state.module.code(node))


def assign_item(engine: Engine, state: State, node: cst.Subscript, value: Value) -> None:
    """Evaluate ``d[key] = value``."""
    base = expressions.evaluate(engine, state, node.value)
    found = subscript_key(engine, state, node)
    key = text_of(found)
    refs = [each for each in each_of(base) if isinstance(each, Ref)]
    for ref in refs:
        old = engine.dict_of(state, ref.id)
        _note(engine, state, old, "set", node, node.value, key or "")
        collisions.note_key(engine, state, old.allocation, found, node)
        shapes = _put(old.shapes, key, value, Origin("statement", state.module, node, old.allocation))
        if len(refs) > 1 and _is_named(state, ref):
            shapes = distinct((*old.shapes, *shapes))
        state.heap[ref.id] = DictObject(old.allocation, shapes)
    if not refs and not isinstance(base, Answer):
        escape(engine, state, value, node, "it is stored in another object")


def _is_named(state: State, ref: Ref) -> bool:
    """Whether a variable stands for just this dict: then a change of "one of several" may spare it."""
    return any(ref == value for frame in state.frames for value in frame.names.values())


def delete_item(engine: Engine, state: State, node: cst.Subscript) -> None:
    """Evaluate ``del d[key]``."""
    base = expressions.evaluate(engine, state, node.value)
    key = text_of(subscript_key(engine, state, node))
    for ref in each_of(base):
        if isinstance(ref, Ref):
            old = engine.dict_of(state, ref.id)
            _note(engine, state, old, "delete", node, node.value, key or "")
            _remove(state, ref, old, key)


def _remove(state: State, ref: Ref, old: DictObject, key: str | None) -> None:
    if key is None:
        shapes = tuple(Shape(shape.entries, "a key that is not known is removed") for shape in old.shapes)
    else:
        shapes = distinct(tuple(shape.without(key) for shape in old.shapes))
    state.heap[ref.id] = DictObject(old.allocation, shapes)


def read_item(engine: Engine, state: State, ref: Ref, key: Value, node: cst.Subscript) -> Value:
    """Evaluate ``d[key]``."""
    old = engine.dict_of(state, ref.id)
    name = text_of(key)
    _note(engine, state, old, "read", node, node.value, name or "")
    collisions.note_key(engine, state, old.allocation, key, node)
    return _value_of(state, old, name, node)


def _value_of(state: State, old: DictObject, name: str | None, node: cst.BaseExpression) -> Value:
    values = [shape.entries[name].value for shape in old.shapes if name is not None and name in shape.entries]
    if values and len(values) == len(old.shapes):
        return choice(*values)
    del state, node
    return Unknown(f"[{name}]")


def call_method(
    engine: Engine, state: State, ref: Ref, name: str, node: cst.Call, given: Given, named: Named
) -> Value:
    """Evaluate a method of a dict. node.func is the attribute."""
    target = node.func.value if isinstance(node.func, cst.Attribute) else node.func
    old = engine.dict_of(state, ref.id)
    key = text_of(given[0][0]) if given else None
    if given and name in ("get", "pop", "setdefault"):
        collisions.note_key(engine, state, old.allocation, given[0][0], node)
    if name == "update":
        stars = [(value, expression) for star, value, _, expression in named if star == "**"]
        update(
            engine, state, ref, [*given, *stars], [each for each in named if each[0] != "**"], node, target
        )
        return NONE
    if name == "copy":
        return copy(engine, state, ref, node, target)
    if name == "get":
        _note(engine, state, old, "get", node, target, key or "")
        return _value_of(state, old, key, node)
    if name == "pop":
        _note(engine, state, old, "pop", node, target, key or "")
        value = _value_of(state, old, key, node)
        _remove(state, ref, old, key)
        return value
    if name == "setdefault" and given:
        return _setdefault(engine, state, ref, node, target, given)
    if name in ("values", "items"):
        # What goes through the values may make keys of them: `{url: name for name, url in d.items()}`.
        for shape in old.shapes:
            collisions.note_all(engine, state, [entry.value for entry in shape.entries.values()], node)
    _note(engine, state, old, "escape", node, target)
    if name in ("clear", "popitem"):
        _remove(state, ref, old, None)
    return Unknown(state.module.code(node))


def _setdefault(
    engine: Engine, state: State, ref: Ref, node: cst.Call, target: cst.BaseExpression, given: Given
) -> Value:
    old = engine.dict_of(state, ref.id)
    key = text_of(given[0][0])
    value = given[1][0] if len(given) > 1 else NONE
    _note(engine, state, old, "setdefault", node, target, key or "")
    origin = Origin("setdefault", state.module, node, old.allocation)
    shapes = tuple(
        shape if key is not None and key in shape.entries else _put((shape,), key, value, origin)[0]
        for shape in old.shapes
    )
    state.heap[ref.id] = DictObject(old.allocation, distinct(shapes))
    return _value_of(state, engine.dict_of(state, ref.id), key, node)


def contains(
    engine: Engine, state: State, ref: Ref, key: Value, node: cst.CSTNode, target: cst.BaseExpression
) -> None:
    """Note ``key in d``."""
    collisions.note_key(engine, state, engine.dict_of(state, ref.id).allocation, key, node)
    _note(engine, state, engine.dict_of(state, ref.id), "contains", node, target, text_of(key) or "")


def iterate(engine: Engine, state: State, value: Value, node: cst.BaseExpression) -> None:
    """Note that a dict's keys are gone through."""
    answer_escape(engine, state, value, node, "its keys are gone through", consumed=True)
    for each in each_of(value):
        if isinstance(each, Ref):
            _note(engine, state, engine.dict_of(state, each.id), "escape", node, node)


def escape(
    engine: Engine,
    state: State,
    value: Value,
    node: cst.CSTNode,
    why: str,
    function: cst.FunctionDef | None = None,
) -> None:
    """Note that a value goes where it can't be followed. function: whose callers say where."""
    answer_escape(engine, state, value, node, why, function=function)
    for allocation, shapes in reachable(engine, state, (value,)):
        engine.log(
            allocation,
            Operation("escape", state.module, node, shapes=shapes, why=why, top_level=is_shared(state)),
        )


def give_back(engine: Engine, state: State, value: Value, node: cst.CSTNode) -> None:
    """Note that a function gives a value back to callers that may be elsewhere."""
    function = node if isinstance(node, cst.FunctionDef) else None
    if function is not None:
        name = f"`{function.name.value}` gives it back"
        answer_escape(engine, state, value, function.name, name, function=function)
    for allocation, shapes in reachable(engine, state, (value,)):
        engine.log(allocation, Operation("export", state.module, node, shapes=shapes))


def answer_escape(  # noqa: PLR0913 (a note has that many parts)
    engine: Engine,
    state: State,
    value: Value,
    node: cst.CSTNode,
    why: str,
    *,
    consumed: bool = False,
    text: bool = False,
    function: cst.FunctionDef | None = None,
) -> None:
    """Note that an answer, its body or its ``data`` is used as a whole. text: its text counts, too."""
    for each in each_of(value):
        inner = each.items if isinstance(each, Seq) else (each,)
        for answer in inner:
            if not isinstance(answer, Answer) or answer.path not in ((), (contract.RESPONSE_ENVELOPE,)):
                continue
            if consumed and not answer.body and not text:
                continue
            found = AnswerEscape(state.module, node, answer, why, consumed, function)
            engine.answer_escapes[id(node), answer] = found


def sent(engine: Engine, state: State, value: Value, node: cst.CSTNode, site: int) -> None:
    """Note that a value is the body of a request."""
    for allocation, shapes in reachable(engine, state, (value,)):
        engine.log(allocation, Operation("send", state.module, node, shapes=shapes, site=site))


def reachable(
    engine: Engine, state: State, values: Iterable[Value], seen: set[int] | None = None
) -> list[tuple[Allocation, tuple[Shape, ...]]]:
    """The dicts that a value is or holds."""
    found: list[tuple[Allocation, tuple[Shape, ...]]] = []
    seen = set() if seen is None else seen
    for value in values:
        for each in each_of(value):
            if isinstance(each, (Ref, Instance)):
                if each.id in seen:
                    continue
                seen.add(each.id)
            if isinstance(each, Ref):
                made = engine.dict_of(state, each.id)
                found.append((made.allocation, made.shapes))
                inner = [entry.value for shape in made.shapes for entry in shape.entries.values()]
                found += reachable(engine, state, inner, seen)
            elif isinstance(each, Dumped):
                found += reachable(engine, state, (each.value,), seen)
            elif isinstance(each, Seq):
                found += reachable(engine, state, each.items, seen)
    return found
