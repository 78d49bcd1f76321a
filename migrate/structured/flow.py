"""Moves in a mapping in braces: JSON, JSONC and YAML's flow style, on one line or on many."""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrate import contract
from migrate.contract import Untranslatable
from migrate.structured.layout import (
    TextEdit,
    comments_around,
    indent_of,
    line_start,
    newline_at,
    starts_line,
)
from migrate.structured.nodes import Document, MappingNode, Pair
from migrate.structured.plan import MovePlan, Tree

_TOKEN = {
    "yaml": re.compile(r"(?P<comment>(?<=\s)#[^\r\n]*|(?<=,)#[^\r\n]*)|(?P<comma>,)"),
    "json": re.compile(r"(?P<comment>//[^\r\n]*|/\*.*?\*/)|(?P<comma>,)", re.DOTALL),
}


@dataclass(frozen=True, slots=True)
class Member:
    """A pair in braces and what belongs to it.

    start, end: the pair; comma: offset of the comma after it, or None; lead: own-line comments
    directly above it; lead_start: start of the first of these lines (or of the pair's line, or the
    pair's start where it does not start its line); trailing: comment after it on the same line;
    tail: end of pair, comma and trailing comment; own_line: nothing else stands on its lines.
    """

    pair: Pair
    start: int
    end: int
    comma: int | None
    lead: tuple[str, ...]
    lead_start: int
    trailing: str
    tail: int
    own_line: bool


def members(document: Document, mapping: MappingNode) -> list[Member]:
    """The members of a mapping in braces, in order."""
    return [_member(document, mapping, index) for index in range(len(mapping.pairs))]


def _member(document: Document, mapping: MappingNode, index: int) -> Member:
    text, pair = document.text, mapping.pairs[index]
    start, end = pair.key.start, _end(pair)
    is_last = index + 1 == len(mapping.pairs)
    limit = mapping.end - 1 if is_last else mapping.pairs[index + 1].key.start
    tokens = _tokens(document, end, limit)
    comma = next((found.start() for found in tokens if found["comma"]), None)
    tail = end if comma is None else comma + 1
    on_line = "\n" not in text[end:tail] and "\r" not in text[end:tail]
    trailing: list[str] = []
    for found in tokens if on_line else ():
        if re.search(r"[\r\n]", text[end : found.end()]):
            break
        if found["comment"]:
            trailing.append(found[0])
        tail = max(tail, found.end())
    floor = (
        mapping.start + 1
        if not index
        else max(mapping.pairs[index - 1].value.end, mapping.pairs[index - 1].key.end)
    )
    lead, lead_start = _lead(document, floor, start)
    rest = text[tail : _line_stop(text, tail)]
    own_line = starts_line(text, start) and not rest.strip() and on_line
    return Member(pair, start, end, comma, lead, lead_start, " ".join(trailing), tail, own_line)


def _end(pair: Pair) -> int:
    """End of a pair; a YAML value may be missing."""
    return max(pair.value.end, pair.key.end)


def _tokens(document: Document, start: int, end: int) -> list[re.Match[str]]:
    pattern = _TOKEN["yaml" if document.syntax == "yaml" else "json"]
    return list(pattern.finditer(document.text, start, end))


def _line_stop(text: str, at: int) -> int:
    found = re.compile(r"[\r\n]").search(text, at)
    return found.start() if found else len(text)


def _lead(document: Document, floor: int, start: int) -> tuple[tuple[str, ...], int]:
    """The comments on lines of their own directly above a pair, and where the first one's line starts."""
    text = document.text
    if not starts_line(text, start):
        return (), start
    at = line_start(text, start)
    lead: list[str] = []
    for found in reversed(_tokens(document, floor, start)):
        gap = text[found.end() : at]
        if (
            found["comment"] is None
            or gap.strip()
            or gap.count("\n") > 1
            or not starts_line(text, found.start())
        ):
            break
        lead.insert(0, found[0])
        at = line_start(text, found.start())
    return tuple(lead), at


def edits(document: Document, plan: MovePlan) -> list[TextEdit]:
    """The edits that do a plan for a mapping in braces. Raises Untranslatable for odd layouts."""
    body = plan.body
    every = members(document, body)
    by_pair = {id(member.pair): member for member in every}
    moved = [by_pair[id(pair)] for pair in plan.moved]
    result: list[TextEdit] = []
    created = next((tree for container, tree in plan.inserts if container is body), None)
    gone = moved if created is None else moved[1:]
    left_comments: set[int] = set()
    for container, tree in plan.inserts:
        if container is not body:
            result += insert(document, container, tree, by_pair)
        if not (moved[0].own_line if container is body else _has_own_lines(document, container)):
            left_comments |= {id(pair) for pair in pairs_of(tree)}
    for pair in plan.moved:
        if id(pair) in plan.kept_at and not starts_line(document.text, plan.kept_at[id(pair)].key.start):
            left_comments.add(id(pair))
        elif id(pair) in plan.kept_at:
            result += _comments_to(document, by_pair[id(pair)], plan.kept_at[id(pair)])
    if created is not None:
        result += _in_place(document, plan, moved[0], created, by_pair)
    result += _deletions(document, every, gone, left_comments)
    return result


