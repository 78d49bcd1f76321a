"""What the program reads from the answer of a rewritten request.

Follows the answer from the call through ``await``, ``.then``, destructuring, names, and out of
the functions that return it. A read of a moved key gets its new path. Where the answer goes out of
sight, any read in reach that may be one of it stands in the way of the rewrite.
"""

from __future__ import annotations

import re

from migrate import contract
from migrate.find.javascript.callers import calls_of
from migrate.find.javascript.functions import (
    annotations_around,
    declared_name,
    is_assigned,
    references_in_reach,
)
from migrate.find.javascript.layout import SpanEdit
from migrate.find.javascript.modules import Module
from migrate.find.javascript.payload import UnprovedError
from migrate.find.javascript.reads import element_of_all, nested_pattern, path_of
from migrate.find.javascript.scope import Binding
from migrate.find.javascript.suspects import named_in, pattern_key
from migrate.find.javascript.tree import FUNCTIONS, Node, outermost, unwrap
from migrate.find.javascript.values import Values, arguments, function_of, member

_DEEP = 12
_CALLBACKS = frozenset(("then", "finally", "catch", "pipe", "map", "tap", "subscribe"))
_HARMLESS = ("console.", "logger.", "log.")
_HEAD = ("statusCode", "statusMessage", "status", "statusText", "ok", "headers", "resume", "setEncoding")
_CHECKS = re.compile(r"(?:expect|assert|t|should|chai)\b")
_PASSES_ON = ("ternary_expression", "binary_expression", "sequence_expression")


