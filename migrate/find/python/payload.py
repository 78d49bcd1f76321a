"""From what the program does with a payload to the edits that move its keys."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from migrate import contract, structured
from migrate.find.python import changes, displays
from migrate.find.python.displays import splice
from migrate.find.python.engine import Engine, Operation
from migrate.find.python.planner import BlockedError, Conversion, Planner, top_allocations, where
from migrate.find.python.state import State
from migrate.find.python.values import Allocation, Const, Dumped, Ref, Seq, Text, Value, each_of

Handler = Callable[[Planner, Conversion, Allocation, Operation], None]


def convert(plan: Planner, state: State, value: Value) -> Conversion:
    """The conversion of a payload. Raises BlockedError."""
    result = Conversion()
    reflection = plan.engine.reflection
    allocations = list(plan.closure(top_allocations(plan.engine, state, value)))
    # `globals` reaches names of the module only, not a dict that a function makes for itself.
    if reflection and (reflection != "globals" or any(each.shared for each in allocations)):
        raise BlockedError(f"the code changes names by `{reflection}`")
    for allocation in allocations:
        for operation in list(plan.engine.operations.get(allocation, {}).values()):
            _check_alone(plan, operation)
            _HANDLERS[operation.kind](plan, result, allocation, operation)
    return result


_BY_KEY = ("set", "setdefault", "read", "get", "pop", "delete", "contains", "update")


def _check_alone(plan: Planner, operation: Operation) -> None:
    """A statement that is to be edited must not work on other dicts, too. Raises BlockedError."""
    keys = {operation.key, *(part.key for parts in operation.variants for part in parts)}
    if operation.kind not in _BY_KEY or not keys & plan.keys:
        return
    for allocation, found in plan.engine.operations.items():
        if allocation not in plan.converted and any(each.node is operation.node for each in found.values()):
            raise BlockedError(
                f"{where(operation.module, operation.node)} works on other dicts, too "
                f"({allocation.module.path}, {where(allocation.module, allocation.node)})"
            )


def convert_reply(plan: Planner, state: State, value: Value) -> Conversion:
    """The conversion of a reply: of the dict in its ``data``. Raises BlockedError."""
    if isinstance(value, Dumped):
        return convert_reply(plan, state, value.value)
    result = Conversion()
    if isinstance(value, Text) and value.known is not None:
        return _convert_reply_text(plan, value, result)
    if not isinstance(value, Ref):
        raise BlockedError("the reply is not known here")
    for shape in plan.engine.dict_of(state, value.id).shapes:
        if shape.unknown:
            raise BlockedError(shape.unknown)
        inner = shape.entries.get(contract.RESPONSE_ENVELOPE)
        if inner is None:
            continue
        for each in each_of(inner.value):
            if not isinstance(each, (Ref, Seq, Const)):
                raise BlockedError(f"the `{contract.RESPONSE_ENVELOPE}` of the reply is not known here")
        for path, found in convert(plan, state, inner.value).changes.items():
            result.add(path, found)
    return result


def reply_data(engine: Engine, state: State, value: Value) -> list[Value]:
    """What is in the ``data`` of a reply."""
    found: list[Value] = []
    for each in each_of(value):
        inner = each.value if isinstance(each, Dumped) else each
        if isinstance(inner, Ref):
            shapes = engine.dict_of(state, inner.id).shapes
            entries = (shape.entries.get(contract.RESPONSE_ENVELOPE) for shape in shapes)
            found += [entry.value for entry in entries if entry is not None]
    return found


def _convert_reply_text(plan: Planner, value: Text, result: Conversion) -> Conversion:
    text = value.known or ""
    if not any(key in text for key in plan.keys):
        return result
    try:
        moved = structured.move_edits(text, "json", plan.operation, (contract.RESPONSE_ENVELOPE,))
    except ValueError as error:
        raise BlockedError(str(error)) from error
    splice(result, value, moved)
    return result


def _derive(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    """The dict goes into another: that one is part of the conversion."""


def _send(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:  # noqa: ARG001
    if plan.has_moved(operation.shapes):
        result.sites.add(operation.site)


def _escape(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:  # noqa: ARG001
    if plan.has_moved(operation.shapes):
        why = operation.why or "it is used as a whole"
        raise BlockedError(f"{why} ({where(operation.module, operation.node)})")


def _export(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:  # noqa: ARG001
    if not plan.has_moved(operation.shapes) or not isinstance(operation.node, cst.FunctionDef):
        return
    name = operation.node.name.value
    other = plan.elsewhere(operation.module, name)
    if other:
        raise BlockedError(f"`{name}` gives it back and is used in {other}, too")


_HANDLERS: dict[str, Handler] = {
    "create": displays.create,
    "set": changes.assign,
    "setdefault": changes.setdefault,
    "read": changes.read,
    "get": changes.read,
    "pop": changes.read,
    "delete": changes.read,
    "contains": changes.read,
    "update": displays.update,
    "derive": _derive,
    "send": _send,
    "escape": _escape,
    "export": _export,
}
