"""What has to move in one mapping, and whether that can be proved: the part that all layouts share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from migrate import contract
from migrate.contract import Move, Operation, Untranslatable
from migrate.structured.nodes import (
    Alias,
    Document,
    MappingNode,
    Node,
    Pair,
    SequenceNode,
    is_merge,
    merge_sources,
    resolved,
    to_value,
)
from migrate.structured.template_checks import check_keys, check_order
from migrate.structured.templates import has_expression

Tree = dict[str, Any]
"""New members of a mapping: name to the moved `Pair`, or to a `Tree` for a new mapping."""


@dataclass
class MovePlan:
    """What leaves, and what goes where.

    moved: pairs that leave the body, in the order of the text; inserts: for each mapping that
    gains members (the body itself where it has no settings), the members; kept_at: for a pair
    that only goes away, the pair with the same value that stays (None for one that moves).
    """

    body: MappingNode
    moved: list[Pair] = field(default_factory=list)
    inserts: list[tuple[MappingNode, Tree]] = field(default_factory=list)
    kept_at: dict[int, Pair] = field(default_factory=dict)

    def into(self, container: MappingNode) -> Tree:
        """The members to be added to a container."""
        for each, tree in self.inserts:
            if each is container:
                return tree
        self.inserts.append((container, {}))
        return self.inserts[-1][1]


def at_path(root: Node, at: tuple[str | int, ...]) -> Node:
    """The node at a key path. Raises Untranslatable where it leads through an alias or nowhere."""
    node = root
    for step in at:
        if isinstance(node, MappingNode):
            pair = node.get(step) if isinstance(step, str) else None
            if pair is None and any(is_merge(each) for each in node.pairs):
                raise _shared(str(step), "comes in through a merge key")
            node = pair.value if pair else _missing(step)
        elif isinstance(node, SequenceNode):
            is_there = isinstance(step, int) and -len(node.items) <= step < len(node.items)
            node = node.items[int(step)] if is_there else _missing(step)
        else:
            _missing(step)
        if isinstance(node, Alias):
            raise _shared(str(step), f"is the alias *{node.name}")
    return node


def _missing(step: str | int) -> Node:
    raise Untranslatable(str(step), "no-body", f"The body has no `{step}` where it is expected.")


def _shared(name: str, how: str) -> Untranslatable:
    return Untranslatable(
        name,
        "shared",
        f"`{name}` {how}, which other places share; moving its keys would change those too.",
    )


def of_body(document: Document, body: Node, operation: Operation) -> MovePlan | None:
    """The plan for one mapping, or None where nothing moves. Raises Untranslatable, ValueError."""
    if not isinstance(resolved(body), MappingNode):
        raise Untranslatable("", "not-object", "The body is not an object.")
    value = to_value(body)
    after = contract.move_keys(operation, value)
    if contract.same_value(dict(after), value):
        return None
    _check_schedule(value, after)
    if isinstance(body, Alias):
        raise _shared("the body", f"is the alias *{body.name}")
    assert isinstance(body, MappingNode)  # noqa: S101 (checked above, for the type checker)
    _check_literal(document, body, operation)
    plan = MovePlan(body)
    for pair in body.pairs:
        move = operation.move(pair.name or "")
        if move:
            plan.moved.append(pair)
            _place(document, plan, pair, move)
    settings = body.get(contract.SETTINGS)
    check_keys(document, body, [*plan.moved, *([settings] if settings else [])], "the body")
    check_order(document, body, plan.moved, settings or plan.moved[0])
    return plan


def _check_schedule(value: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Refuse a body of a scheduled job without any of the keys that make it one."""
    path = (contract.SETTINGS, contract.CRON)
    if _has(after, path) and not after[path[0]][path[1]] and not _has(value, path):
        raise Untranslatable(
            ".".join(path),
            "no-cron",
            f"The body of a {contract.CRON} job has none of its keys; an empty one would be added.",
        )


def _check_literal(document: Document, body: MappingNode, operation: Operation) -> None:
    if id(body) in document.shared:
        raise _shared("the body", f"has the anchor &{body.anchor}")
    if any(has_expression(document.text[pair.key.start : pair.key.end]) for pair in body.pairs):
        raise Untranslatable("", "templated", "A key of the body is a template expression.")
    merged: set[str] = set()
    for pair in filter(is_merge, body.pairs):
        for source in merge_sources(pair):
            merged |= set(to_value(source))
    shared = sorted(merged & {*operation.moved_keys, contract.SETTINGS})
    if shared:
        raise _shared(shared[0], "comes in through a merge key")


def _place(document: Document, plan: MovePlan, pair: Pair, move: Move) -> None:
    """Say where a pair goes: into the deepest mapping on its path that is there."""
    container, depth = plan.body, 0
    while depth < len(move.path) - 1:
        inner = container.get(move.path[depth])
        if inner is None:
            break
        depth += 1
        if not isinstance(inner.value, MappingNode) or id(inner.value) in document.shared:
            if not _has(to_value(inner.value), move.path[depth:]):
                raise _shared(move.path[depth - 1], "is an alias or has an anchor")
            plan.kept_at[id(pair)] = inner
            return
        container = inner.value
    if depth and move.path[depth] in to_value(container):
        existing = container.get(move.path[depth])
        if existing is None and depth < len(move.path) - 1:
            raise _shared(move.path[depth], "comes in through a merge key")
        plan.kept_at[id(pair)] = existing or container.pairs[0]
        return
    tree = plan.into(container)
    for name in move.path[depth:-1]:
        tree = tree.setdefault(name, {})
    tree[move.key] = pair


def _has(value: Any, path: tuple[str, ...]) -> bool:
    for name in path:
        if not isinstance(value, Mapping) or name not in value:
            return False
        value = value[name]
    return True