class Answers:
    """Follows the answer of one request.

    typed: whether the client's types hold for it, in which ``settings`` is optional. declared: a
    type that the program itself gives to the answer. escapes: where it went out of sight first;
    named: whether a name of a whole file holds it, which the template of a component may use.
    """

    def __init__(self, operation: contract.Operation, values: Values, typed: bool) -> None:
        self.operation = operation
        self.values = values
        self.typed = typed
        self.declared: Node | None = None
        self.edits: list[SpanEdit] = []
        self.reads: set[Node] = set()
        self.escapes: Node | None = None
        self.named = False
        self.modules: dict[Module, None] = {}
        self._seen: set[Node] = set()

    def follow(self, call: Node) -> None:
        """Follow the value of a call. Raises UnprovedError."""
        self.modules[call.module] = None
        generic = call.part("type_arguments")
        self._declare(generic.first if generic else None)
        for argument in arguments(call) if call.kind == "call_expression" else ():
            literal = self.values.follow(argument)
            for each in literal.parts if literal.kind == "object" else (argument,):
                given = each.last if each.kind == "pair" and each.last is not None else each
                if unwrap(given).kind in (*FUNCTIONS, "method_definition"):
                    self._callback_answer(given)
        self._value(call, settled=False, depth=0)
        if self.edits and self.declared is not None:
            raise UnprovedError(
                f"the answer is read as `{' '.join(self.declared.text.split())[:60]}`, a type of one's own",
                self.declared,
                f"Give the type a `{contract.SETTINGS}` with the keys that move, and read them from there.",
            )

    def follow_name(self, name: Node) -> None:
        """Follow a declared name (or pattern) that holds what the answer's envelope holds."""
        self.modules[name.module] = None
        self._pattern(name, settled=False, depth=0)

    def _callback_answer(self, argument: Node) -> None:
        """A callback gets the answer as only the library knows; one without parameters gets none."""
        parameters = unwrap(argument).part("formal_parameters", "identifier")
        if parameters is None or not (parameters.kind == "identifier" or parameters.parts):
            return
        bindings = [self.values.binding(each) for each in parameters.walk() if each.kind == "identifier"]
        if not all(binding is not None and _only_head(binding) for binding in bindings):
            self._escape(argument)

    def _declare(self, annotation: Node | None) -> None:
        """Take note of a type that the program gives to the answer."""
        if annotation is None or not annotation.module.typed or self.declared is not None:
            return
        names = {each.text for each in annotation.walk() if each.kind == "type_identifier"}
        known = {name for name in names if contract.TYPE_NAME.fullmatch(name)}
        loose = annotation.text.lstrip(": ") in (
            "any",
            "unknown",
            "Promise<any>",
            "Response",
            "void",
            "Promise<void>",
        )
        if (
            not loose
            and not known
            and names - {"ApiCallResponse", "Promise"}
            | {each.text for each in annotation.walk() if each.kind == "property_signature"}
        ):
            self.declared = annotation

    def _value(self, node: Node, settled: bool, depth: int) -> None:
        """Follow the value of an expression. settled: inside of ``settings`` already."""
        for wrapper in annotations_around(node):
            self._declare(wrapper)
        node = outermost(node)
        parent = node.parent
        if parent is None or node in self._seen or self._is_too_deep(node, depth):
            return
        self._seen.add(node)
        if parent.kind == "await_expression":
            self._value(parent, settled, depth)
        elif parent.kind in ("member_expression", "subscript_expression") and parent.first is node:
            self._member(parent, settled, depth)
        elif parent.kind == "variable_declarator" and parent.last is node and parent.first is not node:
            self._declare(parent.part("type_annotation"))
            self._pattern(parent.first, settled, depth)
        elif parent.kind == "assignment_expression" and parent.last is node:
            self._assigned(parent, settled, depth)
        elif parent.kind in _PASSES_ON and (parent.first is not node or not parent.token("&&")):
            self._operand(parent, settled, depth)
        elif parent.kind == "return_statement" or (parent.kind == "arrow_function" and parent.last is node):
            self._returned(node, settled, depth)
        elif parent.kind == "array" and (taken := element_of_all(parent, node)) is not None:
            self._pattern(taken, settled, depth)
        elif parent.kind == "arguments" and parent.parent is not None:
            self._handed_to(parent.parent, node, settled, depth)
        elif not _ends_here(parent):
            self._escape(node)

    def _is_too_deep(self, node: Node, depth: int) -> bool:
        if depth > _DEEP:
            self._escape(node)
        return depth > _DEEP

    def _operand(self, operation: Node, settled: bool, depth: int) -> None:
        if operation.token("in"):
            self._demand_unnamed(operation)
        elif not _compares(operation):
            self._value(operation, settled, depth + 1)

    def _escape(self, node: Node) -> None:
        self.escapes = self.escapes or node

    # ── Into other calls ─────────────────────────────────────────────────────────────────────

    def _handed_to(self, call: Node, argument: Node, settled: bool, depth: int) -> None:
        """An argument of a call: of a check in a test, of an own function, or of something unknown."""
        name = call.first.text if call.first is not None else ""
        if name.startswith(_HARMLESS):
            return
        if name == "JSON.stringify":
            self._value(call, settled, depth + 1)
            return
        if _CHECKS.match(name):
            if not settled:
                self._demand_unnamed(_chain(call))
            return
        function = self.values.follow(call.first) if call.first is not None else call
        if name == "fetch" and function is call.first and _is_request(self.values.follow(argument)):
            self._value(call, settled, depth + 1)
            return
        if function.kind not in FUNCTIONS:
            self._escape(argument)
            return
        self.modules[function.module] = None
        parameter = (
            _parameter(function, arguments(call).index(argument)) if argument in arguments(call) else None
        )
        if parameter is None or depth > _DEEP or not self._is_only_call(function, call):
            self._escape(argument)
            return
        self._declare(parameter.part("type_annotation"))
        self._pattern(_bare(parameter), settled, depth + 1)

    def _is_only_call(self, function: Node, call: Node) -> bool:
        """Whether a function is called here and nowhere else."""
        name = declared_name(function)
        binding = function.module.binding(name) if name is not None else None
        if binding is None:
            return False
        reached = call.first
        others = [each for each in references_in_reach(binding, self.values) if each is not reached]
        return all(each.parent is not None and each.parent.kind == "export_specifier" for each in others)

    def _demand_unnamed(self, node: Node) -> None:
        """A check of the answer must not name a key that moves. Raises UnprovedError."""
        named = named_in(node, self.operation, self.values)
        if named is not None:
            raise UnprovedError(
                f"line {named.line} looks for `{' '.join(named.text.split())[:40]}` in the answer",
                named,
                f"Look for the key in the answer's `{contract.SETTINGS}`, where the new operation has it.",
            )

    def _member(self, node: Node, settled: bool, depth: int) -> None:
        found = member(node)
        if found is None:
            self._escape(node)
            return
        name = found[1]
        move = self.operation.move(name)
        if move is not None and not settled:
            if is_assigned(node):
                raise UnprovedError(f"`{node.text}` is set in the answer", node)
            self.reads.add(node)
            self.edits += path_of(node, move, self.typed)
            return
        if name == contract.SETTINGS:
            settled = True
        outer = outermost(node).parent
        if outer is not None and outer.kind == "call_expression" and outer.first is outermost(node):
            self._method(outer, name, settled, depth)
            return
        self._value(node, settled, depth)

    def _method(self, call: Node, name: str, settled: bool, depth: int) -> None:
        callbacks = [unwrap(each) for each in arguments(call)]
        if name in _CALLBACKS or any(each.kind in FUNCTIONS for each in callbacks):
            if name in ("catch", "finally"):
                self._value(call, settled, depth + 1)
                return
            for callback in callbacks[:1]:
                self._callback(callback, settled, depth)
            for callback in callbacks[:1]:
                target = self.values.follow(callback)
                if target.kind not in FUNCTIONS:
                    self._value(call, settled, depth + 1)
            return
        if not settled and name.startswith(("has", "propertyIs")):
            self._demand_unnamed(call)
        self._value(call, settled, depth)

    def _callback(self, callback: Node, settled: bool, depth: int) -> None:
        function = self.values.follow(callback)
        if function.kind not in FUNCTIONS:
            self._escape(callback)
            return
        self._pattern(_bare(_parameter(function, 0)), settled, depth)

    def _pattern(self, pattern: Node | None, settled: bool, depth: int) -> None:
        if pattern is None:
            return
        if pattern.kind in ("identifier", "shorthand_property_identifier_pattern"):
            binding = self.values.binding(pattern)
            if binding is not None:
                self._binding(binding, settled, depth)
        elif pattern.kind == "object_pattern":
            self._object_pattern(pattern, settled, depth)
        elif pattern.kind in ("assignment_pattern", "object_assignment_pattern"):
            self._pattern(pattern.first, settled, depth)
        else:
            for child in pattern.parts:
                self._pattern(child, settled, depth)

    def _object_pattern(self, pattern: Node, settled: bool, depth: int) -> None:
        moved: list[Node] = []
        for child in pattern.parts:
            if child.kind == "rest_pattern":
                continue
            key = pattern_key(child)
            if key is None:
                self._escape(child)
                continue
            if not settled and self.operation.move(key):
                moved.append(child)
            elif child.kind == "pair_pattern":
                self._pattern(child.last, settled or key == contract.SETTINGS, depth)
            else:
                self._pattern(child.first or child, settled or key == contract.SETTINGS, depth)
        rest = next((child for child in pattern.parts if child.kind == "rest_pattern"), None)
        if moved and rest is not None:
            raise UnprovedError(f"`{rest.text}` takes what is left of the answer beside keys that move", rest)
        if rest is not None:
            self._escape(rest)
        if moved:
            self.reads.update(moved)
            self.edits += nested_pattern(pattern, moved, self.typed)

    def _binding(self, binding: Binding, settled: bool, depth: int) -> None:
        self.named = self.named or function_of(binding.node) is None
        for reference in references_in_reach(binding, self.values):
            self.modules[reference.module] = None
            if not is_assigned(outermost(reference)):
                self._value(reference, settled, depth + 1)

    def _assigned(self, assignment: Node, settled: bool, depth: int) -> None:
        target = unwrap(assignment.first) if assignment.first else None
        binding = self.values.binding(target) if target is not None and target.kind == "identifier" else None
        if binding is not None:
            self._binding(binding, settled, depth)
        elif target is not None and target.kind == "object_pattern":
            self._pattern(target, settled, depth)
        else:
            self._escape(assignment)

    # ── Out of functions ─────────────────────────────────────────────────────────────────────

    def _returned(self, node: Node, settled: bool, depth: int) -> None:
        function = node.parent if node.parent and node.parent.kind == "arrow_function" else function_of(node)
        if function is None:
            self._escape(node)
            return
        holder = outermost(function).parent
        if holder is not None and holder.kind == "arguments" and holder.parent is not None:
            self._from_callback(holder.parent, settled, depth)
            return
        self._declare(function.part("type_annotation"))
        calls, unseen = calls_of(function, self.values)
        if unseen is not None:
            self._escape(unseen)
        elif not calls and _is_exported(function):
            self._escape(node)
        self.modules[function.module] = None
        for call in calls:
            self.modules[call.module] = None
            self._value(call, settled, depth + 1)

    def _from_callback(self, call: Node, settled: bool, depth: int) -> None:
        """What a callback returns: the value of ``.then(…)``, of a retrying helper, of ``Promise.all``."""
        self._value(call, settled, depth + 1)


