"""Definition files that the code itself writes: what stands in them now is not what is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable

import libcst as cst

from migrate import contract
from migrate.embed import to_review
from migrate.find.python.engine import Engine
from migrate.find.python.module import Module
from migrate.find.text import advice
from migrate.model import Use

_CODE = (".py", ".pyi", ".pyw", ".ipynb")
_COPYING = frozenset(("copy", "copy2", "copyfile", "move", "rename", "replace"))
_NAME = re.compile(r"[A-Za-z_]\w*")


def settled(engine: Engine, uses: Iterable[Use]) -> tuple[Use, ...]:
    """The uses, with those left to a person that edit a definition which the code may write."""
    found = tuple(uses)
    broken = _broken_groups(engine, found)
    return tuple(
        to_review(use, broken[use.group], advice(contract.BY_NAME.get(use.operation, contract.PUT_MANUAL)))
        if use.group in broken
        else use
        for use in found
    )


def _broken_groups(engine: Engine, uses: Iterable[Use]) -> dict[str, str]:
    """Groups of uses that edit a definition which the code may write, with the reason."""
    modules = [module for module in engine.modules.values() if module is not None]
    broken: dict[str, str] = {}
    for use in uses:
        for path in {edit.path for edit in use.edits if not edit.path.endswith(_CODE)} if use.group else ():
            name = path.rpartition("/")[2]
            if any(_writes(module, name) for module in modules):
                broken[use.group] = f"the code may write {name} itself"
    return broken


def _writes(module: Module, name: str) -> bool:
    if name not in module.text:
        return False
    for call in module.nodes(cst.Call):
        target = _target(module, call) if isinstance(call, cst.Call) else None
        if target is not None and _may_be(module, module.code(target), name):
            return True
    return False


def _may_be(module: Module, code: str, name: str) -> bool:
    """Whether an expression names a file, or a variable that is set to something with its name."""
    if name in code:
        return True
    return any(
        re.search(rf"^[^\n#]*\b{each}[ \t]*(?::[^=\n]+)?=[^\n]*{re.escape(name)}", module.text, re.MULTILINE)
        for each in _NAME.findall(code)
    )


def _target(module: Module, call: cst.Call) -> cst.BaseExpression | None:
    """What a call writes to, or None."""
    attribute = call.func if isinstance(call.func, cst.Attribute) else None
    name = attribute.attr.value if attribute is not None else getattr(call.func, "value", "")
    if attribute is not None and name in ("write_text", "write_bytes"):
        return attribute.value
    if name in _COPYING and len(call.args) > 1:
        return call.args[1].value
    if name != "open" or not call.args:
        return None
    modes = [each.value for each in call.args if each.keyword is None or each.keyword.value == "mode"]
    texts = [each.evaluated_value for each in modes if isinstance(each, cst.SimpleString)]
    if not any(
        isinstance(each, str) and re.fullmatch(r"[rwaxbt+]{1,3}", each) and set(each) & set("wax+")
        for each in texts
    ):
        return None
    is_method = attribute is not None and module.code(attribute.value) not in ("io", "codecs", "os")
    return attribute.value if is_method and attribute is not None else call.args[0].value
