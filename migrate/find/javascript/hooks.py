"""What an HTTP library runs between a call and the wire: interceptors, transforms, hooks.

https://axios-http.com/docs/interceptors, https://github.com/sindresorhus/got (hooks, parseJson),
https://github.com/sindresorhus/ky (hooks). One that names a moved key sees the new form as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrate import contract
from migrate.find.javascript.modules import Module
from migrate.find.javascript.suspects import pattern_key
from migrate.find.javascript.tree import Node
from migrate.find.javascript.values import key_of, member, static_text

_OPTIONS = frozenset(
    (
        "transformRequest",
        "transformResponse",
        "hooks",
        "parseJson",
        "stringifyJson",
        "onRequest",
        "onResponse",
    )
)
_CALLS = re.compile(r"\binterceptors\s*\.\s*(?:request|response)\s*\.\s*use$")


def hook_on(modules: Iterable[Module], operation: contract.Operation) -> Node | None:
    """The first place in a hook of some modules that names a key which moves."""
    for module in modules:
        for node in module.root.walk():
            if _is_hook(node):
                found = next((each for each in node.walk() if _names(each, operation)), None)
                if found is not None:
                    return found
    return None


def _is_hook(node: Node) -> bool:
    if node.kind == "call_expression":
        return node.first is not None and _CALLS.search(node.first.text) is not None
    if node.kind == "assignment_expression":
        found = member(node.first) if node.first is not None else None
        return found is not None and found[1] in _OPTIONS
    return node.kind in ("pair", "method_definition") and key_of(node) in _OPTIONS


def _names(node: Node, operation: contract.Operation) -> bool:
    name = pattern_key(node)
    found = member(node) if node.kind in ("member_expression", "subscript_expression") else None
    if found is not None:
        name = found[1]
    elif node.kind == "string":
        name = static_text(node)
    return name is not None and operation.move(name) is not None
