"""``--adapt``: a body whose form can't be proved goes through a small function, at run time.

The function is made from the contract's tables, needs nothing, and is put at the end of the file,
from where its declaration is hoisted.
"""

from __future__ import annotations

from collections.abc import Iterable

from migrate import contract
from migrate.find.javascript.layout import SpanEdit, edit
from migrate.find.javascript.modules import Module
from migrate.find.javascript.payload import UnprovedError
from migrate.find.javascript.requests import Request
from migrate.find.javascript.tree import Node, unwrap
from migrate.find.javascript.values import arguments, property_of, value_of


def name_of(operation: contract.Operation) -> str:
    """The function's name; one for each form of body."""
    middle = f"{operation.job_type}_" + ("patch_" if operation.has_id else "")
    return f"{contract.ADAPTER_PREFIX}{middle}job"


def is_adapted(body: Node) -> bool:
    """Whether a body goes through such a function."""
    node = inside_stringify(body)
    return (
        node.kind == "call_expression"
        and node.first is not None
        and node.first.text.startswith(contract.ADAPTER_PREFIX)
    )


def inside_stringify(body: Node) -> Node:
    """The argument of ``JSON.stringify(…)``, else the expression itself."""
    node = unwrap(body)
    if node.kind == "call_expression" and node.first is not None and node.first.text == "JSON.stringify":
        given = arguments(node)
        return unwrap(given[0]) if given else node
    return node


def body_of(request: Request) -> Node | None:
    """The expression of a request's body at the call itself; None where it stands elsewhere."""
    body = request.body
    if body is not None and request.option:
        options = unwrap(body)
        prop = property_of(options, request.option) if options.kind == "object" else None
        body = value_of(prop) if prop is not None else None
    return body


def plan(request: Request) -> list[SpanEdit]:
    """The edits that send a request's body through the function. Raises UnprovedError."""
    body = body_of(request)
    old = request.old
    if body is None or old is None or body.module is not request.node.module:
        raise UnprovedError("its body is not an argument of the call", request.node)
    if body.module.code != body.module.text:
        raise UnprovedError("there is no place for a function in a component", request.node)
    inner = inside_stringify(body)
    name = name_of(old)
    if body.kind == "shorthand_property_identifier":
        return [edit(body, body.start, body.end, f"{body.text}: {name}({body.text})")]
    return [edit(inner, inner.start, inner.start, f"{name}("), edit(inner, inner.end, inner.end, ")")]


def functions(module: Module, operations: Iterable[contract.Operation]) -> list[SpanEdit]:
    """The edit that puts the functions at the end of a module, as far as they are not there."""
    wanted = {name_of(each): each for each in operations}
    missing = [each for name, each in sorted(wanted.items()) if f"function {name}(" not in module.text]
    if not missing:
        return []
    newline = module.source.newline
    text = (newline * 2).join(source_of(each, module.typed).replace("\n", newline) for each in missing)
    end = len(module.text)
    before = newline if module.text.endswith(("\n", "\r")) else newline * 2
    return [edit(module.root, end, end, before + text + newline)]


def source_of(operation: contract.Operation, typed: bool) -> str:
    """The function's text. typed: with the annotations that TypeScript wants."""
    settings, cron = contract.SETTINGS, contract.CRON
    loose = ": any" if typed else ""
    common = ", ".join(f'"{key}"' for key in contract.COMMON_KEYS)
    scheduled = ", ".join(f'"{key}"' for key in contract.CRON_KEYS)
    name = name_of(operation)
    lines = [
        f"// Moves the keys of an old {operation.job_type} job's body as {operation.new_name} wants them.",
        f"function {name}(body{loose}){loose} {{",
        f'  if (typeof body === "string") return JSON.stringify({name}(JSON.parse(body)));',
        f"  const {{ {settings}: given = {{}}, ...rest }} = body;",
        f"  const {settings}{loose} = {{ ...given }};",
        f"  const move = (place{loose}, key{': string' if typed else ''}) => {{",
        "    if (!(key in rest)) return;",
        "    if (key in place && JSON.stringify(place[key]) !== JSON.stringify(rest[key])) {",
        '      throw new Error(key + " is given twice, with different values");',
        "    }",
        "    place[key] = rest[key];",
        "    delete rest[key];",
        "  };",
        f"  for (const key of [{common}]) move({settings}, key);",
    ]
    if operation.job_type == contract.CRON:
        lines += [
            f"  const {cron}{loose} = {{ ...{settings}.{cron} }};",
            f"  for (const key of [{scheduled}]) move({cron}, key);",
        ]
        always = "" if not operation.has_id else f"if (Object.keys({cron}).length) "
        lines.append(f"  {always}{settings}.{cron} = {cron};")
    else:
        lines.append(f'  if ("{cron}" in {settings}) throw new Error("it would become a scheduled job");')
    lines += [
        f"  return Object.keys({settings}).length ? {{ ...rest, {settings} }} : rest;",
        "}",
    ]
    return "\n".join(lines)
