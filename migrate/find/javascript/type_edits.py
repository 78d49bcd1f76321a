"""Edits of types: the members of an interface nested, an import that became a twin taken away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrate import contract
from migrate.find.javascript.layout import Block, Braces, SpanEdit, edit
from migrate.find.javascript.payload import UnprovedError
from migrate.find.javascript.tree import Node


def moved_members(declaration: Node, old: contract.Operation) -> list[Node]:
    """The members of a type that are keys which move."""
    return [
        each
        for each in declaration.parts
        if each.kind == "property_signature" and each.first is not None and old.move(_name_of(each))
    ]


def _name_of(member: Node) -> str:
    return member.first.text.strip("\"'") if member.first is not None else ""


def nested_members(declaration: Node, old: contract.Operation) -> list[SpanEdit]:
    """Edits that nest the members of a type as the contract nests the keys."""
    moved = moved_members(declaration, old)
    if any(_name_of(each) == contract.SETTINGS for each in declaration.parts):
        raise UnprovedError(f"its type has `{contract.SETTINGS}` already", declaration)
    braces = Braces(declaration)
    runs = braces.runs(moved)
    common: list[str | Block] = []
    cron: list[str | Block] = []
    ordered = [node for run in runs for node in run]
    for node in ordered:
        deep = _name_of(node) in contract.CRON_KEYS
        (cron if deep else common).append(braces.entry(node, 2 if deep else 1))
    if cron:
        common.append(
            Block(
                contract.CRON + _optional(each for each in ordered if _name_of(each) in contract.CRON_KEYS),
                cron,
            )
        )
    found = [braces.put(runs[0], Block(contract.SETTINGS + _optional(iter(ordered)), common))]
    for run in runs[1:]:
        found += braces.delete(run)
    return found


def _optional(members: Iterator[Node]) -> str:
    return "?" if all(re.match(r"\s*(?:readonly\s+)?[\w\"']+\?", each.text) for each in members) else ""


def without_specifier(specifier: Node) -> list[SpanEdit]:
    """Edits that take an import away because another one brings the same name."""
    names = specifier.parent
    statement = names.parent.parent if names is not None and names.parent is not None else None
    if names is not None and len(names.parts) > 1:
        return Braces(names).delete([specifier])
    if (
        names is None
        or statement is None
        or statement.kind != "import_statement"
        or len(names.parent.parts if names.parent else []) > 1
    ):
        raise UnprovedError("the import can't be merged with the one that is there", specifier)
    text = statement.module.text
    end = statement.end
    found = re.compile(r"[ \t]*(\r\n|\r|\n)?").match(text, end)
    return [edit(statement, statement.start, found.end() if found else end, "")]
