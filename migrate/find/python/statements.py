"""Running statements: every branch is followed, the states of the branches are united."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import libcst as cst

from migrate.find.python import collisions, dicts, expressions, http, imports, strings, texts
from migrate.find.python.engine import Engine, frame_of
from migrate.find.python.module import Module
from migrate.find.python.state import Frame, State, union
from migrate.find.python.truth import truth
from migrate.find.python.values import (
    NONE,
    Answer,
    Class,
    Const,
    Function,
    Instance,
    Made,
    Record,
    Ref,
    Seq,
    Unknown,
    Value,
    choice,
    each_of,
)

_MAX_ITERATIONS = 8


def run_module(engine: Engine, module: Module) -> None:
    """Run a module's top level; its names and objects are there for all of its functions."""
    frame = Frame(module, module.tree)
    engine.globals[module.path] = frame.names
    state = State([frame])
    run(engine, state, module.tree.body)
    names = {**frame.names, **state.frames[0].names}
    for node in module.nodes(cst.Global):
        for item in getattr(node, "names", ()):
            names[item.name.value] = Unknown(item.name.value, why="functions assign it")
    engine.globals[module.path] = names
    engine.heap.update(state.heap)


def run(engine: Engine, state: State, body: Sequence[cst.CSTNode]) -> bool:
    """Run statements in order. False where the end is not reached."""
    return all(_statement(engine, state, each) for each in body)


def _statement(engine: Engine, state: State, node: cst.CSTNode) -> bool:
    engine.step()
    handler = _HANDLERS.get(type(node))
    return handler(engine, state, node) if handler else True


def _line(engine: Engine, state: State, node: cst.SimpleStatementLine | cst.SimpleStatementSuite) -> bool:
    return run(engine, state, node.body)


def _block(engine: Engine, state: State, node: cst.BaseSuite) -> bool:
    return run(engine, state, node.body)


def _expression(engine: Engine, state: State, node: cst.Expr) -> bool:
    expressions.evaluate(engine, state, node.value)
    return True


def _assign(engine: Engine, state: State, node: cst.Assign) -> bool:
    value = expressions.evaluate(engine, state, node.value)
    for target in node.targets:
        bind(engine, state, target.target, value)
    return True


def _annotated(engine: Engine, state: State, node: cst.AnnAssign) -> bool:
    if node.value is not None:
        bind(engine, state, node.target, expressions.evaluate(engine, state, node.value))
    return True


def _augmented(engine: Engine, state: State, node: cst.AugAssign) -> bool:
    left = expressions.evaluate(engine, state, node.target)
    right = expressions.evaluate(engine, state, node.value)
    if isinstance(node.operator, cst.BitOrAssign) and isinstance(left, Ref):
        dicts.update(engine, state, left, [(right, node.value)], [], node, node.target)
        return True
    if isinstance(node.operator, cst.AddAssign):
        bind(engine, state, node.target, texts.add(state, left, right, node.target, node.value))
    else:
        operator = type(node.operator).__name__
        label = f"{strings.describe(left)} {operator} {strings.describe(right)}"
        bind(engine, state, node.target, Unknown(label))
    return True


def bind(engine: Engine, state: State, target: cst.BaseExpression, value: Value) -> None:
    """Assign a value to a target."""
    if isinstance(target, cst.Name):
        rebound = _is_rebound(state, target.value)
        state.top.names[target.value] = Unknown(target.value, why="functions assign it") if rebound else value
    elif isinstance(target, (cst.Tuple, cst.List)):
        _unpack(engine, state, target, value)
    elif isinstance(target, cst.Subscript):
        dicts.assign_item(engine, state, target, value)
    elif isinstance(target, cst.Attribute):
        _set_attribute(engine, state, target, value)
    elif isinstance(target, cst.StarredElement):
        bind(engine, state, target.value, Unknown(state.module.code(target)))


