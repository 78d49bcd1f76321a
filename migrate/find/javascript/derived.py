"""Types that name an old operation without an import of its own.

``typeof api.put.job.manual``, ``ApiClient["put"]["job"]["manual"]``, ``NF.PutJobManualData``,
``import("@northflank/js-client").PutJobManualData``, also in the JSDoc of plain JavaScript.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrate import contract
from migrate.find.javascript.client import ClientCalls
from migrate.find.javascript.modules import Module
from migrate.find.javascript.tree import Node
from migrate.find.javascript.values import static_text

_IN_COMMENT = re.compile(
    rf"""(?:import\(\s*["']{re.escape(contract.JS_CLIENT_PACKAGE)}["']\s*\)\s*\.\s*|@import\s*\{{[^}}]*?)"""
    rf"""(?P<name>{contract.TYPE_NAME.pattern})"""
)


@dataclass(frozen=True, slots=True)
class Derived:
    """One place. start, end: its characters; new: what stands there after the migration."""

    node: Node
    start: int
    end: int
    operation: contract.Operation
    new: str


def derived_types(root: Node, client: ClientCalls) -> Iterator[Derived]:
    """All places in a tree, comments included."""
    for node in root.walk():
        if node.kind == "comment":
            yield from _in_comment(node)
        elif node.kind == "lookup_type":
            yield from _looked_up(node)
        elif node.kind == "type_query":
            yield from _queried(node, client)
        elif node.kind in ("nested_type_identifier", "member_expression"):
            yield from _qualified(node, client)


def _in_comment(node: Node) -> Iterator[Derived]:
    for found in _IN_COMMENT.finditer(node.text):
        yield from _named(node, node.start + found.start("name"), found["name"])


def _looked_up(node: Node) -> Iterator[Derived]:
    names: list[str] = []
    inner: Node | None = node
    while inner is not None and inner.kind == "lookup_type":
        key = inner.last.first if inner.last is not None else None
        names.insert(0, static_text(key) or "" if key is not None and key.kind == "string" else "")
        inner = inner.first
    operation = _operation(tuple(names))
    if operation is not None and node.first is not None:
        yield Derived(node, node.start, node.end, operation, node.first.text)


def _queried(node: Node, client: ClientCalls) -> Iterator[Derived]:
    chain = node.part("member_expression", "subscript_expression")
    operation = _operation(client.chain(chain).names) if chain is not None else None
    if operation is not None and chain is not None and chain.first is not None:
        yield Derived(node, node.start, node.end, operation, f"typeof {chain.first.text}")


def _qualified(node: Node, client: ClientCalls) -> Iterator[Derived]:
    name = node.last
    if name is None or node.first is None or contract.rename_type(name.text) is None:
        return
    if (
        client.package(node.first) == contract.JS_CLIENT_PACKAGE
        or contract.JS_CLIENT_PACKAGE in node.first.text
    ):
        yield from _named(node, name.start, name.text)


def _named(node: Node, start: int, name: str) -> Iterator[Derived]:
    found = contract.TYPE_NAME.fullmatch(name)
    operation = contract.operation(found["verb"].lower(), found["type"].lower()) if found else None
    new = contract.rename_type(name)
    if operation is not None and new is not None:
        yield Derived(node, start, start + len(name), operation, new)


def _operation(names: tuple[str, ...]) -> contract.Operation | None:
    if len(names) < 3 or names[-2] != "job":
        return None
    return contract.operation(names[-3], names[-1])


def in_types(places: Iterator[Node], client: ClientCalls) -> Derived | None:
    """The first such type among the annotations of a body."""
    return next((each for place in places for each in derived_types(place, client)), None)


def client_types_of(module: Module, client: ClientCalls) -> tuple[Derived, ...]:
    """All places of a module, each once."""
    return tuple({(each.start, each.end): each for each in derived_types(module.root, client)}.values())
