"""What an expression stands for: names followed to their values, and strings taken apart."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from migrate.find.javascript.modules import Workspace
from migrate.find.javascript.scope import REST, Binding
from migrate.find.javascript.tree import FUNCTIONS, Node, unwrap
from migrate.model import HOLE

Environment = Mapping[Binding, Node]
"""Arguments of a call, by the parameter that they are bound to."""

_DEEP = 24
_CLASSES = ("class_declaration", "class", "abstract_class_declaration")


def member(node: Node) -> tuple[Node, str] | None:
    """Object and property name of ``a.b``, ``a?.b`` and ``a["b"]``; None for anything else."""
    if node.kind == "member_expression" and node.first and node.last:
        return node.first, node.last.text
    if node.kind == "subscript_expression" and node.first and node.last:
        key = unwrap(node.last)
        text = static_text(key)
        return (node.first, text) if text is not None else None
    return None


def static_text(node: Node) -> str | None:
    """The value of a string literal or of a template without substitutions."""
    if node.kind not in ("string", "template_string") or node.part("template_substitution"):
        return None
    return "".join(_decoded(child) for child in node.children if child.named)


def _decoded(node: Node) -> str:
    if node.kind != "escape_sequence":
        return node.text
    text = node.text
    plain = {"\\'": "'", "\\`": "`", "\\$": "$", "\\0": "\0", "\\v": "\v", "\\\n": "", "\\\r\n": ""}
    if text in plain:
        return plain[text]
    try:
        return str(json.loads(f'"{text}"'))
    except ValueError:
        return HOLE


def key_of(prop: Node) -> str | None:
    """The name of an object's property; None where it is computed or a spread."""
    if prop.kind in ("shorthand_property_identifier", "shorthand_property_identifier_pattern"):
        return prop.text
    if prop.kind not in ("pair", "method_definition", "pair_pattern"):
        return None
    key = prop.part("property_identifier", "string", "number", "computed_property_name")
    if key is None:
        return None
    if key.kind == "computed_property_name":
        return static_text(unwrap(key.first)) if key.first else None
    return static_text(key) if key.kind == "string" else key.text


def value_of(prop: Node) -> Node | None:
    """The value of an object's property; for a shorthand the identifier itself."""
    if prop.kind == "pair":
        return prop.last
    return prop if prop.kind in ("shorthand_property_identifier", "method_definition") else None


def property_of(literal: Node, name: str) -> Node | None:
    """The last property of a name in an object literal."""
    return next((prop for prop in reversed(literal.parts) if key_of(prop) == name), None)


def arguments(call: Node) -> list[Node]:
    """The arguments of a call or ``new``."""
    found = call.part("arguments")
    return found.parts if found is not None else []


def callee(call: Node) -> Node | None:
    """The called expression."""
    return call.first