def _is_rebound(state: State, name: str) -> bool:
    """Whether a function inside assigns the name, too (``global``, ``nonlocal``), whenever it is called."""
    module, scope = state.module, state.top.scope
    kind = cst.Nonlocal if isinstance(scope, cst.FunctionDef) else cst.Global
    return any(
        any(item.name.value == name for item in getattr(node, "names", ()))
        and (scope is module.tree or _is_inside(module, node, scope))
        for node in module.nodes(kind)
    )


def _is_inside(module: Module, node: cst.CSTNode, scope: cst.CSTNode) -> bool:
    """Whether a node is in a function within the scope (its own statements do not count)."""
    around = module.enclosing(node, (cst.FunctionDef,))
    while around is not None and around is not scope:
        around = module.enclosing(around, (cst.FunctionDef,))
        if around is scope:
            return True
    return False


def _unpack(engine: Engine, state: State, target: cst.Tuple | cst.List, value: Value) -> None:
    elements = target.elements
    starred = any(isinstance(element, cst.StarredElement) for element in elements)
    rows: list[tuple[Value, ...]] = []
    for each in each_of(value):
        if isinstance(each, Seq) and len(each.items) == len(elements) and not starred:
            rows.append(each.items)
        elif isinstance(each, Seq):
            dicts.escape(engine, state, each, target, "it is unpacked")
    for index, element in enumerate(elements):
        inner = element if isinstance(element, cst.StarredElement) else element.value
        unknown = Unknown(state.module.code(element.value))
        bind(engine, state, inner, choice(*(row[index] for row in rows)) if rows else unknown)


def _set_attribute(engine: Engine, state: State, target: cst.Attribute, value: Value) -> None:
    base = expressions.evaluate(engine, state, target.value)
    if isinstance(base, Instance):
        record = engine.record_of(state, base.id)
        attributes = {**record.attributes, target.attr.value: value}
        state.heap[base.id] = Record(record.made_from, attributes, record.node)
        dicts.answer_escape(engine, state, value, target, "it is kept in an attribute")
    elif isinstance(base, Made) and isinstance(base.arguments.get("answer"), Answer):
        http.change_request(engine, state, base, target.attr.value, value, target)
    else:
        dicts.escape(engine, state, value, target, "it is stored in an attribute of another object")


def _return(engine: Engine, state: State, node: cst.Return) -> bool:
    value = expressions.evaluate(engine, state, node.value) if node.value else NONE
    state.top.returned.append((state.fork(), value))
    return False


def _raise(engine: Engine, state: State, node: cst.Raise) -> bool:
    if node.exc is not None:
        expressions.evaluate(engine, state, node.exc)
    return False


def _leave(engine: Engine, state: State, node: cst.CSTNode) -> bool:  # noqa: ARG001 (handlers' signature)
    if state.top.left:
        state.top.left[-1].append(state.fork())
    return False


def _delete(engine: Engine, state: State, node: cst.Del) -> bool:
    targets = [e.value for e in node.target.elements] if isinstance(node.target, cst.Tuple) else [node.target]
    for target in targets:
        if isinstance(target, cst.Subscript):
            dicts.delete_item(engine, state, target)
    return True


def _assert(engine: Engine, state: State, node: cst.Assert) -> bool:
    expressions.evaluate(engine, state, node.test)
    return True


def _function(engine: Engine, state: State, node: cst.FunctionDef) -> bool:
    for decorator in node.decorators:
        expressions.evaluate(engine, state, decorator.decorator)
    state.top.names[node.name.value] = Function(state.module, node)
    if isinstance(state.top.scope, (cst.FunctionDef, cst.Lambda)):
        run_entry(engine, state.fork(), Function(state.module, node))
    return True


def _class(engine: Engine, state: State, node: cst.ClassDef) -> bool:
    frame = Frame(state.module, node)
    state.frames.append(frame)
    run(engine, state, node.body.body)
    names = dict(state.frames.pop().names)
    engine.class_names[node] = names
    if any(state.module.code(base.value).endswith("Enum") for base in node.bases):
        collisions.note_all(engine, state, list(names.values()), node)
    state.top.names[node.name.value] = Class(state.module, node)
    return True