def _has_own_lines(document: Document, container: MappingNode) -> bool:
    return bool(container.pairs) and members(document, container)[-1].own_line


def pairs_of(tree: Tree) -> list[Pair]:
    """All moved pairs in a tree of new members."""
    found: list[Pair] = []
    for member in tree.values():
        found += [member] if isinstance(member, Pair) else pairs_of(member)
    return found


def _in_place(
    document: Document, plan: MovePlan, first: Member, tree: Tree, by_pair: dict[int, Member]
) -> list[TextEdit]:
    text, body = document.text, plan.body
    if not first.own_line:
        return [(first.start, first.end, _inline(document, body, tree, by_pair)[0])]
    indent = indent_of(text, first.start)
    trailing = members(document, body)[-1].comma is not None
    unit = _unit(document, body)
    lines = _lines(document, tree, indent, unit, by_pair, last_comma=False, inner_comma=trailing)
    remains = body.pairs.index(first.pair) < max(
        (i for i, pair in enumerate(body.pairs) if pair not in plan.moved), default=-1
    )
    comma = "," if remains or trailing else ""
    return [(first.lead_start, first.tail, newline_at(text, first.start).join(lines) + comma)]


def _unit(document: Document, mapping: MappingNode) -> str:
    """What a member is indented by, relative to the line of the mapping's brace."""
    text = document.text
    inner = indent_of(text, mapping.pairs[0].key.start) if mapping.pairs else ""
    closing = mapping.end - 1
    outer = indent_of(text, closing if starts_line(text, closing) else mapping.start)
    if inner.startswith(outer) and inner != outer:
        return inner[len(outer) :]
    return "\t" if "\t" in inner else "" if mapping.pairs and inner == outer else "  "


def _key(document: Document, like: Pair, name: str) -> str:
    """A key and the colon after it, written as the pair `like` is."""
    text = document.text
    key = text[like.key.start : like.key.end].replace(like.name or "", name)
    between = text[like.key.end : like.value.start]
    return key + (between if re.fullmatch(r"[ \t]*:[ \t]*", between) else ": ")


def _lines(
    document: Document,
    tree: Tree,
    indent: str,
    unit: str,
    by_pair: dict[int, Member],
    *,
    last_comma: bool,
    inner_comma: bool,
) -> list[str]:
    """The lines of new members, each with its comments, at an indentation.

    last_comma, inner_comma: whether a comma follows the last member, here and in new mappings.
    """
    text = document.text
    lines: list[str] = []
    for position, (name, member) in enumerate(tree.items()):
        comma = "," if position + 1 < len(tree) or last_comma else ""
        if isinstance(member, Pair):
            own = by_pair[id(member)]
            base = indent_of(text, own.start)
            added = indent.removeprefix(base) if indent.startswith(base) else ""
            lines += [indent + comment for comment in own.lead]
            content = re.sub(r"(\r\n|\n|\r)", rf"\1{added}", text[own.start : own.end])
            lines.append(indent + content + comma + (f" {own.trailing}" if own.trailing else ""))
        else:
            lines.append(indent + _key(document, _first_pair(tree), name) + "{")
            lines += _lines(
                document,
                member,
                indent + unit,
                unit,
                by_pair,
                last_comma=inner_comma,
                inner_comma=inner_comma,
            )
            lines.append(indent + "}" + comma)
    return lines


def _first_pair(tree: Tree) -> Pair:
    return pairs_of(tree)[0]


def _spacing(document: Document, mapping: MappingNode) -> tuple[str, str]:
    """Padding inside of braces and the separator of members, as the author writes them on one line."""
    text = document.text
    after = re.compile(r"[ \t]*").match(text, mapping.start + 1) if mapping.flow else None
    on_line = after is not None and text[after.end() : after.end() + 1] not in "\r\n"
    pad = after[0] if after and on_line and mapping.pairs else ""
    first = mapping.pairs[0] if mapping.pairs else None
    commas = (
        [member.comma for member in members(document, mapping) if member.comma is not None]
        if mapping.flow
        else []
    )
    spaced = text[commas[0] + 1 : commas[0] + 2].isspace() if commas else None
    if spaced is None:
        spaced = first is None or text[first.key.end : first.value.start].endswith((" ", "\t", "\n"))
    return pad, ", " if spaced else ","


