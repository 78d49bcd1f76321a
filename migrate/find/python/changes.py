"""Edits where a dict is changed or read by key after it was made."""

from __future__ import annotations

import libcst as cst

from migrate import contract
from migrate.find.python.engine import Operation
from migrate.find.python.planner import (
    ALWAYS,
    NEVER,
    BlockedError,
    Conversion,
    Planner,
    check_shared,
    is_simple,
    quote_like,
    where,
)
from migrate.find.python.values import Allocation, Shape


def assign(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    """``d[key] = …``. Raises BlockedError."""
    node, module = operation.node, operation.module
    if operation.key == contract.SETTINGS:
        if plan.has_moved(operation.shapes):
            raise BlockedError(f"`{contract.SETTINGS}` is assigned after moved keys ({where(module, node)})")
        return
    if operation.key not in plan.keys or not isinstance(node, cst.Subscript):
        return
    check_shared(allocation, operation)
    _check_one_key(plan, allocation, operation)
    target = operation.target
    if target is None or not is_simple(target):
        raise BlockedError(f"it is changed through an expression ({where(module, node)})")
    start, end = module.span(node)
    bracket = module.span(node.lbracket)[0]
    index = module.text[bracket:end]
    quote = quote_like(index)
    names = [f"{quote}{name}{quote}" for name in plan.path(operation.key)]
    carries = plan.carries(operation.shapes)
    borrowed = _is_borrowed(plan, allocation, operation.shapes)
    if isinstance(module.parents[node], cst.AugAssign) and not borrowed:
        return  # it is read at the same place, which is edited for that
    statement = module.parents[module.parents[node]] if carries == NEVER or borrowed else None
    if isinstance(statement, cst.Assign) and len(statement.targets) == 1 and len(names) == 1:
        first, last = module.outer_span(statement.value)
        taken = _taken(module.text[start:bracket], names[0], carries) if borrowed else ""
        opening = f"{{{taken}{index[1:-1].strip()}: "
        result.add(module.path, [(bracket, end, f"[{names[0]}]"), (first, first, opening), (last, last, "}")])
        return
    if borrowed:
        raise BlockedError(
            f"its `{contract.SETTINGS}` would be shared with another dict ({where(module, node)})"
        )
    steps = f"[{names[0]}]" if carries == ALWAYS else f".setdefault({names[0]}, {{}})"
    steps += "".join(f".setdefault({name}, {{}})" for name in names[1:])
    result.add(module.path, [(start, bracket, module.text[start:bracket] + steps)])


def _taken(target: str, name: str, carries: str) -> str:
    """What a copy of the settings begins with, so that those of the other dict stay as they are."""
    return f"**{target}[{name}], " if carries == ALWAYS else f"**{target}.get({name}, {{}}), "


def _check_one_key(plan: Planner, allocation: Allocation, operation: Operation) -> None:
    """The key at a place must be the same whenever the place is reached."""
    others = plan.engine.operations.get(allocation, {}).values()
    keys = {each.key for each in others if each.node is operation.node}
    if len(keys) > 1:
        raise BlockedError(f"a key of it is computed ({where(operation.module, operation.node)})")


def _is_borrowed(plan: Planner, allocation: Allocation, shapes: tuple[Shape, ...]) -> bool:
    """Whether the settings of the converted dict come from another dict by a shallow copy."""
    return any(
        entry.origin.allocation is not allocation
        for shape in shapes
        for key, entry in shape.entries.items()
        if key in plan.keys or key == contract.SETTINGS
    )


def _check_depth(plan: Planner, key: str) -> None:
    move = plan.operation.move(key)
    if move is not None and len(move.path) > 2:
        raise BlockedError("keys of a scheduled job move to two levels")


def read(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    """``d["key"]``, ``d.get("key")``, ``d.pop("key")``, ``del d["key"]``, ``"key" in d``."""
    node, module = operation.node, operation.module
    if not operation.key:
        raise BlockedError(f"a key that is not known is read from it ({where(module, node)})")
    if operation.key not in plan.keys:
        return
    _check_one_key(plan, allocation, operation)
    target = operation.target
    if target is None:
        raise BlockedError(f"it is read in a way that is not followed ({where(module, node)})")
    carries = plan.carries(operation.shapes)
    changing = operation.kind in ("pop", "delete")
    if changing:
        _check_depth(plan, operation.key)
        check_shared(allocation, operation)
        if _is_borrowed(plan, allocation, operation.shapes) or carries != ALWAYS:
            raise BlockedError(f"a moved key is removed from it ({where(module, node)})")
        if any(
            len((plan.keys | {contract.SETTINGS}) & shape.entries.keys()) < 2 for shape in operation.shapes
        ):
            raise BlockedError(f"a moved key is removed from it ({where(module, node)})")
    end = module.outer_span(target)[1]
    code = module.code(node)
    quote = quote_like(code)
    names = [f"{quote}{name}{quote}" for name in plan.path(operation.key)]
    certain = operation.kind == "read" or (carries == ALWAYS and len(names) == 1)
    steps = "".join(f"[{name}]" if certain else f".get({name}, {{}})" for name in names)
    result.add(module.path, [(end, end, steps)])


def setdefault(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    """``d.setdefault(key, …)``. Raises BlockedError."""
    if operation.key == contract.SETTINGS and plan.has_moved(operation.shapes):
        raise BlockedError(
            f"`{contract.SETTINGS}` is set by default ({where(operation.module, operation.node)})"
        )
    if operation.key not in plan.keys:
        return
    check_shared(allocation, operation)
    _check_depth(plan, operation.key)
    if operation.target is None or _is_borrowed(plan, allocation, operation.shapes):
        raise BlockedError(f"its `{contract.SETTINGS}` would be shared with another dict")
    module = operation.module
    end = module.outer_span(operation.target)[1]
    code = module.code(operation.node)
    quote = quote_like(code)
    name = f"{quote}{contract.SETTINGS}{quote}"
    certain = plan.carries(operation.shapes) == ALWAYS
    result.add(module.path, [(end, end, f"[{name}]" if certain else f".setdefault({name}, {{}})")])
