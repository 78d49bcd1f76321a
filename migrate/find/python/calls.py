"""Evaluating calls: functions and classes of the project, and what libraries do."""

from __future__ import annotations

from dataclasses import replace

import libcst as cst

from migrate import contract
from migrate.find.python import (
    classes,
    collisions,
    dicts,
    expressions,
    http,
    libraries,
    relevance,
    sent,
    statements,
    strings,
)
from migrate.find.python.arguments import Arguments
from migrate.find.python.engine import MAX_DEPTH, Engine, Operation
from migrate.find.python.state import Frame, State, union
from migrate.find.python.values import (
    Answer,
    Choice,
    Class,
    DictObject,
    Dumped,
    Entry,
    Function,
    Imported,
    Made,
    Method,
    Origin,
    Partial,
    Ref,
    Sent,
    Seq,
    Shape,
    Text,
    Unknown,
    Value,
    choice,
    each_of,
)

BUILTINS = frozenset(
    (
        "dict",
        "getattr",
        "str",
        "list",
        "tuple",
        "open",
        "print",
        "isinstance",
        "len",
        "vars",
        "bytes",
        "repr",
        "sorted",
        "set",
        "frozenset",
    )
)
_SEARCHES = frozenset(
    (
        "endswith",
        "startswith",
        "removeprefix",
    )
)
_CUTS = frozenset(
    ("find", "rfind", "index", "rindex", "count", "split", "rsplit", "partition", "rpartition", "title")
)
ADAPTED = "a body that the inserted function makes"
_HARMLESS_WORDS = (
    "log",
    "logger",
    "logging",
    "debug",
    "isinstance",
    "type",
    "len",
    "id",
    "bool",
    "raise_for_status",
)


def call(engine: Engine, state: State, node: cst.Call) -> Value:
    """The value of a call."""
    callee = expressions.evaluate(engine, state, node.func)
    arguments = _arguments(engine, state, node)
    return apply(engine, state, node, callee, arguments)


def _arguments(engine: Engine, state: State, node: cst.Call) -> Arguments:
    given = Arguments()
    for argument in node.args:
        value = expressions.evaluate(engine, state, argument.value)
        if argument.star == "**":
            _keywords_of(engine, state, given, argument, value)
        elif argument.star == "*":
            if isinstance(value, Seq):
                given.positional += [(item, argument.value) for item in value.items]
            else:
                given.open_positional = True
        elif argument.keyword is not None:
            given.named.append((argument.keyword.value, value, argument, argument.value))
        else:
            given.positional.append((value, argument.value))
    return given


def _keywords_of(engine: Engine, state: State, given: Arguments, argument: cst.Arg, value: Value) -> None:
    given.stars.append((value, argument.value))
    if isinstance(value, Ref):
        shapes = engine.dict_of(state, value.id).shapes
        if len(shapes) == 1:
            given.open_keywords = given.open_keywords or bool(shapes[0].unknown)
            given.spread += [
                (key, entry.value, argument, argument.value) for key, entry in shapes[0].entries.items()
            ]
            return
    given.open_keywords = True


def apply(engine: Engine, state: State, node: cst.Call, callee: Value, arguments: Arguments) -> Value:
    """The result of calling a value."""
    if isinstance(callee, Choice):
        known = [each for each in callee.values if not isinstance(each, Unknown)]
        return _apply_each(engine, state, node, known or [callee.values[0]], arguments)
    if isinstance(callee, Partial):
        return apply(engine, state, node, callee.function, _with_partial(callee, arguments))
    if isinstance(callee, Function) and _is_adapter(callee):
        return Made(ADAPTED)
    if isinstance(callee, Function):
        return _function(engine, state, node, callee, arguments)
    if isinstance(callee, Class):
        return classes.instantiate(engine, state, node, callee, arguments)
    if isinstance(callee, Method) and isinstance(callee.base, Sent):
        return sent.method(engine, state, node, callee, arguments)
    if isinstance(callee, Method) and isinstance(callee.base, (Text, Ref, Answer, Dumped)):
        return _method(engine, state, node, callee, arguments)
    passed = _passed_on(engine, state, node, arguments)
    if passed is not None:
        return passed
    for attempt in (libraries.call, http.call):
        result = attempt(engine, state, node, callee, arguments)
        if result is not None:
            return result
    return _elsewhere(engine, state, node, callee, arguments)


def _apply_each(
    engine: Engine, state: State, node: cst.Call, callees: list[Value], arguments: Arguments
) -> Value:
    """The result of calling one of several values."""
    if len(callees) == 1:
        return apply(engine, state, node, callees[0], arguments)
    branches = [state.fork() for _ in callees]
    results = [
        apply(engine, branch, node, callee, arguments)
        for branch, callee in zip(branches, callees, strict=True)
    ]
    state.become(union(branches))
    return choice(*results)


