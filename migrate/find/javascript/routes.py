"""Routes of a server of one's own, which look like requests."""

from __future__ import annotations

from migrate import contract
from migrate.find.javascript.tree import FUNCTIONS, Node
from migrate.find.javascript.values import Values, arguments, member

_METHODS = tuple(contract.METHODS.values())


def is_route(call: Node, values: Values) -> bool:
    """Whether a call declares a route of a server: a verb, a path, and a handler."""
    found = member(call.first) if call.first else None
    if found is None or found[1].upper() not in _METHODS or found[0].text in ("$", "jQuery"):
        return False
    given = arguments(call)
    path = values.follow(given[0]) if given else call
    return (
        path.kind != "object"
        and "://" not in path.text
        and any(values.follow(each).kind in FUNCTIONS for each in given[1:])
    )
