"""A shell script as a tree, with what its variables and functions are.

The tree is tree-sitter's (through ast-grep-py, whose offsets count characters).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ast_grep_py import SgNode, SgRoot

_CONDITIONAL = frozenset(
    ("if_statement", "elif_clause", "else_clause", "case_item", "while_statement", "for_statement",
     "c_style_for_statement", "list", "do_group")
)  # fmt: skip
_LOOPS = frozenset(("while_statement", "for_statement", "c_style_for_statement"))
_READERS = frozenset(("read", "mapfile", "readarray", "getopts", "unset", "source", "select"))
_TEMPLATE = re.compile(r"\$?\{\{.*?\}\}|<%.*?%>")
"""Expressions of template languages and of outer formats (GitHub, Helm, Jinja, just, ERB)."""

_INLINE_COMMENT = re.compile(r"(?<=[ \t])`#[^`\r\n]*`(?=[ \t\\\r\n])")
"""A comment in the middle of a command, which tree-sitter's grammar takes for the start of more."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|[0-9]")
_LETTER = "\ue000"
_MAX_TORN = 6
"""How many such variables one word may have and still be understood."""


def span(node: SgNode) -> tuple[int, int]:
    """Character offsets of a node."""
    found = node.range()
    return found.start.index, found.end.index


def walk(node: SgNode) -> Iterator[SgNode]:
    """A node and all below it, in the order of the text."""
    stack = [node]
    while stack:
        each = stack.pop()
        yield each
        stack.extend(reversed(each.children()))


@dataclass(frozen=True)
class Assignment:
    """One place that gives a variable a value.

    value: the node with the value; None where the value is not known (``read``, loops). append:
    whether it adds to the value before. exported: whether other programs see it. heredoc: whether
    `value` is a heredoc's redirect (``read -d '' NAME <<EOF``).
    """

    name: str
    node: SgNode
    value: SgNode | None
    function: str | None
    append: bool = False
    local: bool = False
    exported: bool = False
    heredoc: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """Character offsets of the whole assignment."""
        return span(self.node)


