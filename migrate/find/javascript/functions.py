"""Facts about functions and names that several steps need: callers, readers, arguments, conditions."""

from __future__ import annotations

from collections.abc import Iterator

from migrate.find.javascript.payload import Condition, UnprovedError
from migrate.find.javascript.scope import Binding
from migrate.find.javascript.tree import FUNCTIONS, Node, outermost, unwrap
from migrate.find.javascript.values import (
    Environment,
    Values,
    arguments,
    enclosing_class,
    function_of,
    member,
)

_REPEATS = frozenset(
    (
        "for_statement",
        "for_in_statement",
        "while_statement",
        "do_statement",
        "switch_statement",
        "try_statement",
    )
)


def is_assigned(node: Node) -> bool:
    """Whether an expression is the target of an assignment, an update or ``delete``."""
    parent = node.parent
    if parent is None:
        return False
    if parent.kind in ("assignment_expression", "augmented_assignment_expression"):
        return parent.first is node
    return parent.kind == "update_expression" or (
        parent.kind == "unary_expression" and parent.token("delete") is not None
    )


def declared_name(function: Node) -> Node | None:
    """The identifier that a function is declared with (``function f``, ``const f = () =>``)."""
    if function.kind.endswith("declaration"):
        return function.part("identifier")
    holder = outermost(function).parent
    if holder is not None and holder.kind == "variable_declarator" and holder.first is not None:
        return holder.first if holder.first.kind == "identifier" else None
    return None


def list_of(function: Node) -> Node | None:
    """The list whose elements a callback gets: of ``list.map(callback)`` and its like."""
    holder = outermost(function).parent
    call = holder.parent if holder is not None and holder.kind == "arguments" else None
    reached = member(call.first) if call is not None and call.first is not None else None
    return reached[0] if reached is not None and reached[1] in ("map", "forEach", "flatMap") else None


def returned(function: Node) -> Iterator[Node]:
    """The expressions that a function returns."""
    body = function.last
    if body is None:
        return
    if body.kind != "statement_block":
        yield body
        return
    for node in body.walk():
        if node.kind == "return_statement" and node.first and function_of(node) is function:
            yield node.first


def resolved(node: Node, env: Environment) -> Node:
    """An argument, or what it stands for where it is itself a parameter with a known argument."""
    inner = unwrap(node)
    binding = inner.module.binding(inner) if inner.kind == "identifier" else None
    return env[binding] if binding is not None and binding in env else node


def bound_arguments(function: Node, call: Node) -> dict[Binding, Node]:
    """A function's plain parameters and the arguments of one call."""
    given = arguments(call)
    found: dict[Binding, Node] = {}
    for binding in function.module.scopes.parameters.get(function, ()):
        if not binding.path and 0 <= binding.position < len(given):
            found[binding] = given[binding.position]
    return found


def conditions_around(
    node: Node, home: Node | None, declared: Node | None = None
) -> tuple[Condition, ...] | None:
    """Conditions of ``if`` and ``&&`` around a node in a function; None in loops and closures."""
    found: list[Condition] = []
    child = node
    for each in node.up():
        if each is home:
            break
        if declared is not None and declared.inside(each):
            break
        if each.kind in _REPEATS or each.kind in FUNCTIONS:
            return None
        if each.kind == "if_statement" and each.parts and child is not each.parts[0]:
            test = " ".join(unwrap(each.parts[0]).text.split())
            found.append((test, child.kind != "else_clause"))
        elif each.kind == "binary_expression" and each.token("&&") and each.last is child and each.first:
            found.append((" ".join(unwrap(each.first).text.split()), True))
        elif each.kind in ("ternary_expression", "binary_expression") and each.first is not child:
            return None
        child = each
    return tuple(reversed(found))


def references_in_reach(binding: Binding, values: Values) -> list[Node]:
    """The references of a binding in its module and in the modules that import it.

    Raises UnprovedError where the project is too large to know them all.
    """
    found = list(binding.references)
    module = binding.node.module
    names = [name for name, export in module.exports.items() if _is_export_of(export.node, binding)]
    if not names:
        return found
    importers = values.workspace.importers(module)
    if importers is None:
        raise UnprovedError(f"`{binding.name}` is exported, and the project is too large to find who uses it")
    for other in importers:
        for each in other.scopes.bindings:
            if each.imported is None:
                continue
            target = values.workspace.exported(other, *each.imported)
            if target is not None and module.binding(target) is binding:
                found.extend(each.references)
            elif target is module.root:
                found.extend(_namespace_uses(each, names))
    return found


def _is_export_of(node: Node | None, binding: Binding) -> bool:
    return node is not None and node.module.binding(node) is binding


def _namespace_uses(namespace: Binding, names: list[str]) -> Iterator[Node]:
    for reference in namespace.references:
        found = member(reference.parent) if reference.parent else None
        if found and reference.parent is not None and found[1] in names:
            yield reference.parent
        elif found is None:
            yield reference


def annotations_around(node: Node) -> list[Node]:
    """The types in ``satisfies T``, ``as T`` and ``<T>`` around an expression."""
    found: list[Node] = []
    child = node
    while (
        child.parent is not None
        and outermost(node).start <= child.parent.start
        and child is not outermost(node)
    ):
        child = child.parent
        if child.kind in ("as_expression", "satisfies_expression") and child.last is not None:
            found.append(child.last)
        elif child.kind == "type_assertion" and child.first is not None:
            found.append(child.first)
    return found


def method_calls(function: Node, values: Values) -> tuple[list[Node], bool]:
    """The calls of a method, or of a function that is exported without a name, and whether these are all."""
    owner = enclosing_class(function) if function.kind == "method_definition" else None
    name = function.part("property_identifier", "private_property_identifier") if owner else None
    private = owner is not None and (
        (name is not None and name.kind == "private_property_identifier")
        or function.text.startswith("private")
    )
    exported = (
        owner is None or any(each.kind == "export_statement" for each in owner.up()) or owner.module.exports
    )
    importers = values.workspace.importers(function.module) if exported and not private else ()
    found: list[Node] = []
    complete = importers is not None
    for module in (function.module, *(importers or ())):
        for call in module.root.walk():
            if call.kind != "call_expression" or call.first is None:
                continue
            reached = member(call.first)
            if name is not None and (reached is None or reached[1] != name.text):
                continue
            target = values.follow(call.first)
            if target is function:
                found.append(call)
            elif name is not None and reached is not None and not _is_of_others(reached[0], target, values):
                complete = False
    return found, complete


def _is_of_others(receiver: Node, target: Node, values: Values) -> bool:
    """Whether a method call is evidently of some other object: of a package's, or of a class of its own."""
    if target.kind in FUNCTIONS:
        return True
    root = unwrap(receiver)
    while (inner := member(root)) is not None:
        root = unwrap(inner[0])
    if root.kind in ("call_expression", "new_expression") and root.first is not None:
        return _is_of_others(root.first, target, values)
    binding = values.binding(root) if root.kind == "identifier" else None
    if root.kind == "identifier" and binding is None:
        return True
    if binding is not None and binding.imported is not None:
        return not values.workspace.is_own(root.module, binding.imported[0])
    if binding is not None and binding.value is not None and unwrap(binding.value) is not root:
        return _is_of_others(binding.value, target, values)
    return False
