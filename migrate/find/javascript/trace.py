"""From an expression to the bodies it stands for, through names, functions, callers and files."""

from __future__ import annotations

from migrate.find.javascript.functions import (
    annotations_around,
    bound_arguments,
    conditions_around,
    declared_name,
    list_of,
    method_calls,
    references_in_reach,
    returned,
)
from migrate.find.javascript.json_bodies import json_file, json_literal, read_file, short
from migrate.find.javascript.payload import (
    Body,
    Condition,
    Reader,
    Tracer,
    UnprovedError,
    choices,
)
from migrate.find.javascript.scope import Binding
from migrate.find.javascript.statements import Claims, Statements
from migrate.find.javascript.tree import FUNCTIONS, Node, unwrap
from migrate.find.javascript.values import (
    Environment,
    Values,
    arguments,
    function_of,
    key_of,
    member,
    property_of,
    value_of,
)

_DEEP = 16
_COPIES = frozenset(
    (
        "JSON.parse",
        "JSON.stringify",
        "structuredClone",
        "Object.freeze",
        "cloneDeep",
        "_.cloneDeep",
        "Promise.resolve",
        "Buffer.from",
    )
)
_READS = frozenset(("fs.readFileSync", "readFileSync", "fs.readFile", "readFile", "fs.promises.readFile"))