class Script:
    """A parsed script.

    dialect: ``sh`` (and bash), ``zsh`` or ``fish``; only the first splits an unquoted variable.
    """

    def __init__(self, text: str, dialect: str = "sh") -> None:
        self.text = text
        self.dialect = dialect
        self._functions_of: dict[tuple[int, int], str | None] = {}
        self.templates = [found.span() for found in _TEMPLATE.finditer(text)]
        covered = _TEMPLATE.sub(lambda found: "T" * len(found[0]), text)
        covered = _INLINE_COMMENT.sub(lambda found: " " * len(found[0]), covered)
        self.torn: dict[int, str] = {}
        self.root = self._parsed(covered)
        self.assignments: dict[str, list[Assignment]] = defaultdict(list)
        self.functions: dict[str, SgNode] = {}
        self.commands: list[SgNode] = []
        self.expansions: dict[str, list[int]] = defaultdict(list)
        for start, name in self.torn.items():
            self.expansions[name].append(start)
        self._expansion_nodes: dict[int, SgNode] = {}
        self.errors: list[tuple[int, int]] = []
        for node in walk(self.root):
            self._note(node)

    def _parsed(self, text: str) -> SgNode:
        """The tree. tree-sitter's grammar takes the ``B/c`` in ``$A/$B/c`` for a word of its own.

        Such a ``$`` is written as a letter for the parser, and noted in `torn` with its variable's name.
        """
        for _ in range(_MAX_TORN):
            root = SgRoot(text, "bash").root()
            torn = dict(_torn_in(root, text))
            if not torn:
                break
            self.torn |= torn
            text = "".join(_LETTER if at in torn else char for at, char in enumerate(text))
        self.torn = dict(sorted(self.torn.items()))
        return root

    def _note(self, node: SgNode) -> None:
        kind = node.kind()
        if kind == "variable_assignment":
            self._note_assignment(node)
        elif kind == "function_definition":
            name = node.field("name")
            if name:
                self.functions[name.text()] = node
        elif kind == "command":
            self.commands.append(node)
            self._note_reader(node)
        elif kind in ("simple_expansion", "expansion"):
            self.expansions[variable_of(node) or ""].append(span(node)[0])
            self._expansion_nodes[span(node)[0]] = node
        elif kind in ("for_statement", "select_statement"):
            variable = node.field("variable")
            if variable:
                self._add(Assignment(variable.text(), node, None, self.function_of(node)))
        elif kind == "ERROR":
            self.errors.append(span(node))

    def _add(self, assignment: Assignment) -> None:
        self.assignments[assignment.name].append(assignment)

    def _note_assignment(self, node: SgNode) -> None:
        name, value, parent = node.field("name"), node.field("value"), node.parent()
        if name is None:
            return
        plain = name.kind() == "variable_name"
        outer = parent.kind() if parent else ""
        word = parent.children()[0].text() if parent and outer == "declaration_command" else ""
        if not plain or outer == "command":
            value = None
        self._add(
            Assignment(
                name.text().split("[")[0],
                node,
                value,
                self.function_of(node),
                append=any(each.kind() == "+=" for each in node.children()),
                local=word in ("local", "declare", "typeset"),
                exported=word == "export",
            )
        )

    def _note_reader(self, node: SgNode) -> None:
        words = [each for each in node.children() if each.kind() != "variable_assignment"]
        name = words[0].text() if words else ""
        if self.dialect == "fish" and name == "set":
            self._note_fish(node, words[1:])
        if name == "export":
            for each in words[1:]:
                self._add(Assignment(each.text(), node, None, None, exported=True))
        if name not in _READERS:
            return
        heredoc = _heredoc_of(node)
        names = [each.text() for each in words[1:] if each.text().isidentifier()]
        for variable in names:
            value = heredoc if name == "read" and len(names) == 1 and "-d" in node.text() else None
            self._add(Assignment(variable, node, value, self.function_of(node), heredoc=value is not None))

    def _note_fish(self, node: SgNode, words: list[SgNode]) -> None:
        flags = [each.text() for each in words if each.text().startswith("-")]
        rest = [each for each in words if not each.text().startswith("-")]
        if rest:
            value = rest[1] if len(rest) == 2 else None
            exported = any("x" in each for each in flags)
            self._add(Assignment(rest[0].text(), node, value, self.function_of(node), exported=exported))

    def expansion_at(self, start: int) -> SgNode | None:
        """The expansion of a variable that begins at an offset."""
        return self._expansion_nodes.get(start)

    def function_of(self, node: SgNode) -> str | None:
        """Name of the function that a node stands in."""
        key = span(node)
        if key not in self._functions_of:
            self._functions_of[key] = self._function_around(node)
        return self._functions_of[key]

    def _function_around(self, node: SgNode) -> str | None:
        for each in node.ancestors():
            if each.kind() == "function_definition":
                name = each.field("name")
                return name.text() if name else None
        return None

    def is_broken(self, start: int, end: int) -> bool:
        """Whether the parser could not make sense of some text in the span."""
        return any(first < end and start < last for first, last in self.errors)

    @cached_property
    def exported(self) -> frozenset[str]:
        """Variables that other programs see."""
        return frozenset(
            name for name, found in self.assignments.items() if any(each.exported for each in found)
        )

    def assignment_at(self, start: int, end: int) -> Assignment | None:
        """The assignment in whose value an edit lies."""
        for found in self.assignments.values():
            for each in found:
                if each.value is not None and each.span[0] <= start and end <= each.span[1]:
                    return each
        return None

    def values_of(self, name: str, use: SgNode) -> list[Assignment] | None:
        """The assignments that make up a variable's value at a place, the base first.

        None where they are not known for certain (``+=`` makes more than one).
        """
        function = self.function_of(use)
        found = self.assignments.get(name, [])
        own = [each for each in found if each.function == function and (function is None or each.local)]
        visible = own if own and function else [each for each in found if not each.local or not each.function]
        if any(each.function not in (None, function) for each in visible):
            return None
        same_level = [each for each in visible if each.function == function]
        if same_level:
            visible = same_level
            place = span(use)[0]
            if any(each.span[0] > place for each in visible) and self._in_loop(use):
                return None
            visible = [each for each in visible if each.span[1] <= place]
        base = next((index for index in range(len(visible) - 1, -1, -1) if not visible[index].append), None)
        if base is None or (not same_level and len(visible) > 1):
            return None
        chosen = visible[base:]
        if any(each.value is None or not dominates(each.node, use) for each in chosen):
            return None
        return chosen

    def _in_loop(self, node: SgNode) -> bool:
        return any(each.kind() in _LOOPS for each in node.ancestors())


def dominates(assignment: SgNode, use: SgNode) -> bool:
    """Whether the assignment is made on every way to the use (conditions around it hold there too)."""
    around = {span(each) for each in use.ancestors()}
    for each in assignment.ancestors():
        if each.kind() in _CONDITIONAL and span(each) not in around and not _heads_list(assignment, each):
            return False
        if each.kind() in ("subshell", "command_substitution") and span(each) not in around:
            return False
    return True


def _heads_list(assignment: SgNode, around: SgNode) -> bool:
    """Whether the assignment is the first of ``a=… && …`` or ``read … || true``, which always runs."""
    return around.kind() == "list" and span(around)[0] == span(assignment)[0]


def _heredoc_of(node: SgNode) -> SgNode | None:
    parent = node.parent()
    if parent is None or parent.kind() != "redirected_statement":
        return None
    return next((each for each in parent.children() if each.kind() == "heredoc_redirect"), None)


def _torn_in(root: SgNode, text: str) -> Iterator[tuple[int, str]]:
    for word in root.find_all(any=[{"kind": "word"}, {"kind": "number"}]):
        start, end = span(word)
        found = _NAME.match(text, start, end)
        if found and text[max(start - 1, 0) : start] == "$":
            yield start - 1, found[0]


def variable_of(node: SgNode) -> str | None:
    """Name of the variable in ``$NAME`` or ``${NAME…}``, also of an array's; None for others."""
    for each in node.children():
        if each.kind() in ("variable_name", "special_variable_name"):
            return each.text()
        if each.kind() == "subscript":
            name = each.field("name")
            return name.text() if name else None
    return None
