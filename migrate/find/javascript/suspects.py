"""Reads of moved keys that may be of an answer which went out of sight, or that look into one.

An answer that can't be followed stands in the way of its rewrite as soon as something in reach
reads one of these keys: as a member, in a pattern, by a text, or in the markup of a component.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from migrate import contract
from migrate.find.javascript.functions import is_assigned
from migrate.find.javascript.modules import Module
from migrate.find.javascript.scope import Binding
from migrate.find.javascript.tree import Node, unwrap
from migrate.find.javascript.values import Values, arguments, key_of, member, static_text

_MAKERS = ("member_expression", "binary_expression", "ternary_expression")
_ELSEWHERE = (contract.SETTINGS, contract.CRON, "spec")
"""What holds such keys in the new answer, and in the manifests of Kubernetes."""
_PROPERTIES = ("pair", "shorthand_property_identifier", "method_definition")
_PARAMETERS = ("required_parameter", "optional_parameter", "formal_parameters", "assignment_pattern")
_KEYS_OF = ("pair", "pair_pattern", "computed_property_name", "subscript_expression", "literal_type")


def pattern_key(child: Node) -> str | None:
    """The key that one part of an object pattern takes out."""
    if child.kind == "object_assignment_pattern" and child.first is not None:
        return child.first.text
    return key_of(child)


class Suspects:
    """Looks for reads of an operation's moved keys."""

    def __init__(self, operation: contract.Operation, values: Values) -> None:
        self.operation = operation
        self.values = values

    def find(
        self, modules: Iterable[Module], known: Collection[Node], shared: Collection[Binding]
    ) -> Iterator[Node]:
        """Reads in some modules that may be of the answer.

        known: reads that are accounted for; shared: names of bodies, whose reads are too.
        """
        for module in modules:
            for node in module.root.walk():
                if node in known or not self._may_read(node):
                    continue
                base = unwrap(node.first) if node.first is not None else node
                if base.kind != "identifier" or self.values.binding(base) not in shared:
                    yield node

    def _may_read(self, node: Node) -> bool:
        if node.kind in ("member_expression", "subscript_expression"):
            return self._is_member(node)
        if node.kind == "object_pattern":
            return self._is_pattern(node)
        return node.kind == "string" and self._is_key(node)

    def _is_member(self, node: Node) -> bool:
        found = member(node)
        if found is None or self.operation.move(found[1]) is None or is_assigned(node):
            return False
        base = unwrap(found[0])
        inner = member(base)
        if inner is not None and inner[1] in _ELSEWHERE:
            return False
        target = self.values.follow(base)
        if target.kind == "object":
            return any(each.kind == "spread_element" for each in target.parts)
        return target.kind not in ("this", "string") and not self._makes_body(base)

    def _is_pattern(self, node: Node) -> bool:
        parent = node.parent
        moved = [child for child in node.parts if self.operation.move(pattern_key(child) or "")]
        if parent is None or parent.kind == "pair_pattern" or not moved:
            return False
        declared = parent.kind == "variable_declarator" and parent.last
        if declared and self.values.follow(declared).kind == "object":
            return False
        return parent.kind not in _PARAMETERS or not all(map(self._only_makes_body, moved))

    def _only_makes_body(self, child: Node) -> bool:
        """Whether a parameter only becomes a moved key again, in a body that is made of it."""
        names = [each for each in child.walk() if self.values.binding(each) is not None]
        binding = self.values.binding(names[-1]) if names else None
        used = [each for each in binding.references if each not in names] if binding is not None else []
        return bool(used) and all(
            self.operation.move(key_of(each) or "") or self._makes_body(each) for each in used
        )

    def _is_key(self, node: Node) -> bool:
        """Whether a text is a moved key, or a path that ends in one, which something may look up."""
        text = (static_text(node) or "").rpartition(".")[2]
        parent = node.parent
        if self.operation.move(text) is None or parent is None:
            return False
        return parent.kind not in _KEYS_OF or (parent.kind == "pair" and parent.last is node)

    def _makes_body(self, base: Node) -> bool:
        """Whether the base is what a body is made from: ``{ backoffLimit: opts.backoffLimit }``."""
        up = base.parent
        while up is not None and up.kind in _MAKERS:
            up = up.parent
        return up is not None and up.kind == "pair" and self.operation.move(key_of(up) or "") is not None


def named_in(node: Node, operation: contract.Operation, values: Values) -> Node | None:
    """The first place in a check that names a moved key at the top: as a text, or as a key of an object."""
    for each in node.walk():
        found = _named_here(each, operation)
        if found is None and each.kind == "arguments":
            expected = (values.follow(given) for given in each.parts if given.kind == "identifier")
            literals = (literal for literal in expected if literal.kind == "object")
            found = next(
                (prop for literal in literals for prop in literal.parts if _named_here(prop, operation)), None
            )
        if found is not None:
            return found
    return None


def _named_here(node: Node, operation: contract.Operation) -> Node | None:
    if node.kind in _PROPERTIES and operation.move(key_of(node) or ""):
        around = [key_of(each) for each in node.up() if each.kind == "pair"]
        return None if contract.SETTINGS in around or _is_sent(node) else node
    parent = node.parent
    if (
        node.kind == "string"
        and parent is not None
        and parent.kind in ("arguments", "binary_expression", "array")
    ):
        text = static_text(node) or ""
        settled = text.split(".")[-2:-1] == [contract.SETTINGS]
        return node if operation.move(text.rpartition(".")[2]) and not settled else None
    return None


def _is_sent(node: Node) -> bool:
    """Whether an object belongs to the request itself, inside of a check: ``expect(await put({ … }))``."""
    call = next((each for each in node.up() if each.kind == "call_expression"), None)
    names = set(_names_above(call)) if call is not None else set()
    return bool(names & {"data", "body", "json"}) or bool(
        call is not None and call.first is not None and call.first.text == "JSON.stringify"
    )


def _names_above(call: Node) -> Iterator[str]:
    for given in arguments(call):
        yield from (key_of(each) or "" for each in given.parts if given.kind == "object")


def in_markup(module: Module, operation: contract.Operation) -> str:
    """A moved key that a component names outside of its scripts ("" where there is none)."""
    if module.code == module.text:
        return ""
    markup = "".join(
        " " if code == text else text for code, text in zip(module.code, module.text, strict=True)
    )
    found = re.search(rf"\b(?:{'|'.join(operation.moved_keys)})\b", markup)
    return found[0] if found else ""
