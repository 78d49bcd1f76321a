"""Calls through the API client: ``api.put.job.manual(…)`` in all its spellings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from migrate import contract, evidence
from migrate.evidence import Evidence
from migrate.find.javascript.functions import returned
from migrate.find.javascript.layout import SpanEdit, edit, replace
from migrate.find.javascript.payload import UnprovedError
from migrate.find.javascript.requests import Request, rename_member
from migrate.find.javascript.scope import Binding
from migrate.find.javascript.tree import FUNCTIONS, Node, unwrap
from migrate.find.javascript.values import Environment, Values, arguments, key_of, member, static_text

_RESOURCE = "job"
_DEEP = 12
_ENDPOINTS = {
    f"{each.verb.capitalize()}Job{each.job_type.capitalize()}Endpoint": each for each in contract.OPERATIONS
}
_NEW_ENDPOINTS = {contract.rename_type(name): old.verb for name, old in _ENDPOINTS.items()}


@dataclass
class Chain:
    """``root.a.b.c`` with names followed through aliases.

    last: the node or the binding that writes the last name; through: aliases used on the way, with
    how many names were known at each.
    """

    root: Node
    names: tuple[str, ...] = ()
    last: Node | Binding | None = None
    through: list[Node] = field(default_factory=list)


class ClientCalls:
    """Finds the requests that one module sends through the client."""

    def __init__(self, values: Values) -> None:
        self.values = values

    def chain(self, node: Node, depth: int = 0) -> Chain:
        """The chain of names of an expression."""
        node = unwrap(node)
        found = member(node)
        if depth > _DEEP:
            return Chain(node)
        if found is not None:
            kept = self._kept(node, depth)
            if kept is not None:
                return kept
            base = self.chain(found[0], depth + 1)
            return Chain(base.root, (*base.names, found[1]), node, base.through)
        if node.kind == "await_expression" and node.first is not None:
            return self.chain(node.first, depth + 1)
        if node.kind == "call_expression" and node.first is not None:
            bound = member(unwrap(node.first))
            if bound is not None and bound[1] == "bind":
                return self.chain(bound[0], depth + 1)
            return self._made(node.first, depth) or Chain(node)
        if node.kind in ("identifier", "shorthand_property_identifier_pattern"):
            return self._alias(node, depth)
        return Chain(node)

    def _kept(self, node: Node, depth: int) -> Chain | None:
        """The chain that a field, a getter or a property holds: ``this.jobs`` for ``this.api.put.job``."""
        target = self.values.follow(node)
        if target is node:
            return None
        if target.kind == "method_definition" and target.token("get"):
            return self._made(node, depth)
        if target.kind not in ("member_expression", "subscript_expression"):
            return None
        base = self.chain(target, depth + 1)
        return Chain(base.root, base.names, None, base.through) if _is_jobs(base.names) else None

    def _made(self, function: Node, depth: int) -> Chain | None:
        """The chain that a getter or a function without further ado returns."""
        target = self.values.follow(function)
        found = list(returned(target)) if target.kind in FUNCTIONS else []
        if len(found) != 1 or depth > _DEEP:
            return None
        base = self.chain(found[0], depth + 1)
        return Chain(base.root, base.names, None, base.through) if _is_jobs(base.names) else None

    def _alias(self, node: Node, depth: int) -> Chain:
        binding = self.values.binding(node)
        if binding is not None and binding.imported is not None:
            return self._imported(node, binding.imported, depth)
        if binding is None or binding.value is None or not binding.constant or "..." in binding.path:
            return Chain(node)
        if binding.kind not in ("const", "let", "var"):
            return Chain(node)
        base = self.chain(binding.value, depth + 1)
        if not base.names and not binding.path:
            return Chain(node)
        last = binding if binding.path else base.last
        return Chain(base.root, (*base.names, *binding.path), last, [*base.through, node])

    def _imported(self, node: Node, imported: tuple[str, str], depth: int) -> Chain:
        """The chain that another module exports under a name."""
        target = self.values.workspace.exported(node.module, *imported)
        if target is None or target.kind == "program" or depth > _DEEP:
            return Chain(node)
        base = self.chain(target, depth + 1)
        if not _is_jobs(base.names):
            return Chain(node)
        return Chain(base.root, base.names, base.last, [*base.through, node])

    def find(self, call: Node, env: Environment) -> Iterator[Request]:
        """Requests of one call expression: the call itself, or a method that is handed to it."""
        if call.first is None:
            return
        endpoint = self._endpoint(call, env)
        if endpoint is not None:
            yield endpoint
            return
        chain = self.chain(call.first)
        given = arguments(call)
        names, options = chain.names, given[:1]
        if names[-1:] == ("call",):
            names, options = names[:-1], given[:1] if "endpoints" in names else given[1:2]
            chain = self._without_last(call, chain)
        elif names[-1:] == ("apply",):
            listed = unwrap(given[1]) if len(given) > 1 else None
            names, options = names[:-1], listed.parts[:1] if listed and listed.kind == "array" else []
            chain = self._without_last(call, chain)
        request = self._request(call, chain, names, options, env)
        if request is not None:
            yield request
            return
        for argument in given:
            if unwrap(argument).kind in ("member_expression", "subscript_expression", "identifier"):
                yield from self._handed_on(call, argument, given, env)

    def _endpoint(self, call: Node, env: Environment) -> Request | None:
        """A request through an endpoint's class: ``new PutJobManualEndpoint(context).call(…)``."""
        found = member(call.first) if call.first is not None else None
        made = self.values.follow(found[0]) if found is not None and found[1] == "call" else None
        constructor = made.first if made is not None and made.kind == "new_expression" else None
        binding = self.values.binding(constructor) if constructor is not None else None
        if binding is None or binding.imported is None or not self._is_client(binding):
            return None
        name = binding.imported[1]
        old = _ENDPOINTS.get(name)
        verb = old.verb if old is not None else _NEW_ENDPOINTS.get(name)
        if verb is None or constructor is None:
            return None
        path = old.name if old is not None else f"{verb}.{_RESOURCE}"
        request = Request(call, "client-call", contract.METHODS[verb], path, old, env=env, client=True)
        request.body = next(iter(arguments(call)), None)
        request.option = "data"
        request.evidence = Evidence((f"{name} comes from {contract.JS_CLIENT_PACKAGE}",), strong=True)
        request.names = [constructor]
        return request

    def _is_client(self, binding: Binding) -> bool:
        specifier = binding.imported[0] if binding.imported is not None else ""
        return self.values.workspace.is_client(binding.node.module, specifier)

    def _without_last(self, call: Node, chain: Chain) -> Chain:
        inner = member(unwrap(call.first)) if call.first else None
        return self.chain(inner[0]) if inner else chain

    def _handed_on(
        self, call: Node, argument: Node, given: list[Node], env: Environment
    ) -> Iterator[Request]:
        chain = self.chain(argument)
        if not _matches(chain.names):
            return
        others = [each for each in given if each is not argument and self._is_options(each, env)]
        request = self._request(argument, chain, chain.names, others[:1], env)
        if request is None:
            return
        request.call = call
        if others:
            yield request
        elif request.old is not None:
            request.problem = UnprovedError(
                "the method is handed on without a request that can be seen", call
            )
            yield request

    def _is_options(self, node: Node, env: Environment) -> bool:
        target = self.values.follow(node, env)
        keys = {key_of(each) for each in target.parts} if target.kind == "object" else set()
        return bool(keys & {"data", "parameters"})

    def _request(
        self, node: Node, chain: Chain, names: tuple[str, ...], options: list[Node], env: Environment
    ) -> Request | None:
        matched = _matches(names)
        if matched is None:
            return None
        verb, job_type = matched
        old = contract.operation(verb, job_type) if job_type else None
        path = old.name if old else f"{verb}.{_RESOURCE}"
        request = Request(node, "client-call", contract.METHODS[verb], path, old, env=env, client=True)
        request.body = options[0] if options else None
        request.option = "data"
        request.evidence = self.evidence(chain, names)
        request.names = chain.through
        if old is not None:
            try:
                request.renames = self._renames(chain)
            except UnprovedError as error:
                request.problem = error
        return request

    def _renames(self, chain: Chain) -> list[SpanEdit]:
        if isinstance(chain.last, Node):
            return rename_member(chain.last)
        if chain.last is None:
            raise UnprovedError("the method's name is not written out")
        return _rename_pattern(chain.last)

    def evidence(self, chain: Chain, names: tuple[str, ...]) -> Evidence:
        """Whether the receiver is the API client."""
        pro = Evidence((f"the call has the client's shape, {'.'.join(names[-3:])}",))
        module = chain.root.module
        package = self.package(chain.root)
        if package == contract.JS_CLIENT_PACKAGE:
            return evidence.combine(
                pro, Evidence((f"the receiver comes from {contract.JS_CLIENT_PACKAGE}",), strong=True)
            )
        if package:
            words = evidence.of_words(package, "the receiver's package")
            return (
                evidence.combine(words)
                if words.strong
                else Evidence((), (f"the receiver comes from {package}",))
            )
        return evidence.combine(pro, evidence.of_file(module.words))

    def replaced(self, call: Node) -> contract.Operation | None:
        """The operation that a call puts something else in the place of: ``spyOn(api.put.job, "manual")``."""
        given = arguments(call)
        key = static_text(unwrap(given[1])) if len(given) > 1 else None
        names = self.chain(given[0]).names if key in contract.JOB_TYPES else ()
        if len(names) < 2 or names[-1] != _RESOURCE:
            return None
        return contract.operation(names[-2], key or "")

    def verb_unknown(self, node: Node) -> str:
        """The job type of a method whose verb is not known: of ``api[verb].job.manual``; else ""."""
        chain = self.chain(node)
        known = len(chain.names) == 2 and chain.names[0] == _RESOURCE and chain.names[1] in contract.JOB_TYPES
        picked = chain.root.kind in ("subscript_expression", "ternary_expression")
        return chain.names[1] if known and picked else ""

    def package(self, root: Node) -> str:
        """The package that a receiver comes from ("" where that is not known)."""
        return self._package_of(root, 0)

    def _package_of(self, node: Node, depth: int) -> str:
        node = unwrap(node)
        if depth > _DEEP:
            return ""
        if node.kind in ("new_expression", "await_expression") and node.first is not None:
            return self._package_of(node.first, depth + 1)
        found = member(node)
        if found is not None:
            target = self.values.follow(node)
            return self._package_of(found[0] if target is node else target, depth + 1)
        if node.kind == "call_expression" and node.first is not None:
            if node.first.text == "require" and arguments(node):
                return self._outside(node, arguments(node)[0].text[1:-1])
            return self._package_of(node.first, depth + 1)
        if node.kind not in ("identifier", "type_identifier"):
            return ""
        return self._package_of_name(node, depth)

    def _outside(self, node: Node, specifier: str) -> str:
        """A package's name, without a version and a way to get it; "" for a module of one's own."""
        if self.values.workspace.is_own(node.module, specifier):
            return ""
        return (
            contract.JS_CLIENT_PACKAGE
            if self.values.workspace.is_client(node.module, specifier)
            else specifier
        )

    def _package_of_name(self, node: Node, depth: int) -> str:
        binding = self.values.binding(node)
        if binding is None:
            return ""
        if binding.imported is not None:
            outside = self._outside(node, binding.imported[0])
            if outside:
                return outside
            target = self.values.workspace.exported(node.module, *binding.imported)
            return self._package_of(target, depth + 1) if target and target.kind != "program" else ""
        annotation = binding.annotation.first if binding.annotation else None
        if annotation is not None and not binding.path:
            named = next((each for each in annotation.walk() if each.kind == "type_identifier"), annotation)
            found = self._package_of(named, depth + 1)
            if found:
                return found
        return (
            self._package_of(binding.value, depth + 1)
            if binding.value is not None and binding.kind != "type"
            else ""
        )