def _if(engine: Engine, state: State, node: cst.If) -> bool:
    value = expressions.evaluate(engine, state, node.test)
    if isinstance(value, Const) and value.value is None and state.frames and len(state.frames) > 1:
        value = Unknown("None")
    known = truth(engine, state, value)
    ends: list[State] = []
    if known is not False:
        branch = state.fork()
        if _block(engine, branch, node.body):
            ends.append(branch)
    if known is not True:
        branch = state.fork()
        alive = True
        if isinstance(node.orelse, cst.If):
            alive = _if(engine, branch, node.orelse)
        elif node.orelse is not None:
            alive = _block(engine, branch, node.orelse.body)
        if alive:
            ends.append(branch)
    return _continue(state, ends)


def _continue(state: State, ends: list[State]) -> bool:
    if not ends:
        return False
    state.become(union(ends))
    return True


def _for(engine: Engine, state: State, node: cst.For) -> bool:
    iterable = expressions.evaluate(engine, state, node.iter)
    dicts.iterate(engine, state, iterable, node.iter)
    items = iterable.items if isinstance(iterable, Seq) else ()
    if 0 < len(items) <= _MAX_ITERATIONS:
        return _over(engine, state, node, list(items), may_skip=False)
    unknown = Unknown(state.module.code(node.target))
    return _over(engine, state, node, [unknown, unknown], may_skip=True)


def _over(engine: Engine, state: State, node: cst.For, items: list[Value], *, may_skip: bool) -> bool:
    ends = [state.fork()] if may_skip else []
    for item in items:
        bind(engine, state, node.target, item)
        state.top.left.append([])
        alive = _block(engine, state, node.body)
        left = state.top.left.pop()
        if alive:
            left.append(state.fork())
        if not left:
            return _continue(state, ends)
        state.become(union(left))
        if may_skip:
            ends.append(state.fork())
    if not may_skip:
        ends.append(state.fork())
    return _after_loop(engine, state, node, ends)


def _after_loop(engine: Engine, state: State, node: cst.For | cst.While, ends: list[State]) -> bool:
    alive = _continue(state, ends)
    if alive and node.orelse is not None:
        alive = _block(engine, state, node.orelse.body)
    return alive


def _while(engine: Engine, state: State, node: cst.While) -> bool:
    value = expressions.evaluate(engine, state, node.test)
    ends = [] if truth(engine, state, value) else [state.fork()]
    for _ in range(2):
        state.top.left.append([])
        alive = _block(engine, state, node.body)
        left = state.top.left.pop()
        if alive:
            left.append(state.fork())
        if not left:
            break
        state.become(union(left))
        ends.append(state.fork())
    return _after_loop(engine, state, node, ends)


def _try(engine: Engine, state: State, node: cst.Try | cst.TryStar) -> bool:
    seen = [state.fork()]
    alive = True
    for each in node.body.body:
        alive = _statement(engine, state, each)
        seen.append(state.fork())
        if not alive:
            break
    if alive and node.orelse is not None:
        alive = _block(engine, state, node.orelse.body)
    ends = [state.fork()] if alive else []
    for handler in node.handlers:
        branch = union([each.fork() for each in seen])
        if handler.name is not None and isinstance(handler.name.name, cst.Name):
            branch.top.names[handler.name.name.value] = Unknown(handler.name.name.value)
        if _block(engine, branch, handler.body):
            ends.append(branch)
    if node.finalbody is not None:
        final = union([each.fork() for each in (*ends, *seen)]) if not ends else union(ends)
        alive = _block(engine, final, node.finalbody.body)
        ends = [final] if alive and ends else []
    return _continue(state, ends)


def _with(engine: Engine, state: State, node: cst.With) -> bool:
    for item in node.items:
        value = expressions.evaluate(engine, state, item.item)
        if item.asname is not None and isinstance(item.asname.name, cst.BaseExpression):
            bind(engine, state, item.asname.name, expressions.entered(engine, state, value))
    return _block(engine, state, node.body)


