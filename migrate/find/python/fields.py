"""``asdict(job)`` and ``job.model_dump()`` written out as a dict display, so that keys can move."""

from __future__ import annotations

import libcst as cst

from migrate import contract
from migrate.find.python.engine import Operation
from migrate.find.python.planner import BlockedError, Conversion, Planner, is_simple, where
from migrate.find.python.values import NESTED, Class, Entry, Instance, Unknown, each_of

_WIDTH = 100


def write_out(plan: Planner, result: Conversion, operation: Operation) -> None:
    """Replace the call by a display of the object's fields. Raises BlockedError."""
    module, node = operation.module, operation.node
    target = _object(node)
    if target is None or not is_simple(target) or len(operation.shapes) != 1:
        raise BlockedError(f"it is made from the fields of an object ({where(module, node)})")
    entries = operation.shapes[0].entries
    if contract.SETTINGS in entries or any(_is_nested(entry) for entry in entries.values()):
        raise BlockedError(f"it is made from the fields of an object ({where(module, node)})")
    code = module.code(target)
    parts: list[str] = []
    for key in entries:
        if key not in plan.keys:
            parts.append(f'"{key}": {code}.{key}')
        elif key == next(each for each in entries if each in plan.keys):
            parts.append(_settings(plan, code, [each for each in entries if each in plan.keys]))
    start, end = module.outer_span(node)
    line = module.source.line_start(start)
    indent = module.text[line : line + len(module.text[line:]) - len(module.text[line:].lstrip(" \t"))]
    inline = f"{{{', '.join(parts)}}}"
    newline = module.source.newline
    lines = "".join(f"{indent}    {part},{newline}" for part in parts)
    fits = start - line + len(inline) <= _WIDTH
    result.add(module.path, [(start, end, inline if fits else f"{{{newline}{lines}{indent}}}")])


def _object(node: cst.CSTNode) -> cst.BaseExpression | None:
    if not isinstance(node, cst.Call):
        return None
    if node.args and not node.args[0].keyword:
        return node.args[0].value
    return node.func.value if isinstance(node.func, cst.Attribute) else None


def _is_nested(entry: Entry) -> bool:
    """Whether the field may be an object that has to be turned into a dict itself."""
    return any(
        isinstance(each, (Instance, Class)) or (isinstance(each, Unknown) and each.why == NESTED)
        for each in each_of(entry.value)
    )


def _settings(plan: Planner, code: str, keys: list[str]) -> str:
    common = [f'"{key}": {code}.{key}' for key in keys if not plan.is_deep(key)]
    deep = [f'"{key}": {code}.{key}' for key in keys if plan.is_deep(key)]
    if deep:
        common.append(f'"{contract.CRON}": {{{", ".join(deep)}}}')
    return f'"{contract.SETTINGS}": {{{", ".join(common)}}}'