def _is_jobs(names: tuple[str, ...]) -> bool:
    """Whether names lead into the client's verbs, so that an alias of them matters."""
    return any(name in contract.METHODS for name in names[-3:])


def _matches(names: tuple[str, ...]) -> tuple[str, str] | None:
    """Verb and job type ("" for a successor) of a chain of names."""
    if len(names) >= 3 and names[-2] == _RESOURCE and contract.operation(names[-3], names[-1]):
        return names[-3], names[-1]
    if len(names) >= 2 and names[-1] == _RESOURCE and names[-2] in contract.METHODS:
        return names[-2], ""
    return None


def _rename_pattern(binding: Binding) -> list[SpanEdit]:
    """Edits for ``const { manual } = api.put.job`` and deeper patterns."""
    name, value = binding.node, binding.value
    entry = name
    while entry.parent is not None and entry.parent.kind in ("pair_pattern", "assignment_pattern"):
        entry = entry.parent
    pattern = entry.parent
    if pattern is None or pattern.kind != "object_pattern" or entry.kind == "assignment_pattern":
        raise UnprovedError("the method is taken out of a pattern", name)
    others = [each for each in pattern.parts if key_of(each) not in contract.JOB_TYPES]
    if others:
        raise UnprovedError("the method is taken out of a pattern with other names", pattern)
    if len(binding.path) > 1:
        if len(pattern.parts) != 1 or pattern.parent is None or pattern.parent.kind != "pair_pattern":
            raise UnprovedError("the method is taken out of a pattern with other names", pattern)
        return [replace(pattern, name.text)]
    inner = unwrap(value) if value is not None else None
    found = member(inner) if inner is not None else None
    if inner is None or found is None or found[1] != _RESOURCE:
        raise UnprovedError("the method is taken out of a pattern", name)
    text = f"{_RESOURCE}: {name.text}"
    return [edit(entry, entry.start, entry.end, text), *rename_member(inner)]
