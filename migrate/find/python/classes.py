"""Classes of the project: their objects, attributes, and the fields of dataclasses and models."""

from __future__ import annotations

import libcst as cst

from migrate.find.python import calls, dicts, expressions, imports, statements
from migrate.find.python.arguments import Arguments
from migrate.find.python.engine import Engine
from migrate.find.python.module import Module
from migrate.find.python.state import Frame, State
from migrate.find.python.values import (
    Class,
    Function,
    Imported,
    Instance,
    Record,
    Unknown,
    Value,
)

_FIELD_BASES = ("BaseModel", "NamedTuple", "SQLModel", "BaseSettings")
_FIELD_DECORATORS = ("dataclass", "define", "frozen", "attrs", "s")


def bases(engine: Engine, cls: Class) -> list[Value]:
    """What the base classes are."""
    state = State([Frame(cls.module, cls.module.tree)])
    return [expressions.evaluate(engine, state, argument.value) for argument in cls.node.bases]


def class_member(engine: Engine, state: State, cls: Class, name: str, depth: int = 0) -> Value | None:
    """A member of a class or of its bases, as it stands in the class body."""
    names = engine.class_names.get(cls.node, {})
    if name in names:
        value = expressions.resolve(engine, names[name])
        if isinstance(value, Function) and _has_decorator(value, "classmethod"):
            return Function(value.module, value.node, cls)
        return value
    if depth < 5:
        for base in bases(engine, cls):
            if isinstance(base, Class):
                found = class_member(engine, state, base, name, depth + 1)
                if found is not None:
                    return found
    return None


def _has_decorator(function: Function, *names: str) -> bool:
    return not isinstance(function.node, cst.Lambda) and has_decorator(function.node, *names)


def has_decorator(node: cst.FunctionDef, *names: str) -> bool:
    """Whether a function has a decorator of one of the (last) names."""
    found = (imports.dotted_name(each.decorator) for each in node.decorators)
    return any(name.rsplit(".", 1)[-1] in names for name in found)


def instance_attribute(
    engine: Engine, state: State, instance: Instance, name: str, node: cst.BaseExpression
) -> Value:
    """An attribute of an object of a class of the project."""
    record = engine.record_of(state, instance.id)
    if name in record.attributes:
        return expressions.resolve(engine, record.attributes[name])
    found = class_member(engine, state, record.made_from, name)
    if name == "value" and found is None and "value" in record.attributes:
        return record.attributes["value"]
    if isinstance(found, Function):
        if _has_decorator(found, "staticmethod"):
            return found
        bound = Function(found.module, found.node, found.owner or instance)
        if _has_decorator(found, "property", "cached_property"):
            if bound.node in [frame.scope for frame in state.frames] or isinstance(bound.node, cst.Lambda):
                return Unknown(state.module.code(node))
            parameters = bound.node.params.params
            names = {parameters[0].name.value: bound.owner or instance} if parameters else {}
            return statements.run_function(engine, state, bound, names, None)
        return bound
    if found is not None:
        return found
    return Unknown(state.module.code(node), base=instance, name=name, place=(state.module, node))


def fields_of(engine: Engine, cls: Class) -> list[tuple[str, cst.AnnAssign, Module]] | None:
    """The fields of a dataclass, a pydantic model or a NamedTuple, bases first; None for other classes."""
    found: list[tuple[str, cst.AnnAssign, Module]] = []
    special = any(
        imports.dotted_name(
            each.decorator.func if isinstance(each.decorator, cst.Call) else each.decorator
        ).rsplit(".", 1)[-1]
        in _FIELD_DECORATORS
        for each in cls.node.decorators
    )
    for base in bases(engine, cls):
        if isinstance(base, Imported) and base.dotted.rsplit(".", 1)[-1] in _FIELD_BASES:
            special = True
        elif isinstance(base, Class):
            inherited = fields_of(engine, base)
            if inherited is not None:
                special = True
                found += inherited
    if not special:
        return None
    for line in cls.node.body.body:
        if isinstance(line, cst.SimpleStatementLine):
            for each in line.body:
                if isinstance(each, cst.AnnAssign) and isinstance(each.target, cst.Name):
                    found.append((each.target.value, each, cls.module))
    return found


def is_typed_dict(engine: Engine, cls: Class) -> bool:
    """Whether the class is a TypedDict."""
    for base in bases(engine, cls):
        if isinstance(base, Imported) and base.dotted.endswith("TypedDict"):
            return True
        if isinstance(base, Class) and is_typed_dict(engine, base):
            return True
    return False