class Values:
    """Follows expressions to what they stand for."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace

    def binding(self, node: Node) -> Binding | None:
        """The binding of an identifier."""
        return node.module.binding(node)

    def follow(self, node: Node, env: Environment | None = None, depth: int = 0) -> Node:
        """The expression that a node stands for, as far as names with one value lead."""
        node = unwrap(node)
        if depth > _DEEP:
            return node
        found: Node | None = None
        if node.kind in ("identifier", "shorthand_property_identifier", "type_identifier"):
            found = self._follow_name(node, env or {}, depth)
        elif node.kind in ("member_expression", "subscript_expression"):
            found = self._follow_member(node, env, depth)
        elif node.kind == "await_expression" and node.first:
            return self.follow(node.first, env, depth + 1)
        return node if found is None else found

    def _follow_name(self, node: Node, env: Environment, depth: int) -> Node | None:
        binding = self.binding(node)
        if binding is None:
            return None
        return self.value(binding, env, depth)

    def value(self, binding: Binding, env: Environment | None = None, depth: int = 0) -> Node | None:
        """The node that a binding always stands for; None where that is not known."""
        if env and binding in env:
            return self.follow(env[binding], None, depth + 1)
        if binding.imported is not None:
            return self._follow_import(binding, env, depth)
        if binding.kind in ("function", "class", "enum"):
            return binding.value
        if binding.value is None or not binding.constant or binding.kind in ("param", "type"):
            return None
        if not binding.path:
            return self.follow(binding.value, env, depth + 1)
        return self._at_path(binding.value, binding.path, env, depth)

    def _at_path(self, node: Node, path: tuple[str, ...], env: Environment | None, depth: int) -> Node | None:
        found: Node | None = node
        for name in path:
            if found is None or name == REST:
                return None
            found = self.get(found, name, env, depth + 1)
        return found

    def _follow_import(self, binding: Binding, env: Environment | None, depth: int) -> Node | None:
        assert binding.imported is not None  # noqa: S101 (asked by the caller)
        found = self.workspace.exported(binding.node.module, *binding.imported)
        if found is None or found.kind == "program":
            return found
        return self.follow(found, env, depth + 1)

    def _follow_member(self, node: Node, env: Environment | None, depth: int) -> Node | None:
        found = member(node)
        return self.get(found[0], found[1], env, depth + 1) if found else None

    def get(self, node: Node, name: str, env: Environment | None = None, depth: int = 0) -> Node | None:
        """The value of a property of what a node stands for."""
        if depth > _DEEP:
            return None
        base = self.follow(node, env, depth + 1)
        if base.kind == "program":
            export = base.module.exports.get(name)
            return self.follow(export.node, env, depth + 1) if export and export.node else None
        owner = self._class_of(base)
        if owner is not None:
            found = self._field(owner, name, depth)
            return self.follow(found, env, depth + 1) if found else None
        if base.kind == "enum_declaration":
            return _enum_member(base, name)
        if base.kind == "object":
            return self._in_object(base, name, env, depth)
        if base.kind == "call_expression" and base.first and base.first.text == "Object.freeze":
            inner = arguments(base)
            return self.get(inner[0], name, env, depth + 1) if inner else None
        return None

    def _class_of(self, base: Node) -> Node | None:
        """The class whose members a value has: of ``this``, of an instance, of the class itself."""
        if base.kind == "this":
            return enclosing_class(base)
        if base.kind == "new_expression" and base.first is not None:
            base = self.follow(base.first)
        if base.kind == "identifier":
            binding = self.binding(base)
            annotation = binding.annotation.first if binding and binding.annotation else None
            if annotation is not None and annotation.kind == "type_identifier":
                base = self.follow(annotation)
        return base if base.kind in _CLASSES else None

    def _field(self, owner: Node, name: str, depth: int) -> Node | None:
        found = field_of(owner, name)
        heritage = owner.part("class_heritage")
        if found is not None or heritage is None or heritage.first is None or depth > _DEEP:
            return found
        parent = heritage.first.first if heritage.first.kind == "extends_clause" else heritage.first
        base = self.follow(parent, None, depth + 1) if parent is not None else None
        return self._field(base, name, depth + 1) if base is not None and base.kind in _CLASSES else None

    def _in_object(self, literal: Node, name: str, env: Environment | None, depth: int) -> Node | None:
        for prop in reversed(literal.parts):
            if key_of(prop) == name:
                value = value_of(prop)
                return self.follow(value, env, depth + 1) if value else None
            if prop.kind == "spread_element" and prop.first:
                found = self.get(prop.first, name, env, depth + 1)
                if found is not None:
                    return found
        return None


def enclosing_class(node: Node) -> Node | None:
    """The class around a node."""
    return next((each for each in node.up() if each.kind in _CLASSES), None)


def fields(owner: Node) -> Iterator[tuple[str, Node]]:
    """Names and definition nodes of the members of a class."""
    body = owner.part("class_body")
    for each in body.parts if body else ():
        name = each.part("property_identifier", "private_property_identifier")
        if name is not None:
            yield name.text, each


def field_of(owner: Node, name: str) -> Node | None:
    """The value of a class's field, or its method; None where it is not known or not unique."""
    for known, definition in fields(owner):
        if known != name:
            continue
        if definition.kind == "method_definition":
            return definition
        if definition.token("="):
            return None if _assigned(owner, name) else definition.last
    assigned = _assigned(owner, name)
    return assigned[0] if len(assigned) == 1 else None


def _assigned(owner: Node, name: str) -> list[Node]:
    """The values that a class gives to one of its fields, wherever in it."""
    known = owner.module.assigned
    if owner not in known:
        known[owner] = {}
        for node in owner.walk():
            if node.kind == "assignment_expression" and node.first and node.last:
                target = member(node.first)
                if target and target[0].kind == "this":
                    known[owner].setdefault(target[1], []).append(node.last)
    return known[owner].get(name, [])


def _enum_member(declaration: Node, name: str) -> Node | None:
    body = declaration.part("enum_body")
    for each in body.parts if body else ():
        if each.kind == "enum_assignment" and each.first and each.last and each.first.text == name:
            return each.last
    return None


def function_of(node: Node) -> Node | None:
    """The function around a node."""
    return next((each for each in node.up() if each.kind in FUNCTIONS), None)


# ── Strings ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a string: literal text with its span in a module, or a hole.

    exact: the span's source text is the text itself, so that it can be edited. element: the whole
    list element it is, where it stands in a joined list. holder: the substitution of a template that
    holds nothing else.
    """

    text: str
    node: Node
    start: int
    end: int
    exact: bool = True
    element: Node | None = None
    holder: Node | None = None


@dataclass
class Text:
    """A string taken apart.

    through: the names that were followed to get at its pieces; brought: the pieces of each of them.
    """

    pieces: list[Piece] = field(default_factory=list)
    through: list[Node] = field(default_factory=list)
    brought: dict[Node, list[Piece]] = field(default_factory=dict)

    @property
    def value(self) -> str:
        """The string, with `HOLE` for the unknown parts."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def words(self) -> str:
        """Source texts of everything that took part, for evidence."""
        return (
            " ".join(piece.node.text for piece in self.pieces) + " " + " ".join(n.text for n in self.through)
        )

    def spans(self, start: int, end: int) -> list[tuple[Piece, int, int]] | None:
        """The pieces that hold a part of the string, with offsets in them; None where not editable."""
        found: list[tuple[Piece, int, int]] = []
        position = 0
        for piece in self.pieces:
            first, last = max(start, position), min(end, position + len(piece.text))
            if first < last:
                if not piece.exact and piece.element is None:
                    return None
                found.append((piece, first - position, last - position))
            position += len(piece.text)
        return found
