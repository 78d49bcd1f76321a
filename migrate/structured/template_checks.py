"""May the keys of a mapping be edited where a template language is at work around them?"""

from __future__ import annotations

from collections.abc import Sequence

from migrate.contract import Untranslatable
from migrate.structured.layout import line_above, line_start
from migrate.structured.nodes import Document, MappingNode, Pair
from migrate.structured.templates import EXPRESSION, Directive, directives, has_expression


def check_keys(document: Document, mapping: MappingNode, fixed: Sequence[Pair], what: str) -> None:
    """Raises Untranslatable where a template may add keys to a mapping, or leave some out.

    fixed: the pairs in which there may be no directive at all; in the others a directive is right
    that stands within the value. what: the mapping, for people.
    """
    stray = _stray(document, mapping, fixed)
    if stray:
        line = document.text.count("\n", 0, stray[0].start) + 1
        raise Untranslatable(
            "",
            "templated",
            f"A template directive in line {line} stands among the keys of {what}; what it adds or leaves "
            "out is not known.",
        )


def check_order(document: Document, mapping: MappingNode, moved: Sequence[Pair], to: Pair) -> None:
    """Raises Untranslatable where a templated value would move past a directive that it may depend on."""
    text = document.text
    inside = [each for each in directives(text) if mapping.start <= each.start < mapping.end]
    for pair in moved:
        near, far = sorted((pair.key.start, to.key.start))
        between = any(near <= each.start < far and not each.inserts for each in inside)
        if between and has_expression(text[pair.key.start : pair.value.end]):
            raise Untranslatable(
                pair.name or "",
                "templated",
                "A templated value would move past a template directive that it may depend on.",
            )


def _stray(document: Document, mapping: MappingNode, fixed: Sequence[Pair]) -> list[Directive]:
    text, pairs = document.text, mapping.pairs
    begin = mapping.start if mapping.flow else _head(text, pairs[0].key.start)
    inside = [each for each in directives(text) if begin <= each.start < mapping.end]
    stray = [each for each in inside if each.start < pairs[0].key.start and (each.inserts or mapping.flow)]
    for index, pair in enumerate(pairs):
        is_last = index + 1 == len(pairs)
        until = mapping.end if is_last else pairs[index + 1].key.start
        own = [each for each in inside if pair.key.start <= each.start < until]
        if is_last and not mapping.flow:
            own = _before_outer_end(own)
        if own and not (pair not in fixed and _balanced(own) and _all_deeper(text, mapping, pair, own)):
            stray.append(own[0])
    return stray


def _head(text: str, at: int) -> int:
    """Start of the run of comments, directives and blank lines above a key."""
    start = line_start(text, at)
    while start > 0:
        above = line_above(text, start)
        line = text[above:start].strip()
        if line and not line.startswith("#") and not EXPRESSION.fullmatch(line):
            break
        start = above
    return start


def _before_outer_end(own: list[Directive]) -> list[Directive]:
    """The directives before one that closes a block which was opened before the body."""
    depth = 0
    for index, each in enumerate(own):
        depth += each.depth
        if depth < 0:
            return own[:index]
    return own


def _balanced(own: list[Directive]) -> bool:
    depths = [sum(each.depth for each in own[: count + 1]) for count in range(len(own))]
    return min(depths) >= 0 and depths[-1] == 0


def _all_deeper(text: str, body: MappingNode, pair: Pair, own: list[Directive]) -> bool:
    if body.flow:
        return all(each.end <= pair.value.end for each in own)
    column = pair.key.start - line_start(text, pair.key.start)
    return all(each.start - line_start(text, each.start) > column for each in own)
