"""Texts in Go code: literals, concatenation, Sprintf, constants; each character knows its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ast_grep_py import SgNode

from migrate.embed import Region, Unwritable
from migrate.find.go.code import GoFile, span
from migrate.quoting import Char, json_escape, json_string, region, without

_READERS = ("NewReader", "NewBuffer", "NewBufferString")
_VERB = re.compile(r"%(?:\[\d+\])?[-+# 0]*[\d.]*[a-zA-Z]")
MAX_DEPTH = 40


@dataclass(frozen=True)
class Text:
    """chars: as in `quoting`; raw: whether all literals are raw strings, None where they are mixed.

    through: names that were followed, with the offsets where they are used.
    """

    chars: tuple[Char, ...]
    raw: frozenset[bool] = frozenset()
    through: dict[str, frozenset[int]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The text, with ``{{…}}`` for what is not known."""
        return "".join(char for char, _, _ in self.chars)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where the characters are written."""
        return [(start, end) for _, start, end in self.chars]

    def region(self) -> Region:
        """The text as a region."""
        encode = {frozenset([True]): lambda new: without(new, "`"), frozenset([False]): json_escape}
        return region("text", list(self.chars), encode.get(self.raw, _mixed))

    def joined(self, *others: Text) -> Text:
        """The texts one after the other."""
        every = (self, *others)
        names = {name for each in every for name in each.through}
        none: frozenset[int] = frozenset()
        return Text(
            tuple(char for each in every for char in each.chars),
            frozenset().union(*(each.raw for each in every)),
            {name: none.union(*(each.through.get(name, none) for each in every)) for name in names},
        )


def _mixed(new: str) -> str:
    if re.search(r"[\"`\\\r\n]", new):
        raise Unwritable("the text is quoted in different ways there")
    return new


class Texts:
    """Reads texts in one file."""

    def __init__(self, code: GoFile) -> None:
        self.code = code

    def of(self, node: SgNode, depth: int = 0) -> Text:
        """The text of an expression."""
        start, end = span(node)
        kind = node.kind()
        if depth > MAX_DEPTH:
            return self._unknown(node)
        if kind == "interpreted_string_literal":
            made = json_string("text", self.code.text, start, end)
            return _of_region(made, raw=False) if made else self._unknown(node)
        if kind == "raw_string_literal":
            chars = ((self.code.text[each], each, each + 1) for each in range(start + 1, end - 1))
            return Text(tuple(char for char in chars if char[0] != "\r"), frozenset([True]))
        if kind == "parenthesized_expression":
            return self.of(node.children()[1], depth + 1)
        if kind == "binary_expression":
            left, right = node.field("left"), node.field("right")
            if left and right and "+" in [each.kind() for each in node.children()]:
                return self.of(left, depth + 1).joined(self.of(right, depth + 1))
        if kind == "identifier":
            return self._named(node, depth)
        if kind == "call_expression":
            return self._call(node, depth)
        return self._unknown(node)

    def _named(self, node: SgNode, depth: int) -> Text:
        found = self.code.value_of(node)
        if found is None:
            return self._unknown(node)
        text = self.of(found.value, depth + 1)
        places = text.through.get(found.name, frozenset()) | {span(node)[0]}
        return Text(text.chars, text.raw, {**text.through, found.name: places})

    def _call(self, node: SgNode, depth: int) -> Text:
        """``fmt.Sprintf``: verbs whose argument is a known text stand for that text."""
        arguments = self.code.arguments(node)
        if not node.text().startswith("fmt.Sprintf(") or not arguments:
            return self._unknown(node)
        template = self.of(arguments[0], depth + 1)
        chars: list[Char] = []
        position = 0
        for number, found in enumerate(_VERB.finditer(template.text), 1):
            first, last = template.chars[found.start()][1], template.chars[found.end() - 1][2]
            chars += template.chars[position : found.start()]
            value = self.of(arguments[number], depth + 1).text if number < len(arguments) else "{{?}}"
            chars += [(char, first, last) for char in value]
            position = found.end()
        return Text((*chars, *template.chars[position:]), template.raw, template.through)

    def _unknown(self, node: SgNode) -> Text:
        start, end = span(node)
        name = re.sub(r"[{}\s]", "", node.text())
        return Text(tuple((char, start, end) for char in "{{" + name + "}}"))

    def body(self, node: SgNode, depth: int = 0) -> Text | None:
        """The text of a body, through ``[]byte(…)``, readers and variables; None where it is no literal."""
        if depth > MAX_DEPTH:
            return None
        if node.kind() in ("interpreted_string_literal", "raw_string_literal"):
            return self.of(node)
        inner = [each for each in node.children() if each.is_named()]
        if node.kind() == "type_conversion_expression" and inner:
            return self.body(inner[-1], depth + 1)
        if node.kind() == "identifier":
            found = self.code.value_of(node)
            text = self.body(found.value, depth + 1) if found else None
            if text is None or found is None:
                return None
            return Text(text.chars, text.raw, {**text.through, found.name: frozenset([span(node)[0]])})
        if node.kind() == "call_expression":
            function, arguments = node.field("function"), self.code.arguments(node)
            name = function.text().rsplit(".", 1)[-1] if function else ""
            if len(arguments) == 1 and name in (*_READERS, "byte"):
                return self.body(arguments[0], depth + 1)
        return None


def _of_region(made: Region, *, raw: bool) -> Text:
    return Text(tuple(zip(made.text, made.starts, made.ends, strict=True)), frozenset([raw]))