class Tracing(Tracer):
    """Traces the bodies of one site. until: the site's node, before which statements count."""

    def __init__(self, values: Values, until: Node) -> None:
        self.values = values
        self.until = until
        self.claims = Claims()
        self.reader = Reader(values, self)
        self.statements = Statements(self.reader, self.claims, until)
        self._depth = 0

    def __call__(self, node: Node, env: Environment) -> list[Body]:
        """The bodies of an expression. Raises UnprovedError."""
        self._depth += 1
        try:
            if self._depth > _DEEP:
                raise UnprovedError("the body is passed on through too many names", node)
            found = list(choices(unwrap(node)))
            bodies = [each for each in found if each[1].text not in ("undefined", "null")] or found
            made = [body for conditions, each in bodies for body in self._one(each, env, conditions)]
            for body in made:
                body.annotations += annotations_around(unwrap(node))
            return made
        finally:
            self._depth -= 1

    def _one(self, node: Node, env: Environment, conditions: tuple[Condition, ...]) -> list[Body]:
        bodies = self._bodies(unwrap(node), env)
        for condition in reversed(conditions):
            bodies = [body.also(condition) for body in bodies]
        return bodies

    def _bodies(self, node: Node, env: Environment) -> list[Body]:
        if node.kind == "object":
            return [Body(self.reader.literal(node, env))]
        if node.kind in ("identifier", "shorthand_property_identifier"):
            return self._name(node, env)
        if node.kind in ("member_expression", "subscript_expression"):
            return self._member(node, env)
        if node.kind == "await_expression" and node.first is not None:
            return self(node.first, env)
        if node.kind == "call_expression":
            return self._call(node, env)
        if node.kind in ("string", "template_string"):
            return [json_literal(node)]
        raise UnprovedError(f"the body is `{short(node)}`, whose keys are not known", node)

    # ── Names ────────────────────────────────────────────────────────────────────────────────

    def _name(self, node: Node, env: Environment) -> list[Body]:
        binding = self.values.binding(node)
        if binding is None:
            raise UnprovedError(f"the body is `{node.text}`, which is declared nowhere in reach", node)
        self._claim(node, binding)
        return self._binding(binding, node, env)

    def _claim(self, node: Node, binding: Binding) -> None:
        self.claims.used.add(node)
        self.claims.shared[binding] = None

    def _binding(self, binding: Binding, node: Node, env: Environment) -> list[Body]:
        if binding in env:
            return self(env[binding], {})
        if binding.imported is not None:
            return self._imported(binding, node, env)
        if binding.kind == "param":
            return self._parameter(binding, node)
        if binding.kind == "loop" and binding.value is not None and not binding.path:
            return self._elements(binding.value, node, env)
        if binding.value is None or binding.kind in ("loop", "catch", "class", "function"):
            raise UnprovedError(f"what `{binding.name}` holds is not known", node)
        if binding.writes:
            raise UnprovedError(f"`{binding.name}` is assigned more than once", binding.writes[0])
        if binding.path:
            return self._in_path(binding, binding.value, env)
        bodies = self(binding.value, env)
        for body in bodies:
            body.statements += self.statements.of(binding, env)
            if binding.annotation is not None:
                body.annotations.append(binding.annotation)
            body.subject = body.subject or binding
        return bodies

    def _in_path(self, binding: Binding, value: Node, env: Environment) -> list[Body]:
        found: Node | None = value
        for name in binding.path:
            found = self._property(found, name, env) if found is not None else None
        if found is None:
            raise UnprovedError(f"what `{binding.name}` holds is not known", binding.node)
        return self(found, env)

    def _imported(self, binding: Binding, node: Node, env: Environment) -> list[Body]:
        assert binding.imported is not None  # noqa: S101 (asked by the caller)
        specifier, name = binding.imported
        workspace = self.values.workspace
        path = workspace.resolve(node.module, specifier)
        if path is not None and path.endswith(".json"):
            self.claims.files[path] = _import_of(binding)
            return [json_file(path, node, self.values)]
        found = workspace.exported(node.module, specifier, name)
        if found is None:
            raise UnprovedError(f"`{binding.name}` comes from `{specifier}`, which is not in reach", node)
        other = found.module.binding(found)
        if other is not None:
            self.claims.shared[other] = None
            if found is not other.node:
                self.claims.used.add(found)
            return self._binding(other, found, env)
        self.claims.targets[unwrap(found)] = None
        return self(found, env)

    def _parameter(self, binding: Binding, node: Node) -> list[Body]:
        function = binding.function
        listed = list_of(function) if function is not None and binding.position == 0 else None
        if listed is not None and not binding.path:
            return self._elements(listed, node, {})
        calls = self.callers(function) if function is not None else None
        if not calls or binding.position < 0 or function is None:
            raise UnprovedError(
                f"`{binding.name}` comes from the callers, which are not all known",
                node,
                f"Move the keys where the callers of this function make `{binding.name}`.",
            )
        bodies: list[Body] = []
        for call in calls:
            given = arguments(call)
            if binding.position < len(given) and given[binding.position].kind != "spread_element":
                bodies += self._argument(binding, given[binding.position])
            elif binding.default is not None:
                bodies += self(binding.default, {})
            else:
                raise UnprovedError(f"a call leaves `{binding.name}` out", call)
        for body in bodies:
            body.statements += self.statements.of(binding, {})
            if binding.annotation is not None:
                body.annotations.append(binding.annotation)
        return bodies

    def _elements(self, listed: Node, node: Node, env: Environment) -> list[Body]:
        """The bodies in a list that is gone through."""
        literal = self.values.follow(listed, env)
        if literal.kind != "array" or not literal.parts:
            raise UnprovedError(
                f"`{node.text}` comes from `{short(listed)}`, whose elements are not known", node
            )
        name = unwrap(listed)
        binding = self.values.binding(name) if name.kind == "identifier" else None
        if binding is not None:
            self._claim(name, binding)
        else:
            self.claims.used.add(name)
            self.claims.targets[literal] = None
        if any(each.kind == "spread_element" for each in literal.parts):
            raise UnprovedError(f"`{short(listed)}` holds elements that are not known", literal)
        return [body for each in literal.parts for body in self(each, env)]

    def _argument(self, binding: Binding, argument: Node) -> list[Body]:
        found: Node | None = argument
        for name in binding.path:
            found = self._property(found, name, {}) if found is not None else None
        if found is None and binding.default is not None and self._lacks(argument, binding.path):
            found = binding.default
        if found is None:
            raise UnprovedError(f"`{short(argument)}` is passed for `{binding.name}`", argument)
        return self(found, {})

    def _lacks(self, argument: Node, path: tuple[str, ...]) -> bool:
        """Whether an argument is an object that evidently has not the one key."""
        literal = self.values.follow(argument)
        return len(path) == 1 and literal.kind == "object" and all(key_of(each) for each in literal.parts)

    def callers(self, function: Node) -> list[Node] | None:
        """All calls of a function in reach; None where some may be out of reach."""
        name = declared_name(function)
        if function.kind == "method_definition" or name is None:
            return self._method_callers(function)
        binding = function.module.binding(name)
        if binding is None:
            return None
        calls: list[Node] = []
        for reference in references_in_reach(binding, self.values):
            call = reference.parent
            if reference.parent is not None and reference.parent.kind == "export_specifier":
                continue
            if call is None or call.kind != "call_expression" or call.first is not reference:
                return None
            calls.append(call)
            self.claims.used.add(reference)
        return calls

    def _method_callers(self, function: Node) -> list[Node] | None:
        calls, complete = method_calls(function, self.values)
        self.claims.used.update(call.first for call in calls if call.first is not None)
        return calls if complete else None

    # ── Members ──────────────────────────────────────────────────────────────────────────────

    def _member(self, node: Node, env: Environment) -> list[Body]:
        found = member(node)
        target = self._property(found[0], found[1], env) if found else None
        if target is None:
            raise UnprovedError(f"the body is `{short(node)}`, whose keys are not known", node)
        self.claims.used.add(node)
        self.claims.targets[unwrap(target)] = None
        return self(target, env)

    def _property(self, node: Node, name: str, env: Environment) -> Node | None:
        """The value of a property, with the names on the way claimed."""
        node = unwrap(node)
        if node.kind in ("identifier", "shorthand_property_identifier"):
            binding = self.values.binding(node)
            if binding is None:
                return None
            self._claim(node, binding)
            if binding in env:
                return self._property(env[binding], name, {})
            if binding.imported is None and (binding.value is None or not binding.constant or binding.path):
                return None
        found = member(node)
        if found is not None and unwrap(found[0]).kind != "this":
            inner = self._property(found[0], found[1], env)
            return self._property(inner, name, env) if inner is not None else None
        base = self.values.follow(node, env)
        if base.kind == "object":
            prop = property_of(base, name)
            return value_of(prop) if prop is not None else None
        return self.values.get(node, name, env)

    def option(self, options: Node, name: str, env: Environment) -> Node | None:
        """The value of an option in an options object, with the names on the way claimed.

        Raises UnprovedError where the options, or whether they hold it, are not known.
        """
        literal = self.values.follow(options, env)
        if literal.kind != "object":
            raise UnprovedError(f"the options are `{short(options)}`, which is not known", options)
        self._property(options, name, env)
        prop = property_of(literal, name)
        if prop is None and any(
            each.kind == "spread_element" or key_of(each) is None for each in literal.parts
        ):
            raise UnprovedError(f"whether the options hold `{name}` is not known", options)
        return value_of(prop) if prop is not None else None

    # ── Calls ────────────────────────────────────────────────────────────────────────────────

    def _call(self, node: Node, env: Environment) -> list[Body]:
        name = node.first.text if node.first else ""
        given = arguments(node)
        if name in _COPIES and given:
            if name.startswith("JSON.") and len(given) > 1 and given[1].kind not in ("null", "undefined"):
                raise UnprovedError(f"`{short(given[1])}` changes what `{name}` makes of the body", given[1])
            return self(given[0], env)
        if name in (*_READS, "require") and given:
            body = read_file(node, given[0], name, self.values)
            if body.text is not None:
                self.claims.files[body.text.path] = node
            return [body]
        if name == "Object.assign" and given:
            return self._assign(given, env)
        function = self.values.follow(node.first, env) if node.first else None
        if function is None or function.kind not in FUNCTIONS:
            raise UnprovedError(f"the body comes from `{short(node)}`, which is not in reach", node)
        self._claim_function(node, function)
        inner = bound_arguments(function, node)
        bodies = [body for each in returned(function) for body in self._returned(each, inner)]
        if not bodies:
            raise UnprovedError(f"`{name}` returns nothing that is known", node)
        result = function.part("type_annotation")
        for body in bodies:
            if result is not None:
                body.annotations.append(result)
        return bodies

    def _returned(self, node: Node, env: Environment) -> list[Body]:
        conditions = conditions_around(node, function_of(node))
        bodies = self(node, env)
        for condition in reversed(conditions or ()):
            bodies = [body.also(condition) for body in bodies]
        return bodies

    def _claim_function(self, call: Node, function: Node) -> None:
        name = declared_name(function)
        binding = function.module.binding(name) if name is not None else None
        if binding is None:
            self.claims.targets[function] = None
            if call.first is not None:
                self.claims.used.add(call.first)
        elif call.first is not None:
            used = self.values.binding(call.first)
            if used is not None:
                self._claim(call.first, used)
            self.claims.shared[binding] = None

    def _assign(self, given: list[Node], env: Environment) -> list[Body]:
        first = unwrap(given[0])
        if first.kind != "object" or first.parts:
            raise UnprovedError("the body is merged by `Object.assign`", given[0])
        if len(given) == 2:
            return self(given[1], env)
        raise UnprovedError("the body is merged from several objects by `Object.assign`", given[0])


def _import_of(binding: Binding) -> Node:
    """The statement that an imported name stands in."""
    return next((each for each in binding.node.up() if each.kind.endswith("_statement")), binding.node)
