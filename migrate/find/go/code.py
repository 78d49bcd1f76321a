"""A Go file as a tree: its declarations, calls and strings."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ast_grep_py import SgNode, SgRoot

_FUNCTIONS = ("function_declaration", "method_declaration", "func_literal")
_STANDARD = frozenset(
    ("http", "tls", "url", "bytes", "strings", "sync", "time", "context", "os", "io", "log", "net", "bufio",
     "json", "flag", "sql")
)  # fmt: skip
_STRINGS = ("interpreted_string_literal", "raw_string_literal")


def span(node: SgNode) -> tuple[int, int]:
    """Character offsets of a node."""
    found = node.range()
    return found.start.index, found.end.index


@dataclass(frozen=True)
class Declaration:
    """A constant or variable with its one value; function: the span of the function around it, if any."""

    name: str
    node: SgNode
    value: SgNode
    function: tuple[int, int] | None


class GoFile:
    """A parsed Go file."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = SgRoot(text, "go").root()
        self.declarations: dict[str, list[Declaration]] = defaultdict(list)
        self.assigned: set[str] = set()
        self.types = {
            name.text() for each in self.root.find_all(kind="type_spec") if (name := each.field("name"))
        }
        self.calls = self.root.find_all(kind="call_expression")
        self.strings = [each for kind in _STRINGS for each in self.root.find_all(kind=kind)]
        for kind in ("const_spec", "var_spec", "short_var_declaration"):
            for node in self.root.find_all(kind=kind):
                self._declare(node)
        for node in self.root.find_all(kind="assignment_statement"):
            left = node.field("left")
            self.assigned |= {each.text() for each in left.children()} if left else set()

    def _declare(self, node: SgNode) -> None:
        names = [each.text() for each in node.children() if each.kind() == "identifier"]
        left = node.field("left")
        if left:
            names = [each.text() for each in left.children() if each.kind() == "identifier"]
        values = [each for each in node.children() if each.kind() == "expression_list"][-1:]
        parts = [each for each in values[0].children() if each.is_named()] if values else []
        for name, value in zip(names, parts, strict=False):
            self.declarations[name].append(Declaration(name, node, value, self.function_of(node)))

    def function_of(self, node: SgNode) -> tuple[int, int] | None:
        """Span of the function around a node."""
        return next((span(each) for each in node.ancestors() if each.kind() in _FUNCTIONS), None)

    def value_of(self, identifier: SgNode) -> Declaration | None:
        """The declaration of an identifier that has one value only."""
        name = identifier.text()
        found = self.declarations.get(name, [])
        if len(found) != 1 or name in self.assigned:
            return None
        around = [span(each) for each in identifier.ancestors()]
        return found[0] if found[0].function is None or found[0].function in around else None

    def references(self, name: str, declaration: Declaration) -> list[int]:
        """Offsets of all uses of a declared name."""
        first, last = span(declaration.value)
        start = span(declaration.node)[0]
        return [
            at
            for at, _ in (span(each) for each in self.root.find_all(kind="identifier") if each.text() == name)
            if not start <= at < first and not first <= at < last
        ]

    def arguments(self, call: SgNode) -> list[SgNode]:
        """The arguments of a call."""
        found = call.field("arguments")
        return (
            [each for each in found.children() if each.is_named() and each.kind() != "comment"]
            if found
            else []
        )

    def filled_types(self, call: SgNode) -> Iterator[tuple[str, int]]:
        """Names ("" for unknown ones) and offsets of the types that a call gets a pointer to.

        What has no name of its own (maps, ``struct{…}``) or is the standard library's is left out.
        """
        for each in self.arguments(call):
            if each.kind() != "unary_expression" or not each.text().startswith("&"):
                continue
            operand = each.field("operand")
            written = self._type_of(operand) if operand else ""
            bare = re.sub(r"^(?:\[\d*\]|\*)+", "", written)
            if not re.match(
                r"map\[|struct\b|interface\b|any$|(?:u?int|float|string|bool|byte|error)\w*$", bare
            ) and (bare.partition(".")[0] not in _STANDARD or "." not in bare):
                yield bare, span(each)[0]

    def _type_of(self, operand: SgNode) -> str:
        """The type of a composite literal or of a variable, as it is written; "" where it is not seen."""
        if operand.kind() == "composite_literal":
            written = operand.field("type")
            return written.text() if written else ""
        if operand.kind() != "identifier":
            return ""
        name = re.escape(operand.text())
        found = re.findall(rf"\bvar {name} ([^\s={{]+)|\b{name}\s*:?=\s*([\w.\[\]*]+){{", self.text)
        types = {one or other for one, other in found}
        return types.pop() if len(types) == 1 else ""

    def body_in_chain(self, call: SgNode) -> SgNode | None:
        """What ``.SetBody(…)`` was given in a chain of calls (resty)."""
        for each in call.find_all(kind="call_expression"):
            function = each.field("function")
            arguments = self.arguments(each)
            if function and function.text().endswith(".SetBody") and arguments:
                return arguments[0]
        return None