def _match(engine: Engine, state: State, node: cst.Match) -> bool:
    subject = expressions.evaluate(engine, state, node.subject)
    dicts.iterate(engine, state, subject, node.subject)
    patterns = [
        expressions.evaluate(engine, state, each.value)
        for each in state.module.nodes(cst.MatchValue)
        if isinstance(each, cst.MatchValue) and state.module.enclosing(each, (cst.Match,)) is node
    ]
    collisions.note_all(engine, state, patterns, node)
    for pattern in patterns:
        collisions.note(engine, state, subject, pattern, node)
    ends = [state.fork()]
    for case in node.cases:
        branch = state.fork()
        if _block(engine, branch, case.body):
            ends.append(branch)
    return _continue(state, ends)


def _import(engine: Engine, state: State, node: cst.Import) -> bool:
    imports.bind_import(engine, state, node)
    return True


def _import_from(engine: Engine, state: State, node: cst.ImportFrom) -> bool:
    imports.bind_import_from(engine, state, node)
    return True


def run_function(
    engine: Engine, state: State, function: Function, bound: dict[str, Value], call: cst.Call | None
) -> Value:
    """Run a function of the project for one call; its result. The state becomes the one after it."""
    engine.called.add(function.node)
    frame = frame_of(function, call)
    frame.names.update(bound)
    state.frames.append(frame)
    if isinstance(function.node, cst.Lambda):
        value = expressions.evaluate(engine, state, function.node.body)
        state.frames.pop()
        return value
    if run(engine, state, function.node.body.body):
        frame.returned.append((state.fork(), NONE))
    if not frame.returned:
        state.frames = state.frames[: len(state.frames) - 1]
        return Unknown("nothing", why="the function never returns")
    result = choice(*(value for _, value in frame.returned))
    after = union([each for each, _ in frame.returned])
    after.frames.pop()
    state.become(after)
    return result


def run_entry(engine: Engine, state: State, function: Function) -> None:
    """Run a function as it may be called from anywhere: with unknown arguments."""
    frame = frame_of(function, None)
    node = function.node
    parameters = node.params
    named = [*parameters.posonly_params, *parameters.params, *parameters.kwonly_params]
    for parameter in named:
        name = parameter.name.value
        frame.names[name] = expressions.unknown_argument(engine, state, function, parameter)
    for star in (parameters.star_arg, parameters.star_kwarg):
        if isinstance(star, cst.Param):
            frame.names[star.name.value] = Unknown(star.name.value, parameter=star.name.value)
    if named and function.owner is not None:
        frame.names[named[0].name.value] = function.owner
    state.frames.append(frame)
    if isinstance(node, cst.Lambda):
        value = expressions.evaluate(engine, state, node.body)
        frame.returned.append((state.fork(), value))
    else:
        run(engine, state, node.body.body)
    for each, value in frame.returned:
        for one in each_of(value):
            dicts.give_back(engine, each, one, node)


_HANDLERS: dict[type[cst.CSTNode], Callable[..., bool]] = {
    cst.SimpleStatementLine: _line,
    cst.SimpleStatementSuite: _line,
    cst.IndentedBlock: _block,
    cst.Expr: _expression,
    cst.Assign: _assign,
    cst.AnnAssign: _annotated,
    cst.AugAssign: _augmented,
    cst.Return: _return,
    cst.Raise: _raise,
    cst.Break: _leave,
    cst.Continue: _leave,
    cst.Del: _delete,
    cst.Assert: _assert,
    cst.FunctionDef: _function,
    cst.ClassDef: _class,
    cst.If: _if,
    cst.For: _for,
    cst.While: _while,
    cst.Try: _try,
    cst.TryStar: _try,
    cst.With: _with,
    cst.Match: _match,
    cst.Import: _import,
    cst.ImportFrom: _import_from,
}
