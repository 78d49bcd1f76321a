"""Headers that tell something of the body: a fixed one would be wrong for the rewritten body."""

from __future__ import annotations

import re

import libcst as cst

from migrate.find.python.engine import Engine
from migrate.find.python.module import Module
from migrate.find.python.planner import BlockedError, where

_LENGTH = "content-length"
_DIGESTS = ("content-md5", "content-digest", "repr-digest", "digest")
_SETTERS = ("add_header", "add_unredirected_header", "putheader", "setdefault", "__setitem__")
_NAMES = re.compile("|".join((_LENGTH, *_DIGESTS)), re.IGNORECASE)
_COUNTED = re.compile(r"\blen\(|__len__|getsize|st_size|\.tell\(")


def check(engine: Engine, module: Module) -> None:
    """Raises BlockedError where the file sets a length or a digest of a body that is not computed from it."""
    if module.path not in engine.fixed_headers:
        engine.fixed_headers[module.path] = _fault(module)
    if engine.fixed_headers[module.path]:
        raise BlockedError(engine.fixed_headers[module.path])


def _fault(module: Module) -> str:
    if not _NAMES.search(module.text):
        return ""
    for node in module.nodes(cst.SimpleString):
        name = node.evaluated_value if isinstance(node, cst.SimpleString) else None
        if not isinstance(name, str) or name.lower() not in (_LENGTH, *_DIGESTS):
            continue
        value = _value_of(module, node)
        if value is None:
            continue
        fixed = isinstance(value, (cst.SimpleString, cst.Integer))
        if fixed or (name.lower() == _LENGTH and not _is_counted(module, value)):
            return f"its `{name}` is not computed from it ({where(module, node)})"
    return ""


def _value_of(module: Module, node: cst.CSTNode) -> cst.BaseExpression | None:
    """What a header of this name is set to; None where the name is only looked up."""
    parent = module.parents.get(node)
    if isinstance(parent, cst.DictElement) and parent.key is node:
        return parent.value
    above = module.parents.get(parent) if parent is not None else None
    if isinstance(parent, cst.Arg) and isinstance(above, cst.Call) and above.args[0] is parent:
        name = above.func.attr.value if isinstance(above.func, cst.Attribute) else ""
        return above.args[1].value if name in _SETTERS and len(above.args) > 1 else None
    if isinstance(parent, cst.Element) and isinstance(above, cst.Tuple) and len(above.elements) == 2:
        return above.elements[1].value if above.elements[0] is parent else None
    if isinstance(parent, cst.Index):
        subscript = module.enclosing(parent, (cst.Subscript,))
        target = module.parents.get(subscript) if subscript is not None else None
        assignment = module.parents.get(target) if target is not None else None
        if isinstance(target, cst.AssignTarget) and isinstance(assignment, cst.Assign):
            return assignment.value
    return None


def _is_counted(module: Module, value: cst.BaseExpression) -> bool:
    code = module.code(value)
    if _COUNTED.search(code):
        return True
    return any(
        _COUNTED.search(found[0])
        for name in re.findall(r"[A-Za-z_]\w*", code)
        for found in re.finditer(rf"^[^\n#]*\b{name}\s*:?=[^\n]*", module.text, re.MULTILINE)
    )