def _is_request(node: Node) -> bool:
    return node.kind == "new_expression" and node.first is not None and node.first.text == "Request"


def _is_exported(function: Node) -> bool:
    """Whether a module exports a function under a name, or as its default."""
    name = declared_name(function)
    nodes = [export.node for export in function.module.exports.values() if export.node is not None]
    return any(node is function or (name is not None and node.text == name.text) for node in nodes)


def _only_head(binding: Binding) -> bool:
    """Whether only the status and the headers of what a parameter holds are looked at."""
    for reference in binding.references:
        outer = outermost(reference).parent
        found = member(outer) if outer is not None else None
        if reference is not binding.node and (found is None or found[1] not in _HEAD):
            return False
    return True


def _compares(node: Node) -> bool:
    return any(node.token(each) for each in ("===", "!==", "==", "!=", "instanceof"))


def _ends_here(parent: Node) -> bool:
    """Whether a value goes nowhere from here, or somewhere that its keys don't matter."""
    return parent.kind in (
        "expression_statement",
        "if_statement",
        "unary_expression",
        "template_substitution",
        "binary_expression",
        "ternary_expression",
        "for_statement",
        "while_statement",
        "program",
        "export_specifier",
        "pair_pattern",
    )


def _parameter(function: Node, position: int) -> Node | None:
    """A function's parameter at a position."""
    parameters = function.part("formal_parameters")
    if parameters is None:
        return function.part("identifier") if position == 0 else None
    return parameters.parts[position] if position < len(parameters.parts) else None


def _bare(parameter: Node | None) -> Node | None:
    """The name or pattern of a parameter, without its type."""
    if parameter is not None and parameter.kind in ("required_parameter", "optional_parameter"):
        return parameter.part("identifier", "object_pattern", "array_pattern")
    return parameter


def _chain(call: Node) -> Node:
    """The whole chain that a call begins: ``expect(answer).not.toEqual(…)``."""
    node = call
    while node.parent is not None and node.parent.first is node:
        if node.parent.kind not in ("member_expression", "call_expression"):
            break
        node = node.parent
    return node
