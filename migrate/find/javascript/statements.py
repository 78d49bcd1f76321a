"""Statements that change a body after it was made: assignments and ``Object.assign``."""

from __future__ import annotations

from dataclasses import dataclass, field

from migrate import contract
from migrate.find.javascript.functions import conditions_around, is_assigned
from migrate.find.javascript.json_bodies import short
from migrate.find.javascript.payload import Condition, Reader, Statement, UnprovedError
from migrate.find.javascript.scope import Binding
from migrate.find.javascript.tree import Node, outermost, unwrap
from migrate.find.javascript.values import Environment, arguments, function_of, member

_RELEVANT = frozenset((*contract.MOVED_KEYS, contract.SETTINGS))


@dataclass
class Claims:
    """What one site relies on.

    used: names through which its body was reached; shared: the bindings that they belong to;
    targets: literals and functions that were reached otherwise, through members and exports;
    files: the places where a body is read from a file, by its path.
    Every other reference to these must be accounted for before their values are edited.
    """

    used: set[Node] = field(default_factory=set)
    shared: dict[Binding, None] = field(default_factory=dict)
    targets: dict[Node, None] = field(default_factory=dict)
    files: dict[str, Node] = field(default_factory=dict)


class Statements:
    """Finds the statements for one site. until: the site's node, before which statements count."""

    def __init__(self, reader: Reader, claims: Claims, until: Node) -> None:
        self.reader = reader
        self.claims = claims
        self.until = until

    def of(self, binding: Binding, env: Environment) -> list[Statement]:
        """The statements that change what a name holds, in their order. Raises UnprovedError."""
        found = []
        for reference in binding.references:
            statement = self._statement(binding, reference, env)
            if statement is not None:
                found.append(statement)
        return sorted(found, key=lambda each: each.node.start)

    def _statement(self, binding: Binding, reference: Node, env: Environment) -> Statement | None:
        target, names = reference, list[str]()
        while target.parent is not None and target.parent.first is target:
            up = outermost(target)
            found = member(up.parent) if up.parent is not None and up.parent.first is up else None
            if up.parent is not None and found is None and up.parent.kind == "subscript_expression":
                if is_assigned(up.parent):
                    raise UnprovedError(f"a computed key of `{binding.name}` is set", up.parent)
                return None
            if found is None or up.parent is None:
                break
            names.append(found[1])
            target = up.parent
        if names and is_assigned(target):
            return self._assignment(reference, target, names, binding)
        call = reference.parent.parent if reference.parent else None
        if (
            reference.parent is not None
            and reference.parent.kind == "arguments"
            and call is not None
            and call.first is not None
            and call.first.text == "Object.assign"
            and arguments(call)[0] is reference
        ):
            return self._merging(binding, reference, call, env)
        return None

    def _assignment(
        self, reference: Node, target: Node, names: list[str], binding: Binding
    ) -> Statement | None:
        relevant = names[0] in _RELEVANT
        if not relevant:
            names = names[:1] if len(names) == 1 else []
        parent = target.parent
        if not names or parent is None:
            return None
        conditions = self._conditions(parent, binding, relevant)
        self.claims.used.add(reference)
        if parent.kind != "assignment_expression" or parent.last is None:
            if relevant:
                raise UnprovedError(f"`{short(parent)}` changes the body", parent)
            return None
        return Statement(parent, reference, conditions, target, names[-1], parent.last, tuple(names[:-1]))

    def _merging(self, binding: Binding, reference: Node, call: Node, env: Environment) -> Statement:
        given = arguments(call)
        if len(given) != 2 or unwrap(given[1]).kind != "object":
            raise UnprovedError(f"`{short(call)}` merges something unknown into the body", call)
        conditions = self._conditions(call, binding, relevant=True)
        self.claims.used.add(reference)
        merged = self.reader.literal(unwrap(given[1]), env)
        return Statement(call, reference, conditions, merged=merged)

    def _conditions(self, node: Node, binding: Binding, relevant: bool) -> tuple[Condition, ...]:
        """Conditions of a statement. Raises UnprovedError where its order can't be told."""
        home = function_of(binding.node)
        found = conditions_around(node, home, binding.node)
        late = self.until.module is node.module and node.start > self.until.start
        if relevant and (found is None or (late and function_of(self.until) is home)):
            raise UnprovedError(f"when `{short(node)}` runs is not known", node)
        return found or ()
