"""The body of a request in a script: where it comes from, its value, and the edits that move its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ast_grep_py import SgNode

from migrate import contract, definitions, structured
from migrate.contract import Operation, Untranslatable
from migrate.embed import Unwritable
from migrate.find.shell import jq
from migrate.find.shell.expand import Chain, Expander
from migrate.find.shell.paths import Files
from migrate.find.shell.programs import Data, Kind
from migrate.find.shell.script import dominates, span
from migrate.find.shell.values import Value
from migrate.model import Edit
from migrate.source import Source


@dataclass(frozen=True)
class Body:
    """A body as one request sends it.

    model: its value (None where it is not understood); edits: what moves its keys; reason: why they
    can't be moved, half a sentence ("" where they can); file: the definition file it is read from;
    text: its source, for evidence; through: variables followed, as in `Value`.
    """

    model: Mapping[str, Any] | None
    edits: tuple[Edit, ...] = ()
    reason: str = ""
    file: str = ""
    text: str = ""
    through: frozenset[tuple[str, int]] = frozenset()


def unknown(reason: str, text: str = "") -> Body:
    """A body that is not understood."""
    return Body(None, reason=reason, text=text)


class Bodies:
    """Reads the bodies in one script."""

    def __init__(self, source: Source, expander: Expander, files: Files) -> None:
        self.source = source
        self.expander = expander
        self.files = files
        self.producers: set[tuple[int, int]] = set()

    def of(self, data: list[Data], command: SgNode, chain: Chain, old: Operation | None) -> Body:
        """The body that the data options of a command make. old: the operation to move it for, if any."""
        if not data:
            return unknown("no body is seen in the command")
        if any(each.kind is Kind.OTHER for each in data):
            written = " ".join(each.value.named for each in data)
            return unknown(f"the body is written as `{written}`, not as JSON", written)
        if len(data) > 1:
            return unknown("the body is put together from several parts")
        kind, value = data[0].kind, data[0].value
        if kind is Kind.TEXT:
            return self.of_value(value, chain, old)
        if kind is Kind.FILE:
            return self.of_file(value, command, chain, old)
        return self.of_stdin(command, chain, old)

    def of_value(self, value: Value, chain: Chain, old: Operation | None, syntax: str = "json") -> Body:
        """The body in a word of the command line."""
        node = value.only_node
        if node is not None and node.kind() == "command_substitution":
            return self._with(self.of_substitution(node, chain, old), value.through)
        if node is not None:
            return unknown(f"the value of `{node.text()}` is not known", node.text())
        return self._of_text(value, syntax, old)

    def _with(self, body: Body, through: frozenset[tuple[str, int]]) -> Body:
        return Body(body.model, body.edits, body.reason, body.file, body.text, body.through | through)

    def _of_text(self, value: Value, syntax: str, old: Operation | None) -> Body:
        text = value.named
        try:
            model = structured.load(text, syntax)
        except ValueError as error:
            if syntax == "json" and not text.strip():
                return unknown("the body is empty")
            return unknown(f"the body can't be understood ({error})", text)
        if not isinstance(model, Mapping):
            return unknown("the body is not an object", text)
        return self._moved(value, model, old, lambda one, inner: structured.move_edits(inner, syntax, one))

    def _moved(
        self,
        value: Value,
        model: Mapping[str, Any],
        old: Operation | None,
        move: jq.Move,
    ) -> Body:
        text = value.named
        if old is None:
            return Body(model, text=text, through=value.through)
        try:
            contract.upgrade_request(old, model)
            edits = self._edits(value, old, move)
        except Untranslatable as error:
            return Body(model, reason=error.reason.rstrip("."), text=text)
        except (Unwritable, ValueError) as error:
            return Body(model, reason=str(error), text=text)
        return Body(model, edits, text=text, through=value.through)

    def _edits(self, value: Value, old: Operation, move: jq.Move) -> tuple[Edit, ...]:
        """Edits for the text with its variables followed or, where these are in the way, not followed."""
        moves = move(old, value.named)
        try:
            spans = [value.edit(*each, self.source.text) for each in moves]
        except Unwritable:
            folded = value.folded
            spans = [
                folded.edit(*each, self.source.text) for each in _moves_of(folded, old, move, len(moves))
            ]
        return tuple(self.source.edit(*each) for each in spans)

    def of_file(self, value: Value, command: SgNode, chain: Chain, old: Operation | None) -> Body:
        """The body in a file that the command names, or that the script writes before."""
        writers = self._writers(value.identity)
        if writers:
            return self._of_written(value, writers, command, chain, old)
        path, reason = self.files.find(value, command, chain)
        if not path:
            return unknown(reason, value.named)
        found = self.files.project.read(path)
        text = found.text if found else ""
        if old is None:
            return Body(definitions.load(self.files.project, path), file=path, text=text)
        read = definitions.read(self.files.project, path, old)
        return Body(read.body, read.edits, read.reason.rstrip("."), path, text, value.through)

    def _writers(self, name: str) -> list[SgNode]:
        """The statements that write a file."""
        return [
            each
            for each in self.expander.script.root.find_all(kind="redirected_statement")
            for redirect in each.children()
            if redirect.kind() == "file_redirect" and redirect.text().startswith(">")
            if self.expander.value([part for part in redirect.children() if part.is_named()][-1]).identity
            == name
        ]

    def _of_written(
        self, value: Value, writers: list[SgNode], command: SgNode, chain: Chain, old: Operation | None
    ) -> Body:
        """The body that a heredoc or ``echo`` put into a file."""
        name, script = value.named, self.expander.script
        others = [
            each
            for each in script.commands
            if span(each) not in (span(command), span(writers[0].children()[0]))
            and any(word.identity.lstrip("@") == value.identity for word in self.expander.words(each))
            and not each.text().startswith(("rm ", "cat ", "trap "))
        ]
        if len(writers) != 1 or others:
            return unknown(f"the file {name} is written or read in several places")
        if script.function_of(writers[0]) != script.function_of(chain[-1] if chain else command):
            return unknown(f"the file {name} is written in another function")
        if not dominates(writers[0], chain[-1] if chain else command):
            return unknown(f"the file {name} is not written on every way there")
        return self.of_output(writers[0].children()[0], chain, old)

    def of_stdin(self, command: SgNode, chain: Chain, old: Operation | None) -> Body:
        """What a command reads from its standard input."""
        redirect = redirect_of(command)
        if redirect is not None:
            return self._of_redirect(redirect, command, chain, old)
        producer = producer_of(command)
        if producer is None:
            return unknown("the body comes from standard input")
        return self.of_output(producer, chain, old)

    def _of_redirect(self, redirect: SgNode, command: SgNode, chain: Chain, old: Operation | None) -> Body:
        if redirect.kind() == "heredoc_redirect":
            return self._of_text(self.expander.heredoc(redirect, chain), "json", old)
        target = [each for each in redirect.children() if each.is_named()]
        if not target:
            return unknown("the body comes from standard input")
        value = self.expander.value(target[-1], chain)
        if redirect.kind() == "herestring_redirect":
            return self.of_value(value, chain, old)
        if target[-1].kind() == "process_substitution":
            return self.of_substitution(target[-1], chain, old)
        return self.of_file(value, command, chain, old)

    def of_substitution(self, node: SgNode, chain: Chain, old: Operation | None) -> Body:
        """The output of ``$(…)`` as a body."""
        inner = [each for each in node.children() if each.is_named() and each.kind() != "comment"]
        if len(inner) != 1:
            return unknown("the body is the output of several commands", node.text())
        if inner[0].kind() == "file_redirect":
            return self._of_redirect(inner[0], inner[0], chain, old)
        return self.of_output(inner[0], chain, old)

    def of_output(self, node: SgNode, chain: Chain, old: Operation | None) -> Body:
        """The output of a command as a body."""
        if node.kind() == "redirected_statement":
            node = next((each for each in node.children() if each.kind() == "command"), node)
        if node.kind() == "pipeline":
            node = [each for each in node.children() if each.is_named()][-1]
        if node.kind() != "command":
            return unknown("the body is the output of a command that is not understood", node.text())
        self.producers.add(span(node))
        words = self.expander.words(node, chain)
        name = words[0].text if words else ""
        arguments = [word for word in words[1:] if not word.text.startswith("-") or word.text == "-"]
        if name == "cat":
            if not arguments or arguments[0].text == "-":
                return self.of_stdin(node, chain, old)
            if len(arguments) == 1:
                return self.of_file(arguments[0], node, chain, old)
        if name in ("echo", "printf") and arguments:
            return self._of_print(name, arguments, node, chain, old)
        if name == "envsubst" and not arguments:
            return self.of_stdin(node, chain, old)
        if name in ("jq", "gojq", "jaq"):
            return self._of_jq(words[1:], node, chain, old)
        return unknown(f"the body is the output of `{name}`", node.text())

    def _of_print(
        self, name: str, arguments: list[Value], node: SgNode, chain: Chain, old: Operation | None
    ) -> Body:
        if name == "printf":
            if len(arguments) == 2 and arguments[0].text in ("%s", "%s\\n"):
                return self.of_value(arguments[1], chain, old)
            if len(arguments) > 1 or "%" in arguments[0].text or "\\" in arguments[0].text:
                return unknown("the body is made by printf", node.text())
        if len(arguments) != 1:
            return unknown("the body is made by several words", node.text())
        return self.of_value(arguments[0], chain, old)

    def _of_jq(self, words: list[Value], node: SgNode, chain: Chain, old: Operation | None) -> Body:
        program = jq.parse(words)
        if program is None or program.text is None:
            return unknown("the body is made by a jq program that is not in the script", node.text())
        if program.text.text.strip() == "." and not program.null_input:
            if len(program.files) == 1:
                return self.of_file(program.files[0], node, chain, old)
            return self.of_stdin(node, chain, old) if not program.files else unknown("jq reads several files")
        try:
            model, move = jq.construction(program.text.named)
        except ValueError as error:
            return unknown(f"the body is made by a jq program: {error}", program.text.named)
        return self._moved(program.text, model, old, move)


def _moves_of(folded: Value, old: Operation, move: jq.Move, count: int) -> list[tuple[int, int, str]]:
    """The moves for a text whose variables are not followed; as many as for the whole text."""
    try:
        moves = move(old, folded.named)
    except ValueError:
        moves = []
    if len(moves) != count:
        names = ", ".join(dict.fromkeys(f"`{item.text}`" for item in folded.items if item.hole))
        raise Unwritable(f"a part of its JSON text comes from {names}")
    return moves


def redirect_of(command: SgNode) -> SgNode | None:
    """The redirection of a command's standard input, or None."""
    direct = [each for each in command.children() if _is_input(each)]
    if direct:
        return direct[-1]
    parent = command.parent()
    if parent is None or parent.kind() != "redirected_statement":
        return None
    first = parent.children()[0]
    if span(first) != span(command):
        return None
    return next((each for each in reversed(parent.children()) if _is_input(each)), None)


def _is_input(node: SgNode) -> bool:
    if node.kind() in ("heredoc_redirect", "herestring_redirect"):
        return True
    return node.kind() == "file_redirect" and any(each.kind() == "<" for each in node.children())


def producer_of(command: SgNode) -> SgNode | None:
    """What stands before a command in its pipeline, or None."""
    node, parent = command, command.parent()
    if parent is not None and parent.kind() == "redirected_statement":
        node, parent = parent, parent.parent()
    if parent is None or parent.kind() != "pipeline":
        return None
    parts = [each for each in parent.children() if each.is_named()]
    index = next((index for index, each in enumerate(parts) if span(each) == span(node)), 0)
    if index:
        return parts[index - 1]
    outer = parent.parent()
    # `cat <<EOF | curl …`: the pipeline's rest hangs below the heredoc's redirect
    if outer is not None and outer.kind() == "heredoc_redirect":
        statement = outer.parent()
        return statement.children()[0] if statement else None
    return None
