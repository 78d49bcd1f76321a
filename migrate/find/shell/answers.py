"""What a script reads from the answer to a request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ast_grep_py import SgNode

from migrate import contract
from migrate.contract import Operation
from migrate.embed import Unwritable
from migrate.find.shell import jq, jq_reads
from migrate.find.shell.bodies import producer_of, redirect_of
from migrate.find.shell.expand import Expander
from migrate.find.shell.jq_tokens import NotUnderstoodError
from migrate.find.shell.programs import PROGRAMS, program_at
from migrate.find.shell.script import span, variable_of, walk
from migrate.find.shell.values import Value
from migrate.model import Edit
from migrate.source import Source

_READER = re.compile(r"g?jq|jaq|yq|fx|gron|python[\d.]*|node|ruby|perl|[ef]?grep|sed|g?awk")
_HTTP = frozenset(PROGRAMS)
_PARTS = ("string", "concatenation", "array")
_SHOWING_WORDS = """
    cat tee head tail less more sed grep egrep fgrep echo printf test [ [[ rm touch chmod
    json_pp pygmentize bat logger column true : log info debug warn error die fail yes
"""
_SHOWING = frozenset(_SHOWING_WORDS.split())
"""Programs that show or hand through a text, or whose own text shows what they look for."""
_JQ = frozenset(("jq", "gojq", "jaq"))


@dataclass
class Reads:
    """edits: for the keys that are read; reason: why not all of them can be rewritten, half a sentence.

    printed: whether the answer, or the job in it, ends in what the script or function prints.
    handed_on: where the answer goes to what is not followed, and what that is.
    """

    edits: list[Edit] = field(default_factory=list)
    reason: str = ""
    printed: bool = False
    handed_on: list[tuple[tuple[int, int], str]] = field(default_factory=list)


class Answers:
    """Follows answers through pipes, variables and files in one script."""

    def __init__(self, source: Source, expander: Expander) -> None:
        self.source = source
        self.expander = expander
        self.script = expander.script
        self.seen: set[tuple[int, int]] = set()
        self._strange = ""
        self._files: set[str] = set()
        self._loose: dict[Operation, str] = {}

    def of(self, places: list[SgNode], output: str | None, operation: Operation, *, is_cli: bool) -> Reads:
        """Everything that reads the answer.

        places: the command and the calls of the functions around it; output: the file that it goes to.
        """
        reads = Reads()
        level = jq_reads.DATA if is_cli else jq_reads.ROOT
        own = {span(place) for place in places}
        work = [(each, level) for place in places for each in self._next(place, output, own, reads)]
        done: set[tuple[tuple[int, int], str]] = set()
        while work:
            consumer, level = work.pop(0)
            if (span(consumer), level) in done:
                continue
            done.add((span(consumer), level))
            self.seen.add(span(consumer))
            handed_on = self._read(consumer, operation, level, reads)
            if handed_on:
                work += [(each, handed_on) for each in self._next(consumer, None, own, reads)]
        return reads

    def _next(
        self, place: SgNode, output: str | None, own: set[tuple[int, int]], reads: Reads
    ) -> list[SgNode]:
        """The commands that get what a command prints or writes into a file."""
        self._strange, self._files = "", set()
        consumers = list(self._consumers(place, reads))
        reads.reason = reads.reason or self._strange
        outputs = {output} if output else set()
        outputs |= {*self._files, *self._teed(place)}
        for name in sorted(outputs - {"/dev/null", "-", "/dev/stdout", "/dev/stderr", "/dev/tty"}):
            users = [
                each
                for each in self.script.commands
                if span(each) not in own | {span(place)} and self._names_file(each, name)
            ]
            consumers += users
            if not users:
                reads.handed_on.append((span(place), f"it is written to `{_shown(name)}`"))
            self._look_for_alias(name, reads)
            if any(program_at(self.expander.words(each), _HTTP) is not None for each in users):
                reads.reason = f"another request uses the file {_shown(name)} too"
        reads.printed |= not consumers and not outputs
        return consumers

    def _look_for_alias(self, name: str, reads: Reads) -> None:
        """The same file may be named from another folder: ``cd "$DIR" && jq … answer.json``."""
        last = name.rpartition("/")[2]
        for command in self.script.commands:
            for word in self.expander.words(command)[1:]:
                if word.identity != name and last != "null" and word.identity.rpartition("/")[2] == last:
                    line, _ = self.source.line_column(span(command)[0])
                    reads.reason = f"`{word.named}` in line {line} may be the file that the answer is in"

    def _teed(self, command: SgNode) -> Iterator[str]:
        words = self.expander.words(command)
        if words and words[0].text == "tee":
            yield from (word.identity for word in words[1:] if not word.text.startswith("-"))

    def loose(self, operation: Operation, producers: set[tuple[int, int]]) -> str:
        """Why a script can't be rewritten in which something reads a moved key of nobody knows what."""
        if operation not in self._loose:
            self._loose[operation] = self._loose_reader(operation, producers)
        return self._loose[operation]

    def _loose_reader(self, operation: Operation, producers: set[tuple[int, int]]) -> str:
        for command in self.script.commands:
            text = self._whole(command)
            words = self.expander.words(command)
            name = words[0].text.rsplit("/", 1)[-1] if words else ""
            if span(command) in self.seen | producers or not _READER.fullmatch(name):
                continue
            new = re.sub(rf"{contract.SETTINGS}\W{{0,4}}(?:{contract.CRON}\W{{0,4}})?\w+", "", text)
            if any(re.search(rf"\b{key}\b", new) for key in operation.moved_keys) and self._input_unknown(
                command
            ):
                line, _ = self.source.line_column(span(command)[0])
                return f"`{name}` in line {line} may read a moved key from the answer"
        elsewhere = jq.count_reads(self.source.around, operation) - jq.count_reads(
            self.source.text, operation
        )
        return "another part of the file reads a moved key from an answer" if elsewhere > 0 else ""

    def _input_unknown(self, command: SgNode) -> bool:
        """Whether a command reads its standard input, and nobody knows from where."""
        redirect, producer = redirect_of(command), producer_of(command)
        if redirect is None and producer is None:
            arguments = [word for word in self.expander.words(command)[1:] if not word.text.startswith("-")]
            return len(arguments) < 2
        source = redirect or producer
        names = (
            [variable_of(each) or "" for each in walk(source) if "expansion" in each.kind()] if source else []
        )
        is_print = redirect is not None or (
            source is not None and source.text().startswith(("echo", "printf"))
        )
        return is_print and any(self.script.values_of(name, command) is None for name in names)

    def _whole(self, command: SgNode) -> str:
        parent = command.parent()
        return (parent if parent and parent.kind() == "redirected_statement" else command).text()

    def _names_file(self, command: SgNode, output: str) -> bool:
        return any(word.identity == output for word in self.expander.words(command)[1:]) or any(
            self.expander.value(each).identity == output
            for redirect in (command.parent() or command).children()
            if redirect.kind() == "file_redirect" and redirect.text().startswith("<")
            for each in redirect.children()
            if each.is_named()
        )

    def _consumers(self, place: SgNode, reads: Reads) -> Iterator[SgNode]:
        """The commands that get what a command prints, through groups and loops around it.

        Files that it is redirected to are added to `_files`.
        """
        node = place
        while (parent := node.parent()) is not None and parent.kind() != "function_definition":
            kind = parent.kind()
            if kind == "pipeline":
                parts = [each for each in parent.children() if each.is_named()]
                at = next((index for index, each in enumerate(parts) if span(each) == span(node)), len(parts))
                if at + 1 < len(parts):
                    yield from self._piped(parts[at + 1])
                    return
            elif kind == "redirected_statement":
                rest = _rest_of_heredoc(parent)
                if rest is not None and node.kind() != "heredoc_redirect":
                    yield from self._piped(rest)
                    return
                files = list(self._written(parent))
                if files:
                    self._files |= set(files)
                    return
            elif kind in ("command_substitution", "process_substitution"):
                yield from self._substituted(parent, reads)
                return
            node = parent

    def _written(self, statement: SgNode) -> Iterator[str]:
        """Files that a statement's standard output is redirected to."""
        for redirect in statement.children():
            text = redirect.text()
            if redirect.kind() == "file_redirect" and re.match(r"1?>(?!&)|&>|>&(?!\d)", text):
                target = [each for each in redirect.children() if each.is_named()]
                if target:
                    yield self.expander.value(target[-1]).identity

    def _piped(self, part: SgNode) -> Iterator[SgNode]:
        """The commands that read a pipe."""
        if part.kind() not in ("command", "redirected_statement", "negated_command"):
            self._look_into(part, None)
        yield from _commands([part])

    def _substituted(self, node: SgNode, reads: Reads) -> Iterator[SgNode]:
        parent = node.parent()
        while parent is not None and parent.kind() in ("string", "concatenation", "array", "heredoc_body"):
            parent = parent.parent()
        if parent is None:
            return
        if parent.kind() in ("command", "herestring_redirect", "heredoc_redirect", "file_redirect"):
            yield from self._printed(parent, reads)
        if parent.kind() == "variable_assignment":
            field_ = parent.field("name")
            name = field_.text().split("[")[0] if field_ else ""
            if name in self.script.exported:
                reads.handed_on.append((span(parent), f"other programs see `{name}`"))
            yield from self._variable(name, span(parent), 0, reads)

    def _variable(self, name: str, assigned: tuple[int, int], depth: int, reads: Reads) -> Iterator[SgNode]:
        """The commands that get the value which a variable was given in one assignment."""
        for node in self.script.root.find_all(any=[{"kind": "simple_expansion"}, {"kind": "expansion"}]):
            known = self.script.values_of(name, node) if variable_of(node) == name else []
            if variable_of(node) == name and (known is None or any(each.span == assigned for each in known)):
                parent = node.parent()
                while parent is not None and parent.kind() in (*_PARTS, "heredoc_body"):
                    parent = parent.parent()
                self._look_into(node, parent)
                if parent is not None and parent.kind() == "variable_assignment" and depth < 4:
                    other = parent.field("name")
                    yield from self._variable(other.text() if other else "", span(parent), depth + 1, reads)
                elif parent is not None:
                    yield from self._printed(parent, reads)

    def _look_into(self, node: SgNode, parent: SgNode | None) -> None:
        """Note where the shell itself looks for a moved key: ``${ANSWER#*"key":}``, ``[[ … =~ key ]]``."""
        tested = parent is not None and parent.kind() in (
            "binary_expression",
            "test_command",
            "case_statement",
        )
        text = parent.text() if parent is not None and tested else node.text()
        key = next((each for each in contract.MOVED_KEYS if each in text), "")
        if key:
            line, _ = self.source.line_column(span(node)[0])
            self._strange = f"the shell looks for `{key}` in the answer in line {line}"

    def _printed(self, node: SgNode, reads: Reads) -> Iterator[SgNode]:
        """The commands that get a text which stands in a command or after ``<<<``."""
        if node.kind() in ("herestring_redirect", "heredoc_redirect", "file_redirect"):
            statement = node.parent()
            yield from _commands([statement] if statement else [])
        elif node.kind() == "command":
            words = self.expander.words(node)
            if words and words[0].text in ("echo", "printf"):
                yield from self._consumers(node, reads)
            else:
                yield node

    def _read(self, command: SgNode, operation: Operation, level: str, reads: Reads) -> str:
        """Note what one command reads; returns what it hands on: the answer, the job in it, or ""."""
        words = self.expander.words(command)
        index = program_at(words, _JQ)
        if index is None:
            text = self._whole(command)
            function = self.script.functions.get(words[0].text) if words else None
            text += f"\n{function.text()}" if function else ""
            if any(re.search(rf"\b{key}\b", text) for key in operation.moved_keys):
                reads.reason = f"`{words[0].text if words else '?'}` reads a moved key from the answer"
            name = words[0].text.rsplit("/", 1)[-1] if words else ""
            if function is None and name not in _SHOWING and not _is_json_tool(words):
                reads.handed_on.append((span(command), f"`{name}` gets it"))
            return level
        program = jq.parse(words[index + 1 :])
        line, _ = self.source.line_column(span(command)[0])
        if program is None or program.text is None:
            reads.reason = f"the answer is read in line {line} by a jq program that is not in the script"
            return ""
        if program.null_input or program.is_other_input:
            reads.reason = f"jq in line {line} takes its input in a way that is not understood"
            return ""
        try:
            found = jq_reads.read(program.text.named, operation, level)
            spans = [program.text.edit(*each, self.source.text) for each in found.edits]
        except NotUnderstoodError:
            reads.reason = f"the jq program in line {line} does more with the answer than can be followed"
            return ""
        except Unwritable as error:
            reads.reason = str(error)
            return ""
        reads.edits += [self.source.edit(*each) for each in spans]
        return found.output


def _rest_of_heredoc(statement: SgNode) -> SgNode | None:
    """What stands behind the pipe in ``command <<EOF | …``, which hangs below the heredoc's redirect."""
    for redirect in statement.children():
        if redirect.kind() == "heredoc_redirect":
            for each in redirect.children():
                if each.kind() == "pipeline":
                    return next((part for part in each.children() if part.is_named()), None)
    return None


def _shown(identity: str) -> str:
    return re.sub(r"@\d+", "", identity)


def _is_json_tool(words: list[Value]) -> bool:
    return [word.text for word in words[1:3]] == ["-m", "json.tool"]


def _commands(nodes: list[SgNode]) -> Iterator[SgNode]:
    for node in nodes:
        if node.kind() == "command":
            yield node
        else:
            yield from (each for each in node.children() if each.kind() == "command")
