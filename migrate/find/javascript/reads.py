"""Edits of the places that read a moved key: members and patterns.

typed: whether the client's types hold, in which ``settings`` is optional.
"""

from __future__ import annotations

from migrate import contract
from migrate.find.javascript.layout import Block, Braces, SpanEdit, edit
from migrate.find.javascript.payload import UnprovedError
from migrate.find.javascript.suspects import pattern_key
from migrate.find.javascript.tree import Node, outermost


def path_of(node: Node, move: contract.Move, typed: bool) -> list[SpanEdit]:
    """The edit that puts the new names on the way to a key: ``data.key`` → ``data.settings.key``."""
    base = node.first
    if base is None:
        return []
    optional = node.part("optional_chain") is not None
    sure = "!" if typed and not optional else ""
    step = "?." if optional else "."
    place = "".join(f"{step}{name}{sure}" for name in move.path[:-1])
    return [edit(node, base.end, base.end, place)]


def nested_pattern(pattern: Node, moved: list[Node], typed: bool) -> list[SpanEdit]:
    """Edits that nest the entries of an object pattern. Raises UnprovedError."""
    if typed:
        raise UnprovedError(f"`{contract.SETTINGS}` is optional in the client's type of the answer", pattern)
    braces = Braces(pattern)
    if any(pattern_key(child) == contract.SETTINGS for child in pattern.parts):
        raise UnprovedError(
            f"the answer's `{contract.SETTINGS}` are taken out beside keys that move", pattern
        )
    runs = braces.runs(moved)
    common: list[str | Block] = []
    cron: list[str | Block] = []
    for node in (node for run in runs for node in run):
        deep = pattern_key(node) in contract.CRON_KEYS
        (cron if deep else common).append(braces.entry(node, 2 if deep else 1))
    if cron:
        common.append(Block(contract.CRON, cron))
    found = [braces.put(runs[0], Block(contract.SETTINGS, common))]
    for run in runs[1:]:
        found += braces.delete(run)
    return found


def element_of_all(array: Node, node: Node) -> Node | None:
    """The pattern that takes an element out of ``const [a, b] = await Promise.all([…])``, if it is so."""
    given = outermost(array).parent
    call = given.parent if given is not None and given.kind == "arguments" else None
    if call is None or call.first is None or call.first.text != "Promise.all":
        return None
    awaited = outermost(call).parent
    holder = outermost(awaited).parent if awaited is not None and awaited.kind == "await_expression" else None
    if holder is None or holder.kind != "variable_declarator" or holder.first is None:
        return None
    taken, at = holder.first, next((i for i, each in enumerate(array.parts) if each is node), -1)
    commas = [each for each in taken.children if each.kind == ","]
    plain = all(each.kind != "spread_element" for each in array.parts)
    plain = plain and taken.kind == "array_pattern" and len(commas) == len(taken.parts) - 1
    if not plain or not 0 <= at < len(taken.parts) or taken.parts[at].kind == "rest_pattern":
        return None
    return taken.parts[at]
