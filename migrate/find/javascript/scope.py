"""Names of one module: which declaration each identifier belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from migrate.find.javascript.tree import FUNCTIONS, Node

REST = "..."
"""Element of a binding's path: the rest of an object (``{ a, ...rest }``)."""

WHOLE = "module.exports"
"""Imported name for what ``require`` returns."""

_BLOCKS = frozenset(
    ("program", "statement_block", "for_statement", "for_in_statement", "catch_clause", "switch_body")
)
_TYPE_DECLARATIONS = ("type_alias_declaration", "interface_declaration")
_PARAMETERS = ("required_parameter", "optional_parameter")
_PATTERNS = (
    "object_pattern",
    "array_pattern",
    "rest_pattern",
    "assignment_pattern",
    "object_assignment_pattern",
    "pair_pattern",
)
_NAMES = ("identifier", "shorthand_property_identifier", "type_identifier")


@dataclass(eq=False)
class Binding:
    """A declared name.

    kind: const, let, var, param, import, function, class, catch, loop, enum or type. node: the declaring
    identifier. value: what it is initialised with (None where unknown). path: which part of the
    value, for destructuring. default: the pattern's default. annotation: the type's node.
    imported: module specifier and exported name (``*`` for the namespace, `WHOLE` for all).
    """

    name: str
    kind: str
    node: Node
    value: Node | None = None
    path: tuple[str, ...] = ()
    default: Node | None = None
    annotation: Node | None = None
    imported: tuple[str, str] | None = None
    function: Node | None = None
    position: int = -1
    references: list[Node] = field(default_factory=list)

    @cached_property
    def writes(self) -> list[Node]:
        """The references that are assigned to."""
        return [each for each in self.references if is_written(each)]

    @property
    def constant(self) -> bool:
        """Whether the name always has its initial value."""
        return self.kind not in ("loop", "catch") and not self.writes


def required(value: Node) -> str:
    """The module specifier of ``require("…")`` and ``await import("…")``; "" for anything else."""
    while value.kind in ("await_expression", "parenthesized_expression") and value.first is not None:
        value = value.first
    if (
        value.kind != "call_expression"
        or value.first is None
        or value.first.text not in ("require", "import")
    ):
        return ""
    given = value.part("arguments")
    literal = given.first if given is not None else None
    return literal.text[1:-1] if literal is not None and literal.kind == "string" else ""


def is_written(node: Node) -> bool:
    """Whether an identifier is the target of an assignment."""
    child, parent = node, node.parent
    while parent is not None and parent.kind in _PATTERNS:
        child, parent = parent, parent.parent
    if parent is None:
        return False
    if parent.kind in ("assignment_expression", "augmented_assignment_expression", "for_in_statement"):
        return parent.first is child
    return parent.kind == "update_expression"