def instantiate(engine: Engine, state: State, node: cst.Call, cls: Class, arguments: Arguments) -> Value:
    """Make an object of a class of the project."""
    if is_typed_dict(engine, cls):
        return dicts.call_dict(
            engine,
            state,
            node,
            arguments.positional,
            arguments.named,
            arguments.stars,
        )
    fields = fields_of(engine, cls)
    instance = Instance(engine.new(state, Record(cls, {}, node)))
    for value, expression in arguments.stars:
        why = "its keys become the fields of an object"
        dicts.answer_escape(engine, state, value, expression, why, consumed=True)
    if fields is not None:
        attributes = _field_values(engine, state, node, fields, arguments)
        state.heap[instance.id] = Record(cls, attributes, node)
        return instance
    maker = class_member(engine, state, cls, "__init__")
    if isinstance(maker, Function) and maker.node not in [frame.scope for frame in state.frames]:
        bound_to = Function(maker.module, maker.node, instance)
        bound = calls.bind_arguments(engine, state, node, bound_to, arguments)
        statements.run_function(engine, state, bound_to, bound, node)
        return instance
    for value, expression in arguments.values():
        dicts.escape(engine, state, value, expression, f"`{state.module.code(node.func)}` gets it, too")
    return instance


def _field_values(
    engine: Engine,
    state: State,
    node: cst.Call,
    fields: list[tuple[str, cst.AnnAssign, Module]],
    arguments: Arguments,
) -> dict[str, Value]:
    given = {name: value for name, value, _, _ in (*arguments.spread, *arguments.named)}
    positional = iter(arguments.positional)
    attributes: dict[str, Value] = {}
    for name, statement, module in fields:
        if name not in given:
            following = next(positional, None)
            if following is not None:
                given[name] = following[0]
        if name in given:
            attributes[name] = given[name]
        elif statement.value is not None and isinstance(statement.value, cst.BaseExpression):
            attributes[name] = expressions.evaluate(
                engine, State([Frame(module, module.tree)], state.heap), statement.value
            )
        else:
            attributes[name] = Unknown(f"{state.module.code(node)}.{name}")
    return attributes


def unknown_instance(engine: Engine, state: State, cls: Class, label: str) -> Value | None:
    """An object of a class of which only the class is known."""
    if is_typed_dict(engine, cls):
        return None
    fields = fields_of(engine, cls)
    if fields is not None:
        attributes: dict[str, Value] = {name: Unknown(f"{label}.{name}") for name, *_ in fields}
        return Instance(engine.new(state, Record(cls, attributes)))
    return self_instance(engine, state, cls)


def self_instance(engine: Engine, state: State, cls: Class) -> Instance:
    """``self`` in a method that may be called at any time: after ``__init__`` with unknown arguments."""
    if cls.node in engine.instances:
        return Instance(engine.instances[cls.node])
    instance = Instance(engine.new(state, Record(cls, {})))
    engine.instances[cls.node] = instance.id
    maker = class_member(engine, state, cls, "__init__")
    if isinstance(maker, Function) and maker.node not in [frame.scope for frame in state.frames]:
        branch = state.fork()
        statements.run_entry(engine, branch, Function(maker.module, maker.node, instance))
        state.heap.update(branch.heap)
    record = engine.record_of(state, instance.id)
    changed = _assigned_outside_init(cls)
    attributes = {
        name: Unknown(f"self.{name}", why="several methods assign it") if name in changed else value
        for name, value in record.attributes.items()
    }
    state.heap[instance.id] = Record(cls, attributes)
    engine.heap.update(state.heap)
    return instance


def _assigned_outside_init(cls: Class) -> set[str]:
    found: set[str] = set()
    for method in cls.node.body.body:
        if isinstance(method, cst.FunctionDef) and method.name.value != "__init__":
            found |= _assigned_in(cls.module, method)
    return found


def _assigned_in(module: Module, node: cst.CSTNode) -> set[str]:
    found: set[str] = set()
    if isinstance(node, (cst.Assign, cst.AnnAssign, cst.AugAssign)):
        targets = [each.target for each in node.targets] if isinstance(node, cst.Assign) else [node.target]
        for target in targets:
            if isinstance(target, cst.Attribute) and imports.dotted_name(target.value) == "self":
                found.add(target.attr.value)
    for child in module.children[node]:
        found |= _assigned_in(module, child)
    return found