def _inline(
    document: Document, mapping: MappingNode, tree: Tree, by_pair: dict[int, Member] | None = None
) -> list[str]:
    """The new members, each on one line."""
    pad, separator = _spacing(document, mapping)
    parts: list[str] = []
    for name, member in tree.items():
        if isinstance(member, Pair):
            content = document.text[member.key.start : _end(member)]
            if "\n" in content or "\r" in content:
                raise Untranslatable(
                    member.name or "", "layout", "A value on several lines can't go into one line."
                )
            parts.append(content.strip())
        else:
            inner = separator.join(_inline(document, mapping, member, by_pair))
            parts.append(_key(document, _first_pair(tree), name) + "{" + pad + inner + pad + "}")
    return parts


def insert(
    document: Document, container: MappingNode, tree: Tree, by_pair: dict[int, Member] | None = None
) -> list[TextEdit]:
    """Add members at the end of a mapping in braces. by_pair: their places where they come from braces."""
    text = document.text
    if not container.pairs:
        return _into_empty(document, container, tree)
    last = members(document, container)[-1]
    if last.own_line and by_pair is not None:
        indent = indent_of(text, last.start)
        trailing = last.comma is not None
        unit = _unit(document, container)
        new_lines = _lines(document, tree, indent, unit, by_pair, last_comma=trailing, inner_comma=trailing)
        newline = newline_at(text, last.start)
        added = newline + newline.join(new_lines)
        if last.comma is not None:
            return [(last.tail, last.tail, added)]
        return [(last.end, last.end, ","), (last.tail, last.tail, added)]
    _, separator = _spacing(document, container)
    new = separator.join(_inline(document, container, tree, by_pair))
    if last.own_line:
        new = (
            ("" if last.comma is not None else ",")
            + newline_at(text, last.start)
            + indent_of(text, last.start)
            + new
        )
    elif last.comma is not None:
        new = " " + new
    else:
        new = separator + new
    at = last.end if last.comma is None else last.comma + 1
    return [(at, at, new)]


def _into_empty(document: Document, container: MappingNode, tree: Tree) -> list[TextEdit]:
    inside = document.text[container.start + 1 : container.end - 1]
    if inside.strip():
        raise Untranslatable(contract.SETTINGS, "layout", "The empty mapping to move into holds a comment.")
    _, separator = _spacing(document, container)
    new = separator.join(_inline(document, container, tree))
    return [(container.start + 1, container.end - 1, new)]


def _comments_to(document: Document, member: Member, target: Pair) -> list[TextEdit]:
    """Carry the comments of a member that goes away to above another one, unless they are there."""
    text = document.text
    comments = [*member.lead, *([member.trailing] if member.trailing else [])]
    if not comments or not member.own_line or not starts_line(text, target.key.start):
        return []
    place = line_start(text, target.key.start)
    known = comments_around(text, place, target.value.end)
    indent, newline = indent_of(text, target.key.start), newline_at(text, place)
    lines = [indent + comment + newline for comment in comments if comment not in known]
    return [(place, place, "".join(lines))] if lines else []


def _deletions(
    document: Document, every: list[Member], gone: list[Member], left_comments: set[int]
) -> list[TextEdit]:
    """Take members out, with their commas.

    left_comments: pairs whose comments stay where they are,
    because they went to a place on one line, where no comment can stand.
    """
    text = document.text
    result: list[TextEdit] = []
    for member in gone:
        commented = member.lead or member.trailing
        if member.own_line and not (commented and id(member.pair) in left_comments):
            result.append((member.lead_start, _after_newline(text, member.tail), ""))
            continue
        comma = member.end - 1 if member.comma is None else member.comma
        blanks = re.compile(r"[ \t]*").match(text, comma + 1)
        stop = blanks.end() if blanks else comma + 1
        ends_line = text[stop : stop + 1] in ("\r", "\n") and not starts_line(text, member.start)
        first = len(text[: member.start].rstrip(" \t")) if ends_line else member.start
        result.append((first, member.end, ""))
        if member.comma is not None:
            start = comma if text[member.end : comma].strip() else member.end
            result.append((start, stop, ""))
    remaining = [member for member in every if member not in gone]
    last = remaining[-1] if remaining else None
    if last and last is not every[-1] and every[-1].comma is None and last.comma is not None:
        following = every[every.index(last) + 1]
        same_line = not following.own_line and not text[last.comma + 1 : following.start].strip()
        result.append((last.comma, following.start if same_line else last.comma + 1, ""))
    return result


def _after_newline(text: str, at: int) -> int:
    """Offset of the line after the one whose last character is before `at`."""
    stop = _line_stop(text, at)
    if text.startswith("\r\n", stop):
        return stop + 2
    return min(stop + 1, len(text))
