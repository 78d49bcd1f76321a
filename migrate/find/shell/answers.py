"""What a script reads from the answer to a request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ast_grep_py import SgNode

from migrate.contract import Operation
from migrate.embed import Unwritable
from migrate.find.shell import jq
from migrate.find.shell.expand import Expander
from migrate.find.shell.programs import program_at
from migrate.find.shell.script import span, variable_of
from migrate.model import Edit
from migrate.source import Source

_JQ = frozenset(("jq", "gojq", "jaq"))


@dataclass
class Reads:
    """edits: for the keys that are read; reason: why not all of them can be rewritten, half a sentence."""

    edits: list[Edit] = field(default_factory=list)
    reason: str = ""


class Answers:
    """Follows answers through pipes, variables and files in one script."""

    def __init__(self, source: Source, expander: Expander) -> None:
        self.source = source
        self.expander = expander
        self.script = expander.script

    def of(self, places: list[SgNode], output: str | None, operation: Operation, *, is_cli: bool) -> Reads:
        """Everything that reads the answer.

        places: the command and the calls of the functions around it; output: the file that it goes to.
        """
        reads = Reads()
        consumers = [each for place in places for each in self._consumers(place)]
        if output:
            consumers += [each for each in self.script.commands if self._names_file(each, output)]
        seen: set[tuple[int, int]] = set()
        for consumer in consumers:
            if span(consumer) not in seen:
                seen.add(span(consumer))
                self._read(consumer, operation, is_cli, reads)
        return reads

    def _names_file(self, command: SgNode, output: str) -> bool:
        return any(word.known == output for word in self.expander.words(command)[1:]) or any(
            self.expander.value(each).known == output
            for redirect in (command.parent() or command).children()
            if redirect.kind() == "file_redirect" and redirect.text().startswith("<")
            for each in redirect.children()
            if each.is_named()
        )

    def _consumers(self, place: SgNode) -> Iterator[SgNode]:
        node = place
        parent = node.parent()
        while parent is not None and parent.kind() in ("redirected_statement", "negated_command", "list"):
            node, parent = parent, parent.parent()
        if parent is not None and parent.kind() == "pipeline":
            parts = [each for each in parent.children() if each.is_named()]
            at = next((index for index, each in enumerate(parts) if span(each) == span(node)), len(parts))
            yield from _commands(parts[at + 1 :])
            node, parent = parent, parent.parent()
        while parent is not None and parent.kind() in ("redirected_statement", "list", "string"):
            parent = parent.parent()
        if parent is not None and parent.kind() == "command_substitution":
            yield from self._substituted(parent)

    def _substituted(self, node: SgNode) -> Iterator[SgNode]:
        parent = node.parent()
        while parent is not None and parent.kind() in ("string", "concatenation"):
            parent = parent.parent()
        if parent is None:
            return
        if parent.kind() in ("command", "herestring_redirect"):
            yield from self._printed(parent)
        if parent.kind() == "variable_assignment":
            name = parent.field("name")
            yield from self._variable(name.text() if name else "", span(parent)[1])

    def _variable(self, name: str, after: int) -> Iterator[SgNode]:
        for node in self.script.root.find_all(any=[{"kind": "simple_expansion"}, {"kind": "expansion"}]):
            if variable_of(node) == name and span(node)[0] >= after:
                parent = node.parent()
                while parent is not None and parent.kind() in ("string", "concatenation"):
                    parent = parent.parent()
                if parent is not None:
                    yield from self._printed(parent)

    def _printed(self, node: SgNode) -> Iterator[SgNode]:
        """The commands that get a text which stands in a command or after ``<<<``."""
        if node.kind() == "herestring_redirect":
            statement = node.parent()
            yield from _commands([statement] if statement else [])
        elif node.kind() == "command":
            words = self.expander.words(node)
            if words and words[0].text in ("echo", "printf"):
                yield from self._consumers(node)
            else:
                yield node

    def _read(self, command: SgNode, operation: Operation, is_cli: bool, reads: Reads) -> None:
        words = self.expander.words(command)
        index = program_at(words, _JQ)
        if index is None:
            if any(re.search(rf"\b{key}\b", command.text()) for key in operation.moved_keys):
                reads.reason = f"`{words[0].text if words else '?'}` reads a moved key from the answer"
            return
        program = jq.parse(words[index + 1 :])
        if program is None or program.text is None:
            reads.reason = "the answer is read by a jq program that is not in the script"
            return
        edits, is_all = jq.reads(program.text.named, operation, envelope=not is_cli)
        if not is_all:
            line, _ = self.source.line_column(span(command)[0])
            reads.reason = f"the jq program in line {line} reads a moved key in a way that is not understood"
        try:
            spans = [program.text.edit(start, end, new, self.source.text) for start, end, new in edits]
        except Unwritable as error:
            reads.reason = str(error)
            return
        reads.edits += [self.source.edit(start, end, new) for start, end, new in spans]


def _commands(nodes: list[SgNode]) -> Iterator[SgNode]:
    for node in nodes:
        if node.kind() == "command":
            yield node
        else:
            yield from (each for each in node.children() if each.kind() == "command")