class Scopes:
    """All bindings of a tree, and the binding of each identifier."""

    @cached_property
    def parameters(self) -> dict[Node, list[Binding]]:
        """The parameters of each function."""
        found: dict[Node, list[Binding]] = {}
        for binding in self.bindings:
            if binding.kind == "param" and binding.function is not None:
                found.setdefault(binding.function, []).append(binding)
        return found

    def __init__(self, root: Node) -> None:
        self._names: dict[Node, dict[str, Binding]] = {root: {}}
        self._root = root
        self.of: dict[Node, Binding] = {}
        self.bindings: list[Binding] = []
        for node in root.walk():
            self._declare(node)
        for node in root.walk():
            if node.kind in _NAMES and node not in self.of and not _is_label(node):
                self._refer(node)

    def lookup(self, name: str, at: Node) -> Binding | None:
        """The binding of a name as seen from a node."""
        for scope in (at, *at.up()):
            found = self._names.get(scope, {}).get(name)
            if found is not None:
                return found
        return None

    def _refer(self, node: Node) -> None:
        found = self.lookup(node.text, node)
        if found is not None:
            found.references.append(node)
            self.of[node] = found

    def _add(self, scope: Node, binding: Binding) -> None:
        known = self._names.setdefault(scope, {})
        previous = known.get(binding.name)
        if previous is not None and previous.kind == "var":
            previous.references.append(binding.node)
            self.of[binding.node] = previous
            return
        if previous is None or binding.kind != "type":
            known[binding.name] = binding
        self.bindings.append(binding)
        self.of[binding.node] = binding

    def _block(self, node: Node) -> Node:
        for scope in node.up():
            if scope.kind in FUNCTIONS:
                return scope
            if scope.kind in _BLOCKS:
                if scope.parent is not None and scope.parent.kind in FUNCTIONS:
                    return scope.parent
                return scope
        return self._root

    def _function(self, node: Node) -> Node:
        return next((scope for scope in node.up() if scope.kind in FUNCTIONS), self._root)

    def _declare(self, node: Node) -> None:
        if node.kind == "variable_declarator":
            self._declare_variable(node)
        elif node.kind in FUNCTIONS:
            self._declare_function(node)
        elif node.kind in ("class_declaration", "abstract_class_declaration", "enum_declaration"):
            name = node.part("type_identifier", "identifier")
            kind = "enum" if node.kind == "enum_declaration" else "class"
            if name is not None:
                self._add(self._block(node), Binding(name.text, kind, name, node))
        elif node.kind in _TYPE_DECLARATIONS:
            name = node.part("type_identifier")
            if name is not None:
                self._add(self._block(node), Binding(name.text, "type", name, node))
        elif node.kind == "import_statement":
            self._declare_imports(node)
        elif node.kind == "catch_clause" and node.first is not None:
            self._declare_pattern(node, "catch", node.first)
        elif node.kind == "for_in_statement" and _declares(node) and node.first is not None:
            listed = node.parts[1] if node.token("of") and len(node.parts) > 1 else None
            self._declare_pattern(node, "loop", node.first, listed)

    def _declare_variable(self, node: Node) -> None:
        declaration = node.parent
        lexical = declaration is not None and declaration.kind == "lexical_declaration"
        kind = "var"
        if lexical and declaration is not None:
            kind = "const" if declaration.token("const") else "let"
        pattern = node.first
        if pattern is None:
            return
        value = node.last if node.token("=") else None
        scope = self._block(node) if lexical else self._function(node)
        self._declare_pattern(scope, kind, pattern, value, node.part("type_annotation"))

    def _declare_pattern(
        self,
        scope: Node,
        kind: str,
        pattern: Node,
        value: Node | None = None,
        annotation: Node | None = None,
    ) -> None:
        specifier = required(value) if value is not None else ""
        for name, path, default in pattern_names(pattern):
            made = Binding(name.text, kind, name, value, path, default, annotation)
            if specifier and len(path) < 2:
                made.imported = (specifier, path[0] if path else WHOLE)
            self._add(scope, made)

    def _declare_function(self, node: Node) -> None:
        name = node.part("identifier")
        parameters = node.part("formal_parameters")
        if node.kind == "arrow_function" and parameters is None and name is not None:
            self._add(node, Binding(name.text, "param", name, function=node, position=0))
            return
        if name is not None and node.kind.endswith("declaration"):
            self._add(self._block(node), Binding(name.text, "function", name, node))
        elif name is not None and node.kind != "arrow_function":
            self._add(node, Binding(name.text, "function", name, node))
        for position, parameter in enumerate(parameters.parts if parameters else ()):
            self._declare_parameter(node, position, parameter)

    def _declare_parameter(self, function: Node, position: int, parameter: Node) -> None:
        pattern: Node | None = parameter
        default: Node | None = None
        annotation: Node | None = None
        if parameter.kind in _PARAMETERS:
            annotation = parameter.part("type_annotation")
            pattern = parameter.part("identifier", *_PATTERNS)
            default = parameter.last if parameter.token("=") else None
        if pattern is None:
            return
        for name, path, own_default in pattern_names(pattern):
            made = Binding(name.text, "param", name, None, path, own_default or default, annotation)
            made.function, made.position = function, position
            if pattern.kind == "rest_pattern":
                made.position = -1
            self._add(function, made)

    def _declare_imports(self, node: Node) -> None:
        source = node.part("string")
        clause = node.part("import_clause")
        if source is None or clause is None:
            return
        specifier = source.text[1:-1]
        for child in clause.parts:
            if child.kind == "identifier":
                self._import(child, specifier, "default")
            elif child.kind == "namespace_import" and child.last is not None:
                self._import(child.last, specifier, "*")
            elif child.kind == "named_imports":
                for each in child.parts:
                    names = each.parts
                    self._import(names[-1], specifier, names[0].text.strip("\"'"))
                    if len(names) > 1:
                        self.of[names[0]] = self.of[names[-1]]

    def _import(self, node: Node, specifier: str, name: str) -> None:
        self._add(self._root, Binding(node.text, "import", node, imported=(specifier, name)))


def pattern_names(
    pattern: Node, path: tuple[str, ...] = (), default: Node | None = None
) -> Iterator[tuple[Node, tuple[str, ...], Node | None]]:
    """The names that a pattern declares, each with its path into the value and its default."""
    if pattern.kind in ("identifier", "shorthand_property_identifier_pattern"):
        yield pattern, path, default
    elif pattern.kind == "object_pattern":
        for child in pattern.parts:
            yield from _in_object_pattern(child, path)
    elif pattern.kind == "array_pattern":
        for index, child in enumerate(pattern.parts):
            yield from pattern_names(child, (*path, str(index)))
    elif pattern.kind == "assignment_pattern" and pattern.first and pattern.last:
        yield from pattern_names(pattern.first, path, pattern.last)
    elif pattern.kind == "rest_pattern" and pattern.last:
        yield from pattern_names(pattern.last, (*path, REST))


def _in_object_pattern(
    child: Node, path: tuple[str, ...]
) -> Iterator[tuple[Node, tuple[str, ...], Node | None]]:
    if child.kind == "shorthand_property_identifier_pattern":
        yield child, (*path, child.text), None
    elif child.kind == "object_assignment_pattern" and child.first and child.last:
        yield child.first, (*path, child.first.text), child.last
    elif child.kind == "pair_pattern" and child.first and child.last:
        key = child.first
        name = key.text.strip("\"'") if key.kind in ("property_identifier", "string") else "?"
        yield from pattern_names(child.last, (*path, name))
    elif child.kind == "rest_pattern":
        yield from pattern_names(child, path)


def _declares(loop: Node) -> bool:
    return any(loop.token(word) for word in ("const", "let", "var"))


def _is_label(node: Node) -> bool:
    """Whether an identifier is not a reference: the outer name of an export or import specifier."""
    parent = node.parent
    if parent is None or parent.kind not in ("export_specifier", "namespace_export"):
        return False
    statement = parent.parent.parent if parent.parent else None
    return parent.first is not node or (statement is not None and statement.part("string") is not None)