def _is_adapter(function: Function) -> bool:
    """Whether the function is one that ``--adapt`` has put into the file."""
    return isinstance(function.node, cst.FunctionDef) and function.node.name.value.startswith(
        contract.ADAPTER_PREFIX
    )


def _with_partial(partial: Partial, arguments: Arguments) -> Arguments:
    named = [(name, value, partial.call, node) for name, value, node in partial.keywords]
    given = {name for name, *_ in arguments.named}
    return Arguments(
        [*partial.positional, *arguments.positional],
        [*(each for each in named if each[0] not in given), *arguments.named],
        arguments.spread,
        arguments.stars,
        arguments.open_positional,
        arguments.open_keywords,
    )


def _passed_on(engine: Engine, state: State, node: cst.Call, arguments: Arguments) -> Value | None:
    """The answer of a library's function passed on with its arguments: ``submit(requests.put, …)``."""
    for index, (value, _) in enumerate(arguments.positional[:2]):
        if http.is_sender(value) and len(arguments.positional) > index + 1:
            rest = replace(arguments, positional=arguments.positional[index + 1 :])
            return http.call(engine, state, node, value, rest)
    return None


def _elsewhere(engine: Engine, state: State, node: cst.Call, callee: Value, arguments: Arguments) -> Value:
    """A call that can't be followed: what it is given may be read and changed there."""
    if (
        isinstance(callee, Unknown)
        and callee.label in ("globals", "locals", "exec", "eval")
        and not callee.base
    ):
        engine.reflection = engine.reflection or callee.label
    harmless = is_harmless(state.module.code(node.func))
    shown = callee in (Imported("print"), Imported("pprint.pprint"))
    for value, expression in arguments.values():
        for function in _functions_in(value):
            engine.called.add(function.node)
            engine.passed.add(function.node)
        if not harmless and not shown:
            engine.text_escapes += [
                (each, state.module, expression)
                for each in each_of(value)
                if isinstance(each, Text) and contract.COLLECTION in each.model
            ]
        if not harmless and not shown and not isinstance(state.module.parents.get(node), cst.Raise):
            sent.note(engine, state, value, None, node)
        if not harmless and not (shown and isinstance(value, Answer)):
            why = f"`{state.module.code(node.func)}` gets it, too"
            dicts.escape(engine, state, value, expression, why, _given_by_callers(state, callee))
    base = callee.base if isinstance(callee, (Unknown, Method)) else None
    if not harmless and isinstance(base, Ref):
        dicts.escape(engine, state, base, node, "an unknown method of it is called")
    given = ", ".join(strings.describe(value) for value, _ in arguments.values())
    label = f"{state.module.code(node.func)}({given})"
    return Unknown(label, why=f"`{state.module.code(node.func)}` can't be followed")


def _functions_in(value: Value) -> list[Function]:
    """The functions of the project that a value is or holds."""
    found: list[Function] = []
    for each in each_of(value):
        if isinstance(each, Function):
            found.append(each)
        elif isinstance(each, Partial):
            found += _functions_in(each.function)
        elif isinstance(each, Seq):
            found += [function for item in each.items for function in _functions_in(item)]
    return found


def _given_by_callers(state: State, callee: Value) -> cst.FunctionDef | None:
    """The function at hand if it is its callers that say what is called (a callback)."""
    scope = state.top.scope
    given = isinstance(callee, Unknown) and bool(callee.parameter)
    return scope if given and isinstance(scope, cst.FunctionDef) else None


def is_harmless(name: str) -> bool:
    """Whether a call by its name only looks at what it is given (logging, type checks)."""
    parts = name.lower().replace("_", ".").split(".")
    return any(part in _HARMLESS_WORDS for part in parts)


def _method(engine: Engine, state: State, node: cst.Call, callee: Method, arguments: Arguments) -> Value:
    base = callee.base
    if isinstance(base, Text):
        for value, expression in arguments.stars:
            dicts.answer_escape(engine, state, value, expression, "its keys fill a text", consumed=True)
        if callee.name in _SEARCHES and arguments.positional:
            collisions.note_part(engine, state, base, arguments.positional[0][0], node)
        elif callee.name in _CUTS:
            collisions.note_part(engine, state, base, None, node)
        return libraries.text_method(engine, state, node, base, callee.name, arguments)
    if isinstance(base, Dumped):
        return base if callee.name in ("encode", "decode") else Unknown(state.module.code(node))
    if isinstance(base, Ref):
        named = [*arguments.named, *(("**", value, expr, expr) for value, expr in arguments.stars)]
        for value, expression in arguments.positional[1:]:
            if callee.name != "setdefault":
                dicts.escape(engine, state, value, expression, "it is a default of another dict")
        return dicts.call_method(engine, state, base, callee.name, node, arguments.positional, named)
    if isinstance(base, Answer):
        return _answer_method(engine, state, node, base, callee.name, arguments)
    return Unknown(state.module.code(node))


