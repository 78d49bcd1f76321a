"""``--adapt``: a payload whose form can't be proved goes through a small function, at run time.

The function is made from the contract's tables, needs only the standard library, and is put behind the
imports of the file.
"""

from __future__ import annotations

import libcst as cst

from migrate import contract
from migrate.find.python.edits import Change
from migrate.find.python.module import Module
from migrate.find.python.sites import Site

_PARAMETERS = ("json", "data", "content", "body", "payload", "json_data", "json_body", "request_body")


class UnadaptableError(ValueError):
    """A place that can't be rewritten through the function. The message is the reason."""


def name_of(operation: contract.Operation) -> str:
    """The function's name, e.g. ``_nf_upgrade_manual_job``; one for each form of body."""
    middle = f"{operation.job_type}_" + ("patch_" if operation.has_id else "")
    return f"{contract.ADAPTER_PREFIX}{middle}job"


def plan(site: Site, operation: contract.Operation) -> list[Change]:
    """The edits that send a place's payload through the function. Raises UnadaptableError."""
    module = site.module
    node = _payload(site)
    name = name_of(operation)
    start, end = module.outer_span(node)
    changes: list[Change] = [(start, start, f"{name}("), (end, end, ")")]
    if not _has_function(module, name):
        at, before = _place(module)
        text = source_of(operation).replace("\n", module.source.newline)
        changes.append((at, at, before + text))
    return changes


def _payload(site: Site) -> cst.BaseExpression:
    """The expression of the payload in the call at hand."""
    nodes = {id(shot.body_node): shot.body_node for shot in site.shots if shot.calls[-1][1] is site.call}
    if len(nodes) == 1:
        node = next(iter(nodes.values()))
        if node is not None and any(node is argument.value for argument in site.call.args):
            return _inside_dumps(node)
    named = [each.value for each in site.call.args if each.keyword and each.keyword.value in _PARAMETERS]
    if len(named) == 1:
        return _inside_dumps(named[0])
    raise UnadaptableError("its payload is not an argument of the call")


def _inside_dumps(node: cst.BaseExpression) -> cst.BaseExpression:
    """The dict inside of ``json.dumps(…)`` and ``.encode()``."""
    if isinstance(node, cst.Call) and isinstance(node.func, cst.Attribute):
        if node.func.attr.value == "encode":
            return _inside_dumps(node.func.value)
        if node.func.attr.value == "dumps" and node.args:
            return node.args[0].value
    return node


def _has_function(module: Module, name: str) -> bool:
    return any(isinstance(each, cst.FunctionDef) and each.name.value == name for each in module.tree.body)


def _place(module: Module) -> tuple[int, str]:
    """Where the function goes: behind the last import of the file's head, and what comes before it."""
    last: cst.CSTNode | None = None
    for index, statement in enumerate(module.tree.body):
        if _is_import(statement):
            last = statement
        elif not (index == 0 and _is_text(statement)):
            break
        elif last is None:
            last = statement
    newline = module.source.newline
    text = module.text
    if last is None:
        start = module.span(module.tree.body[0])[0]
        return text.rfind("\n", 0, start) + 1, ""
    end = module.span(last)[1]
    found = min((at for at in (text.find("\n", end), text.find("\r", end)) if at >= 0), default=len(text))
    return found, newline * 3


def _is_import(node: cst.CSTNode) -> bool:
    if isinstance(node, cst.SimpleStatementLine):
        return all(isinstance(each, (cst.Import, cst.ImportFrom)) for each in node.body)
    if isinstance(node, (cst.If, cst.Try)):
        return all(_is_import(each) for each in node.body.body)
    return False


def _is_text(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.SimpleStatementLine) and all(
        isinstance(each, cst.Expr) and isinstance(each.value, (cst.SimpleString, cst.ConcatenatedString))
        for each in node.body
    )


def source_of(operation: contract.Operation) -> str:
    """The function's text, without the newline at its end."""
    settings, cron = contract.SETTINGS, contract.CRON
    common = ", ".join(f'"{key}"' for key in contract.COMMON_KEYS)
    lines = [
        f"def {name_of(operation)}(body):",
        f'    """Move the keys of a body of {operation.method} {operation.old_path} to their new places."""',
        "    if isinstance(body, (str, bytes)):",
        "        import json",
        "",
        f"        return json.dumps({name_of(operation)}(json.loads(body)))",
        f'    settings = dict(body.get("{settings}", {{}}))',
    ]
    if operation.job_type == contract.CRON:
        schedule = ", ".join(f'"{key}"' for key in contract.CRON_KEYS)
        lines += [
            f'    cron = dict(settings.get("{cron}", {{}}))',
            f"    for keys, place in ((({common}), settings), (({schedule}), cron)):",
            "        for key in keys:",
            "            if key in body and place.setdefault(key, body[key]) != body[key]:",
            '                raise ValueError(f"{key} is given twice, with different values")',
            f"    body = {{key: value for key, value in body.items() if key not in ({common}, {schedule})}}",
            f'    return {{**body, "{settings}": {{**settings, "{cron}": cron}}}}'
            if not operation.has_id
            else f'    settings = {{**settings, "{cron}": cron}} if cron else settings',
        ]
    else:
        lines += [
            f'    if "{cron}" in settings:',
            '        raise ValueError("it would become a scheduled job")',
            f"    for key in ({common}):",
            "        if key in body and settings.setdefault(key, body[key]) != body[key]:",
            '            raise ValueError(f"{key} is given twice, with different values")',
            f"    body = {{key: value for key, value in body.items() if key not in ({common})}}",
        ]
        if not operation.has_id:
            lines.append(f'    return {{**body, "{settings}": settings}}')
    if operation.has_id:
        lines.append(f'    return {{**body, "{settings}": settings}} if settings else body')
    return "\n".join(lines)
