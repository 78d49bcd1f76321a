"""Who calls a function and so gets what it returns."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.find.javascript.functions import declared_name, method_calls, references_in_reach
from migrate.find.javascript.modules import Module
from migrate.find.javascript.tree import Node, outermost
from migrate.find.javascript.values import Values, arguments, static_text

_PASSED_ON = ("export_specifier", "export_statement")


def calls_of(function: Node, values: Values) -> tuple[list[Node], Node | None]:
    """The calls of a function in reach, and a place that may hide further ones (None: these are all).

    Raises UnprovedError where the project is too large to know them.
    """
    name = declared_name(function)
    binding = function.module.binding(name) if name is not None else None
    if function.kind == "method_definition" or (binding is None and name is None):
        calls, complete = method_calls(function, values)
        return calls, None if complete else function
    if binding is None:
        return [], function
    found: list[Node] = []
    unseen = next(filter(_is_loose, _imports_of(function.module, values)), None)
    for reference in references_in_reach(binding, values):
        place = outermost(reference)
        parent = place.parent
        if parent is not None and parent.kind == "call_expression" and parent.first is place:
            found.append(parent)
        elif parent is not None and parent.kind not in _PASSED_ON and not _is_exports(parent):
            unseen = unseen or reference
    return found, unseen


def _imports_of(module: Module, values: Values) -> Iterator[Node]:
    """The dynamic imports of a module."""
    for importer in values.workspace.importers(module) or ():
        for node in importer.root.walk():
            given = arguments(node) if node.kind == "call_expression" else []
            text = static_text(given[0]) if given and node.first and node.first.text == "import" else None
            if text is not None and values.workspace.resolve(importer, text) == module.path:
                yield node


def _is_loose(call: Node) -> bool:
    """Whether what a dynamic import brings has no name in its module."""
    awaited = outermost(call).parent
    holder = outermost(awaited).parent if awaited is not None and awaited.kind == "await_expression" else None
    return holder is None or holder.kind != "variable_declarator"


def _is_exports(node: Node) -> bool:
    """Whether an object, or a part of one, is what a CommonJS module exports."""
    literal = node if node.kind == "object" else node.parent
    holder = outermost(literal).parent if literal is not None and literal.kind == "object" else None
    return holder is not None and holder.kind == "assignment_expression" and "exports" in holder.text[:15]
