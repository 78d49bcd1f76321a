"""From the words of a command to values: variables, arrays, parameters and heredocs followed."""

from __future__ import annotations

import re

from ast_grep_py import SgNode

from migrate.find.shell.script import Script, span, variable_of
from migrate.find.shell.values import (
    ANSI,
    BARE,
    DOUBLE,
    HEREDOC,
    RAW,
    SINGLE,
    Item,
    Value,
    hole,
    joined,
    literal,
    named_hole,
    template_hole,
)

_EXPANSIONS = ("simple_expansion", "expansion", "command_substitution", "arithmetic_expansion",
               "process_substitution")  # fmt: skip
MAX_DEPTH = 12

Key = tuple[tuple[int, int], ...]
Chain = tuple[SgNode, ...]
"""The calls that lead to a place: of the function around it, of the function around that call, …"""


class Expander:
    """Expands words of one script."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self._words: dict[Key, list[Value]] = {}
        self._variables: dict[Key, Value | None] = {}

    def words(self, command: SgNode, chain: Chain = (), depth: int = 0) -> list[Value]:
        """The name and arguments of a command."""
        key = _key(command, chain)
        if key not in self._words:
            self._words[key] = self._expanded(command, chain, depth)
        return self._words[key]

    def _expanded(self, command: SgNode, chain: Chain, depth: int) -> list[Value]:
        found: list[Value] = []
        for each in command.children():
            if each.kind() in ("variable_assignment", "comment") or "redirect" in each.kind():
                continue
            node = each.children()[0] if each.kind() == "command_name" and each.children() else each
            found += self.word(node, chain, depth)
        return found

    def word(self, node: SgNode, chain: Chain = (), depth: int = 0) -> list[Value]:
        """The words that one node of a command becomes (an array becomes several)."""
        several = self._several(node, chain, depth)
        if several is not None:
            return several
        value = self.value(node, chain, depth)
        splits = self.script.dialect == "sh" and node.kind() == "simple_expansion"
        if splits and any(item.text.isspace() for item in value.items):
            return _split(value)
        return [value]

    def value(self, node: SgNode, chain: Chain = (), depth: int = 0) -> Value:
        """The value of a node taken as one word."""
        start, end = span(node)
        kind = node.kind()
        if kind == "raw_string":
            return Value(tuple(self._literal(start + 1, end - 1, SINGLE)))
        if kind == "ansi_c_string":
            return Value(tuple(self._literal(start + 2, end - 1, ANSI)))
        if kind == "string":
            return self._mixed(node, (start + 1, end - 1), DOUBLE, chain, depth)
        if kind == "concatenation":
            return joined(self._part(each, chain, depth) for each in node.children())
        if kind in _EXPANSIONS:
            return self._expansion(node, BARE, chain, depth)
        if kind == "word" and self.script.torn:
            return self._torn(node, chain, depth)
        return Value(tuple(self._literal(start, end, BARE)))

    def _torn(self, node: SgNode, chain: Chain, depth: int) -> Value:
        """A word with variables in it that the parser would have torn off: see `Script.torn`."""
        position, end = span(node)
        parts: list[Value] = []
        for first, name in self.script.torn.items():
            if not position <= first < end:
                continue
            last = first + 1 + len(name)
            unknown = named_hole(name, node, first, last, BARE)
            known = self._variable(name, node, chain, depth, first) if depth <= MAX_DEPTH else None
            parts.append(Value(tuple(self._literal(position, first, BARE))))
            parts.append(known.put_within(unknown) if known else Value((unknown,)))
            position = last
        return joined((*parts, Value(tuple(self._literal(position, end, BARE)))))

    def _literal(self, start: int, end: int, style: str) -> list[Item]:
        """Text without expansions of the shell; those of a template language around it are holes."""
        items: list[Item] = []
        position = start
        for first, last in self.script.templates:
            if start <= first and last <= end:
                items += literal(self.script.text, position, first, style)
                items.append(template_hole(self.script.text, first, last, style))
                position = last
        return items + literal(self.script.text, position, end, style)

    def _part(self, node: SgNode, chain: Chain, depth: int) -> Value:
        """A part of a longer word."""
        value = self.value(node, chain, depth)
        if node.kind() not in _EXPANSIONS:
            return value
        return value.put_within(hole(node, *span(node), BARE))

    def _mixed(self, node: SgNode, inside: tuple[int, int], style: str, chain: Chain, depth: int) -> Value:
        parts: list[Value] = []
        position, end = inside
        for each in node.children():
            if each.kind() not in _EXPANSIONS:
                continue
            first, last = span(each)
            parts.append(Value(tuple(self._literal(position, first, style))))
            value = self._expansion(each, style, chain, depth)
            is_whole = first == inside[0] and last == end
            parts.append(value if is_whole else value.put_within(hole(each, first, last, style)))
            position = last
        parts.append(Value(tuple(self._literal(position, end, style))))
        return joined(parts)

    def _expansion(self, node: SgNode, style: str, chain: Chain, depth: int) -> Value:
        start, end = span(node)
        unknown = Value((hole(node, start, end, style),))
        if depth > MAX_DEPTH:
            return unknown
        if node.kind() == "command_substitution":
            return self._substituted(node, chain, depth) or unknown
        name = variable_of(node)
        if name is None or not _is_plain(node):
            return unknown
        return self._variable(name, node, chain, depth) or unknown

    def _variable(
        self, name: str, node: SgNode, chain: Chain, depth: int, at: int | None = None
    ) -> Value | None:
        """The value of a variable or parameter at a place, where it is known. at: where its ``$`` stands."""
        start = span(node)[0] if at is None else at
        key = ((start, start), *_key(node, chain))
        if key not in self._variables:
            self._variables[key] = None  # a variable that is made of itself is not known
            self._variables[key] = self._followed(name, node, chain, depth, start)
        return self._variables[key]

    def _followed(self, name: str, node: SgNode, chain: Chain, depth: int, at: int) -> Value | None:
        if name.isdigit():
            values = self.parameters(node, chain, depth)
            index = int(name) - 1
            if values is not None and index >= len(values):
                return Value(()) if re.fullmatch(r"\$\{?\d+(?::?[-+])?\}?", node.text()) else None
            return values[index] if values is not None and index >= 0 else None
        assignments = self.script.values_of(name, node)
        if not assignments or any(each.append for each in assignments):
            return None
        value = self._assigned(assignments[0].value, chain, depth, assignments[0].heredoc)
        return Value(value.items, value.through | {(name, at)}) if value else None

    def _assigned(self, node: SgNode | None, chain: Chain, depth: int, heredoc: bool) -> Value | None:
        if node is None or node.kind() == "array":
            return None
        return self.heredoc(node, chain, depth + 1) if heredoc else self.value(node, chain, depth + 1)

    def _substituted(self, node: SgNode, chain: Chain, depth: int) -> Value | None:
        """``$(cat <<EOF …)`` is the heredoc's text without the line breaks at its end."""
        inner = [each for each in node.children() if each.is_named()]
        if len(inner) != 1 or inner[0].kind() != "redirected_statement":
            return None
        parts = [each for each in inner[0].children() if each.is_named()]
        if [each.kind() for each in parts] != ["command", "heredoc_redirect"] or parts[0].text() != "cat":
            return None
        value = self.heredoc(parts[1], chain, depth + 1)
        items = list(value.items)
        while items and items[-1].text in ("\n", "\r"):
            items.pop()
        return Value(tuple(items), value.through)

    def heredoc(self, redirect: SgNode, chain: Chain = (), depth: int = 0) -> Value:
        """The text of a heredoc."""
        marks = {each.kind(): each for each in redirect.children()}
        body, start_word = marks.get("heredoc_body"), marks.get("heredoc_start")
        if body is None or start_word is None:
            return Value(())
        end_word = marks.get("heredoc_end")
        start, end = span(body)
        if end_word is not None:
            end = self.script.text.rfind("\n", 0, span(end_word)[0]) + 1
        start = self.script.text.find("\n", span(start_word)[1]) + 1
        quoted = start_word.text()[:1] in "'\"\\"
        if quoted:
            value = Value(tuple(self._literal(start, end, RAW)))
        else:
            value = self._mixed(body, (start, end), HEREDOC, chain, depth)
        return _without_tabs(value) if "<<-" in marks else value

    def parameters(self, node: SgNode, chain: Chain, depth: int) -> list[Value] | None:
        """The positional parameters at a place in a function that the chain's first call calls."""
        if not chain or self.script.function_of(node) is None:
            return None
        values = self.words(chain[0], chain[1:], depth + 1)[1:]
        return values[self._shifted(node) :]

    def _shifted(self, node: SgNode) -> int:
        """How many parameters ``shift`` has taken away before a place in a function."""
        function, place, count = self.script.function_of(node), span(node)[0], 0
        for command in self.script.commands:
            words = [each.text() for each in command.children()]
            before = span(command)[0] < place and self.script.function_of(command) == function
            if words and words[0] == "shift" and before:
                count += int(words[1]) if len(words) > 1 and words[1].isdigit() else 1
        return count

    def _several(self, node: SgNode, chain: Chain, depth: int) -> list[Value] | None:
        """``"$@"`` and ``"${array[@]}"`` as the words that they become; None for other nodes."""
        inner = node
        if node.kind() == "string":
            named = [each for each in node.children() if each.is_named()]
            if len(named) != 1 or span(named[0])[1] - span(named[0])[0] != len(node.text()) - 2:
                return None
            inner = named[0]
        text = inner.text()
        if ":+" in text and node.kind() == "expansion" and depth <= MAX_DEPTH:
            return self._alternative(node, chain, depth)
        if text in ("$@", "${@}"):
            return self.parameters(inner, chain, depth)
        if re.fullmatch(r"\$\{\w+\[[@*]\]\}", text) and depth <= MAX_DEPTH:
            return self._array(variable_of(inner) or "", inner, chain, depth)
        return None

    def _alternative(self, node: SgNode, chain: Chain, depth: int) -> list[Value] | None:
        """``${X:+-d "$X"}`` with a known X: the words after ``:+``, or none for an empty X."""
        name = next((each for each in node.children() if each.kind() == "variable_name"), None)
        mark = next((index for index, each in enumerate(node.children()) if each.kind() == ":+"), None)
        if name is None or mark is None:
            return None
        value = self._variable(name.text(), node, chain, depth)
        if value is None:
            return None
        if not value.items:
            return []
        words: list[Value] = []
        glued = False
        for each in node.children()[mark + 1 : -1]:
            parts = each.children() if each.kind() == "concatenation" else [each]
            for part in parts:
                spaced = not words or self.script.text[span(part)[0] - 1].isspace()
                inner = self.word(part, chain, depth + 1)
                if glued and not spaced and inner:
                    words[-1:] = [joined((words[-1], inner[0]))]
                    inner = inner[1:]
                words += inner
                glued = True
        return words

    def _array(self, name: str, use: SgNode, chain: Chain, depth: int) -> list[Value] | None:
        assignments = self.script.values_of(name, use)
        if not assignments:
            return None
        start = span(use)[0]
        found: list[Value] = []
        for each in assignments:
            if each.value is None or each.value.kind() != "array":
                return None
            for element in each.value.children():
                if element.is_named() and element.kind() != "comment":
                    found += self.word(element, chain, depth + 1)
        return [Value(value.items, value.through | {(name, start)}) for value in found]


def _key(node: SgNode, chain: Chain) -> Key:
    return (span(node), *(span(each) for each in chain))


def _is_plain(node: SgNode) -> bool:
    """``$X``, ``${X}``, ``${X:-…}`` and ``${X:?…}`` are the variable's value where it has one."""
    return re.fullmatch(r"\$\w+|\$\{\w+(?::?[-?].*)?\}", node.text(), re.DOTALL) is not None


def _split(value: Value) -> list[Value]:
    words: list[list[Item]] = [[]]
    for item in value.items:
        if item.text.isspace():
            words.append([])
        else:
            words[-1].append(item)
    return [Value(tuple(each), value.through) for each in words if each]


def _without_tabs(value: Value) -> Value:
    items: list[Item] = []
    fresh = True
    for item in value.items:
        if fresh and item.text == "\t" and not item.hole:
            continue
        fresh = item.text == "\n"
        items.append(item)
    return Value(tuple(items), value.through)
