"""Test doubles of the endpoint: nock, msw, fetch-mock, undici's MockAgent, axios-mock-adapter.

A double names the path and often an answer. Both change with the code under test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate import contract
from migrate.find.javascript.http import HttpCalls, Sent
from migrate.find.javascript.layout import SpanEdit
from migrate.find.javascript.moves import Mover
from migrate.find.javascript.payload import UnprovedError
from migrate.find.javascript.requests import Request
from migrate.find.javascript.trace import Tracing
from migrate.find.javascript.tree import Node, outermost, unwrap
from migrate.find.javascript.values import Values, arguments, key_of, member, static_text, value_of

_LIBRARIES = re.compile(
    r"^(?:nock|msw|fetch-mock(?:-jest)?|fetch-mock-jest|axios-mock-adapter|jest-fetch-mock|vitest-fetch-mock"
    r"|@mswjs/.*|@pollyjs/.*|supertest-mock)$"
)
_VERBS = {f"on{method.capitalize()}": method for method in contract.METHODS.values()}
_DEEP = 10


class Doubles:
    """Finds the test doubles of one module."""

    def __init__(self, http: HttpCalls, values: Values) -> None:
        self.http = http
        self.values = values

    def find(self, call: Node) -> Iterator[Request]:
        """The double that a call sets up, if it is one of an old path or a successor's."""
        base = self._library_base(call)
        if base is None:
            return
        sent = self.http.described(call)
        if sent is None:
            return
        request = self.http.request(Sent(call, sent.method, sent.text, None, {}, "", base.base or sent.base))
        if request is None:
            return
        request.kind = "test-double"
        request.sends = False
        if request.old is not None and request.problem is None:
            try:
                request.renames = [*request.renames, *self._bodies(call, request.old)]
            except UnprovedError as error:
                request.problem = error
        yield request

    def _library_base(self, call: Node) -> Sent | None:
        """A stand-in with the base URL of a double's scope; None where a call is no double."""
        found = member(call.first) if call.first else None
        if found is None:
            return None
        if found[1] in _VERBS:
            return Sent(call, "", self.http.strings.text_of(call), None, {})
        root = self._root(found[0], 0)
        name = _package_of(root, self.values)
        if not _LIBRARIES.match(name) and not (found[1] == "intercept" and self._is_agent(found[0])):
            return None
        base = None
        target = root
        if target.kind == "call_expression" and arguments(target):
            text = self.http.strings.text_of(arguments(target)[0])
            base = text if "://" in text.value else None
        return Sent(call, "", self.http.strings.text_of(call), None, {}, "", base)

    def _is_agent(self, node: Node) -> bool:
        return "MockAgent" in node.module.text

    def _root(self, node: Node, depth: int) -> Node:
        """The first call or name of a chain of calls: ``nock(base)`` of ``nock(base).put(…).reply(…)``."""
        node = unwrap(node)
        if depth > _DEEP:
            return node
        if node.kind == "call_expression" and node.first is not None:
            inner = member(unwrap(node.first))
            return self._root(inner[0], depth + 1) if inner is not None else node
        if node.kind == "identifier":
            target = self.values.follow(node)
            return self._root(target, depth + 1) if target.kind == "call_expression" else node
        return node

    def _bodies(self, call: Node, old: contract.Operation) -> list[SpanEdit]:
        """Edits of what the double expects and answers. Raises UnprovedError."""
        whole = outermost(call)
        while whole.parent is not None and whole.parent.kind in ("member_expression", "call_expression"):
            if whole.parent.first is not whole:
                break
            whole = outermost(whole.parent)
        found: list[SpanEdit] = []
        taken: list[Node] = []
        for literal in self._literals(call, whole):
            tracing = Tracing(self.values, call)
            for body in tracing(literal, {}):
                if body.literal is not None and body.literal.node.inside(whole):
                    taken.append(body.literal.node)
                    found += Mover(old, self.values).literal(body.literal)
                elif body.literal is not None and any(
                    old.move(each.key or "") for each in body.literal.elements
                ):
                    raise UnprovedError("what the double answers is made elsewhere", literal)
        for node in whole.walk():
            if node.kind in ("member_expression", "shorthand_property_identifier_pattern"):
                name = node.last.text if node.kind == "member_expression" and node.last else node.text
                if old.move(name):
                    raise UnprovedError(f"the double looks at `{' '.join(node.text.split())[:40]}`", node)
            if node.kind in ("string", "template_string") and any(
                f'"{key}"' in node.text for key in old.moved_keys
            ):
                raise UnprovedError("the double holds JSON as text", node)
        return list(dict.fromkeys(found))

    def _literals(self, call: Node, whole: Node) -> Iterator[Node]:
        """The bodies in a double: what it expects (an object after the path), and ``data`` of its answers."""
        for given in arguments(call)[1:]:
            target = unwrap(given)
            keys = {key_of(each) for each in target.parts} if target.kind == "object" else set()
            if keys & set(contract.MOVED_KEYS):
                yield target
        for node in whole.walk():
            if node.kind == "pair" and key_of(node) == contract.RESPONSE_ENVELOPE:
                value = value_of(node)
                if value is not None and unwrap(value).kind in ("object", "identifier"):
                    yield value


def _package_of(node: Node, values: Values) -> str:
    """The package that a chain's root was imported or required from ("" where unknown)."""
    name = node.first if node.kind == "call_expression" else node
    if name is None or name.kind != "identifier":
        return ""
    binding = values.binding(name)
    if binding is None:
        return "nock" if name.text == "nock" else ""
    if binding.imported is not None:
        return binding.imported[0]
    value = unwrap(binding.value) if binding.value is not None else None
    if value is not None and value.kind == "call_expression" and value.first is not None:
        given = arguments(value)
        if value.first.text == "require" and given:
            return static_text(unwrap(given[0])) or ""
    if value is not None and value.kind == "new_expression" and value.first is not None:
        return _package_of(value.first, values)
    return ""


def mocked_client(module_root: Node) -> Iterator[tuple[Node, contract.Operation]]:
    """Objects that stand in for the client: ``{ put: { job: { manual: … } } }``, with the inner property."""
    for node in module_root.walk():
        key = (
            key_of(node)
            if node.kind in ("pair", "method_definition", "shorthand_property_identifier")
            else None
        )
        if key not in contract.JOB_TYPES:
            continue
        around = [key_of(each) for each in node.up() if each.kind == "pair"]
        operation = contract.operation(around[1] or "", key or "") if len(around) > 1 else None
        if around[:1] == ["job"] and operation is not None:
            yield node, operation