def _answer_method(
    engine: Engine, state: State, node: cst.Call, base: Answer, name: str, arguments: Arguments
) -> Value:
    if name == "geturl" and not base.body:
        return Sent(base.site, "url")
    if name in ("json", "read", "text", "decode", "aread") and not (base.body and name == "json"):
        return Answer(base.site, True, base.path)
    if name in ("get", "pop", "__getitem__") and arguments.positional:
        key = dicts.text_of(arguments.positional[0][0])
        return expressions.answer_key(engine, state, base, key, node)
    if name in ("__aenter__", "copy", "raise_for_status", "result"):
        return base
    if name in ("items", "keys", "values", "__iter__"):
        dicts.answer_escape(engine, state, base, node, "its keys are gone through", consumed=True)
    return Unknown(state.module.code(node))


def _function(engine: Engine, state: State, node: cst.Call, callee: Function, arguments: Arguments) -> Value:
    running = [frame.scope for frame in state.frames]
    given = [value for value, _ in arguments.values()]
    followed = relevance.is_followed(engine, state, callee.module, callee.node, given)
    if callee.node in running or len(running) > MAX_DEPTH or not followed:
        found = http.call(engine, state, node, callee, arguments)
        return found if found is not None else _elsewhere(engine, state, node, callee, arguments)
    if _is_generator(callee):
        _elsewhere(engine, state, node, callee, arguments)
        return Unknown(state.module.code(node))
    bound = bind_arguments(engine, state, node, callee, arguments)
    result = statements.run_function(engine, state, callee, bound, node)
    if id(node) not in engine.sending:
        found = http.call(engine, state, node, callee, arguments, only_old=True)
        return found if found is not None else result
    return result


def _is_generator(function: Function) -> bool:
    if isinstance(function.node, cst.Lambda):
        return False
    return any(
        function.module.enclosing(each, (cst.FunctionDef, cst.Lambda)) is function.node
        for each in function.module.nodes(cst.Yield)
    )


def bind_arguments(
    engine: Engine, state: State, node: cst.Call, function: Function, arguments: Arguments
) -> dict[str, Value]:
    """The values of a function's parameters in a call."""
    parameters = function.node.params
    positional = [*parameters.posonly_params, *parameters.params]
    given = [value for value, _ in arguments.positional]
    if function.owner is not None:
        given = [function.owner, *given]
    bound: dict[str, Value] = {}
    for parameter, value in zip(positional, given, strict=False):
        bound[parameter.name.value] = value
    rest: list[tuple[str, Value, cst.CSTNode, cst.BaseExpression]] = []
    known = {each.name.value for each in (*positional, *parameters.kwonly_params)}
    for name, value, argument, expression in (*arguments.named, *arguments.spread):
        if name in known:
            bound[name] = value
        else:
            rest.append((name, value, argument, expression))
    for parameter in (*positional, *parameters.kwonly_params):
        if parameter.name.value not in bound:
            bound[parameter.name.value] = _default(engine, state, function, parameter, arguments)
    if isinstance(parameters.star_arg, cst.Param):
        bound[parameters.star_arg.name.value] = Seq(tuple(given[len(positional) :]))
    if parameters.star_kwarg is not None:
        bound[parameters.star_kwarg.name.value] = _rest(engine, state, node, rest, arguments)
    return bound


def _default(
    engine: Engine, state: State, function: Function, parameter: cst.Param, arguments: Arguments
) -> Value:
    name = parameter.name.value
    if arguments.open_keywords or arguments.open_positional or parameter.default is None:
        return Unknown(name)
    state.frames.append(Frame(function.module, function.module.tree))
    value = expressions.evaluate(engine, state, parameter.default)
    state.frames.pop()
    return value


def _rest(
    engine: Engine,
    state: State,
    node: cst.Call,
    rest: list[tuple[str, Value, cst.CSTNode, cst.BaseExpression]],
    arguments: Arguments,
) -> Ref:
    allocation = engine.allocation(state.module, node, "keywords", shared=False)
    entries = {
        name: Entry(value, Origin("passed", state.module, argument, allocation))
        for name, value, argument, _ in rest
    }
    shape = Shape(entries, "more keywords are passed" if arguments.open_keywords else "")
    engine.log(allocation, Operation("create", state.module, node, shapes=(shape,)))
    return Ref(engine.new(state, DictObject(allocation, (shape,))))


def annotated_value(engine: Engine, state: State, annotation: cst.BaseExpression, name: str) -> Value | None:
    """An argument whose annotation is a class of the project: an object of it; else None."""
    if isinstance(annotation, (cst.Name, cst.Attribute)):
        found = expressions.evaluate(engine, state, annotation)
        if isinstance(found, Class):
            return classes.unknown_instance(engine, state, found, name)
    return None
