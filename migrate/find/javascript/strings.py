"""Strings as the program builds them: literals, templates, ``+``, ``join``, ``new URL``."""

from __future__ import annotations

import re
from dataclasses import replace

from migrate.find.javascript.functions import bound_arguments, resolved, returned
from migrate.find.javascript.tree import FUNCTIONS, Node, unwrap
from migrate.find.javascript.values import (
    Environment,
    Piece,
    Text,
    Values,
    arguments,
    member,
    static_text,
)
from migrate.model import HOLE

_DEEP = 20
_SAME = frozenset(("toString", "trim", "href", "valueOf"))
_WRAPPING_CALLS = frozenset(("String", "encodeURI", "decodeURI"))


class Strings:
    """Takes strings apart."""

    def __init__(self, values: Values) -> None:
        self.values = values

    def text_of(self, node: Node, env: Environment | None = None) -> Text:
        """The pieces of a string expression; one hole where nothing is known."""
        result = Text()
        self._add(node, result, env or {}, 0)
        return result

    def _add(self, node: Node, result: Text, env: Environment, depth: int) -> None:
        node = unwrap(node)
        if depth > _DEEP:
            result.pieces.append(_hole(node))
        elif node.kind == "string":
            result.pieces.extend(_literal(node))
        elif node.kind == "template_string":
            self._template(node, result, env, depth)
        elif node.kind == "binary_expression" and node.token("+") and node.first and node.last:
            self._add(node.first, result, env, depth + 1)
            self._add(node.last, result, env, depth + 1)
        elif node.kind in ("call_expression", "new_expression"):
            self._call(node, result, env, depth)
        elif node.kind in ("binary_expression", "ternary_expression"):
            result.pieces.append(_hole(node))
        else:
            self._named(node, result, env, depth)

    def _named(self, node: Node, result: Text, env: Environment, depth: int) -> None:
        found = member(node)
        if found and found[1] in _SAME and unwrap(found[0]).kind in ("new_expression", "call_expression"):
            self._add(found[0], result, env, depth + 1)
            return
        target = self.values.follow(node, env)
        if target is node or target.kind not in (
            "string",
            "template_string",
            "binary_expression",
            "call_expression",
            "new_expression",
            "number",
        ):
            if found and found[1] in _SAME:
                self._add(found[0], result, env, depth + 1)
            else:
                result.pieces.append(_hole(node))
            return
        inner = Text()
        self._add(target, inner, env, depth + 1)
        result.through += [node, *inner.through]
        result.brought |= {**inner.brought, node: inner.pieces}
        result.pieces.extend(inner.pieces)

    def _template(self, node: Node, result: Text, env: Environment, depth: int) -> None:
        for child in node.children:
            if child.kind == "template_substitution" and child.first:
                count = len(result.pieces)
                self._add(child.first, result, env, depth + 1)
                if len(result.pieces) == count + 1:
                    result.pieces[-1] = replace(result.pieces[-1], holder=child)
            elif child.named:
                result.pieces.append(_fragment(child))

    def _call(self, node: Node, result: Text, env: Environment, depth: int) -> None:
        function = node.first
        given = arguments(node)
        found = member(unwrap(function)) if function else None
        if node.kind == "new_expression":
            if function and function.text == "URL" and given:
                self._url(given, result, env, depth)
                return
        elif found and found[1] == "join" and unwrap(found[0]).kind == "array":
            separator = static_text(unwrap(given[0])) if given else ","
            self._joined(unwrap(found[0]).parts, separator, result, env, depth)
            return
        elif found and found[1] == "join" and re.search(r"path|posix|url|join", found[0].text, re.IGNORECASE):
            self._joined(given, "/", result, env, depth)
            return
        elif found and found[1] == "concat":
            for each in (found[0], *given):
                self._add(each, result, env, depth + 1)
            return
        elif found and found[1] in (*_SAME, "replace", "replaceAll"):
            self._add(found[0], result, env, depth + 1)
            return
        elif function and function.text in _WRAPPING_CALLS and given:
            self._add(given[0], result, env, depth + 1)
            return
        elif function and re.search(r"join", function.text, re.IGNORECASE) and len(given) > 1:
            self._joined(given, "/", result, env, depth)
            return
        elif function and self._returned(node, function, result, env, depth):
            return
        result.pieces.append(_hole(node))

    def _returned(self, call: Node, function: Node, result: Text, env: Environment, depth: int) -> bool:
        """What an own function that makes a string returns, where it has one ``return``."""
        target = self.values.follow(function, env)
        found = list(returned(target)) if target.kind in FUNCTIONS else []
        if len(found) != 1:
            return False
        inner = Text()
        bound = {name: resolved(node, env) for name, node in bound_arguments(target, call).items()}
        self._add(found[0], inner, bound, depth + 4)
        result.through += [unwrap(function), *inner.through]
        result.brought |= {
            **inner.brought,
            unwrap(function): [p for p in inner.pieces if p.node.inside(target)],
        }
        result.pieces += inner.pieces
        return True

    def _joined(
        self, elements: list[Node], separator: str | None, result: Text, env: Environment, depth: int
    ) -> None:
        for index, element in enumerate(elements):
            part = Text()
            self._add(element, part, env, depth + 1)
            text = part.value
            between = HOLE if separator is None else separator
            if separator == "/" and (text.startswith("/") or result.value.endswith("/")):
                between = ""
            if index:
                result.pieces.append(Piece(between, element, element.start, element.start, False, element))
            result.through += part.through
            result.brought |= part.brought
            result.pieces.extend(replace(each, element=element) for each in part.pieces)

    def _url(self, given: list[Node], result: Text, env: Environment, depth: int) -> None:
        path = Text()
        self._add(given[0], path, env, depth + 1)
        if len(given) > 1:
            base = Text()
            self._add(given[1], base, env, depth + 1)
            kept = base.value
            origin = re.match(r"[a-z]+://[^/]*", kept)
            if path.value.startswith("/"):
                kept = origin[0] if origin else HOLE
            elif "/" in kept:
                kept = kept[: kept.rindex("/") + 1] if kept.count("/") > 2 else kept + "/"
            elif kept:
                kept += "/"
            result.pieces.append(Piece(kept, given[1], given[1].start, given[1].start, exact=False))
            result.through.extend(base.through)
        result.through += path.through
        result.brought |= path.brought
        result.pieces.extend(path.pieces)


def _hole(node: Node) -> Piece:
    return Piece(HOLE, node, node.start, node.end, exact=False)


def _literal(node: Node) -> list[Piece]:
    return [_fragment(child) for child in node.children if child.named]


def _fragment(child: Node) -> Piece:
    if child.kind == "escape_sequence":
        text = static_text(child.parent) if child.parent and len(child.parent.parts) == 1 else None
        return Piece(text or HOLE, child, child.start, child.end, exact=False)
    return Piece(child.text, child, child.start, child.end)
