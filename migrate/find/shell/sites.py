"""The requests of a script: which command sends what, through helper functions too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ast_grep_py import SgNode

from migrate import contract
from migrate.contract import Operation
from migrate.find.shell.expand import Chain, Expander
from migrate.find.shell.programs import PROGRAMS, Call, Data, Kind, program_at
from migrate.find.shell.sourced import Sourced
from migrate.find.shell.values import Value
from migrate.model import HOLE

MAX_CHAINS = 64
_HTTP = frozenset(PROGRAMS)
_CLI_NAMES = frozenset((contract.CLI_PROGRAM, contract.CLI_PACKAGE))
_CLI_VALUE_OPTIONS = {"-f": "file", "--file": "file", "-i": "input", "--input": "input"}
_METHODS = frozenset(contract.METHODS.values())
_NO_HELPERS = frozenset(
    ("echo", "printf", "log", "info", "warn", "error", "debug", "die", "grep", "rg", "test", "[")
)
_PARAMETER = re.compile(r"\$\{(?:\d+|[@*])(?:[:}].*)?$", re.DOTALL)


@dataclass(frozen=True)
class Site:
    """One request.

    command: the program's command; chain: the calls through which the request is known; chains: every
    way to get there (each gives one possible body). operation: the deprecated operation, or None.
    verb: of a successor's request (``put``), else "". documented: the page's name taken for a path.
    uncertain: the method is not known. open_type: the job's type in the path is not known. constant:
    name and place of a sourced file's variable that the URL is taken from. other_method: a method that
    makes the last segments a job's own ID.
    """

    command: SgNode
    chain: Chain
    chains: tuple[Chain, ...]
    operation: Operation | None = None
    verb: str = ""
    documented: bool = False
    is_cli: bool = False
    uncertain: bool = False
    open_type: bool = False
    constant: str = ""
    other_method: str = ""

    @property
    def place(self) -> SgNode:
        """The command that a reader takes for the request."""
        return self.chain[-1] if self.chain else self.command


@dataclass(frozen=True)
class CliCall:
    """A command of Northflank's CLI. subcommand: the words ``put job manual``."""

    verb: str
    type_word: Value | None
    before_type: Value
    operation: Operation | None
    file: Value | None
    input: Value | None


class Sites:
    """Finds the requests of one script."""

    def __init__(self, expander: Expander, target_path: str, sourced: Sourced) -> None:
        self.expander = expander
        self.sourced = sourced
        self.script = expander.script
        self.target_path = target_path

    def all(self) -> list[Site]:
        """Every request to an old or new path, in the order of the commands."""
        found: list[Site] = []
        for command in self.script.commands:
            seen: set[tuple[int, ...]] = set()
            for site in self._of(command, (), 0):
                key = (site.place.range().start.index,)
                if key not in seen:
                    seen.add(key)
                    found.append(site)
        return sorted(found, key=lambda site: site.place.range().start.index)

    @cached_property
    def _callers(self) -> dict[str, list[SgNode]]:
        found: dict[str, list[SgNode]] = {}
        for command in self.script.commands:
            name = command.field("name")
            if name is not None and name.text() in self.script.functions:
                found.setdefault(name.text(), []).append(command)
        return found

    def callers(self, node: SgNode) -> list[SgNode]:
        """The calls of the function around a node."""
        name = self.script.function_of(node)
        return [each for each in self._callers.get(name or "", []) if self.script.function_of(each) != name]

    def _of(self, command: SgNode, chain: Chain, depth: int) -> Iterator[Site]:
        site, is_open = self._look(command, chain)
        if site is not None and not ((site.uncertain or site.open_type) and is_open):
            yield site
            return
        place = chain[-1] if chain else command
        callers = self.callers(place)
        if is_open and callers and depth < 5:
            for caller in callers:
                yield from self._of(command, (*chain, caller), depth + 1)
        elif site is not None:
            yield site

    def chains(self, command: SgNode, chain: Chain) -> tuple[Chain, ...]:
        """Every way from the top level to a command that goes through a chain."""
        done: list[Chain] = []
        work = [chain]
        while work and len(done) + len(work) < MAX_CHAINS:
            each = work.pop()
            callers = self.callers(each[-1] if each else command)
            if callers and len(each) < 5:
                work += [(*each, caller) for caller in callers]
            else:
                done.append(each)
        return tuple(reversed(done))

    def _look(self, command: SgNode, chain: Chain) -> tuple[Site | None, bool]:
        """The site of a command as seen through a chain, and whether more is known further up."""
        cli = self.cli(command, chain)
        if cli is not None:
            chains = self.chains(command, chain)
            return Site(command, chain, chains, cli.operation, cli.verb, is_cli=True), False
        call = self.call(command, chain)
        if call is None:
            return None, False
        is_open = call.method is None or any(_has_parameter(url) for url in call.urls)
        for url in call.urls:
            site = self._of_url(command, chain, call, url)
            if site is not None:
                return site, is_open
        return None, is_open

    def call(self, command: SgNode, chain: Chain) -> Call | None:
        """What the command line of an HTTP program says."""
        words = self.expander.words(command, chain)
        index = program_at(words, _HTTP)
        if index is None:
            return self._helper(words)
        name = words[index].text.rsplit("/", 1)[-1]
        return PROGRAMS[name](words[index + 1 :])

    def _helper(self, words: list[Value]) -> Call | None:
        """``nf PUT /projects/… BODY``, of a helper function that stands in another file."""
        name = words[0].text if words else ""
        if name in self.script.functions or name in _NO_HELPERS or not re.fullmatch(r"[\w.:/-]+", name):
            return None
        at = next((index for index, word in enumerate(words) if word.text in _METHODS), None)
        if at is None or at + 1 >= len(words) or not self._is_known(words[at].text, words[at + 1].text):
            return None
        data = [Data(Kind.FILE, each.tail(1)) if each.text.startswith("@") else Data(Kind.TEXT, each)
                for each in words[at + 2 :]]  # fmt: skip
        return Call(name, words[at].text, [words[at + 1]], data)

    def _is_known(self, method: str, path: str) -> bool:
        old = contract.match(method, path, self.target_path)
        if contract.open_operation(method, path, HOLE):
            return True
        return bool(old or contract.match_successor(method, path, self.target_path))

    def url_of(self, call: Call) -> Value | None:
        """The URL of a call that names an old or new path."""
        for url in call.urls:
            for method in [call.method] if call.method else contract.METHODS.values():
                if (
                    contract.match(method, url.text)
                    or contract.match_documented_name(url.text)
                    or contract.match_successor(method, url.text, self.target_path)
                    or contract.PATH_IN_TEXT.search(url.text)
                    or contract.open_operation(method, url.text, HOLE)
                    or self.sourced.constant_of(url, method)
                ):
                    return url
        return None

    def _of_url(self, command: SgNode, chain: Chain, call: Call, url: Value) -> Site | None:
        chains = self.chains(command, chain)
        if call.method is None:
            olds = [found for each in contract.METHODS.values() if (found := contract.match(each, url.text))]
            return Site(command, chain, chains, olds[0].operation, uncertain=True) if olds else None
        found = contract.match(call.method, url.text, self.target_path)
        if found:
            return Site(command, chain, chains, found.operation)
        unclear = contract.open_operation(call.method, url.text, HOLE)
        if unclear:
            return Site(command, chain, chains, unclear, open_type=True)
        is_put = self.target_path != contract.DOCUMENTED_NAME and call.method == contract.PUT_MANUAL.method
        if is_put and contract.match_documented_name(url.text):
            return Site(command, chain, chains, verb="put", documented=True)
        verb = contract.match_successor(call.method, url.text, self.target_path)
        if verb:
            return Site(command, chain, chains, verb=verb)
        taken = self.sourced.constant_of(url, call.method)
        if taken:
            constant = f"`{taken[0].name}` ({taken[0].where})"
            return Site(command, chain, chains, taken[1], constant=constant)
        if contract.PATH_IN_TEXT.search(url.text):
            return Site(command, chain, chains, other_method=call.method)
        return None

    def cli(self, command: SgNode, chain: Chain) -> CliCall | None:
        """A command of Northflank's CLI on jobs."""
        words = self.expander.words(command, chain)
        index = program_at(words, _CLI_NAMES)
        if index is None:
            return None
        rest = words[index + 1 :]
        plain = [word for word in rest[:6] if not word.text.startswith("-")]
        if (
            self._is_synopsis(command)
            or len(plain) < 2
            or plain[0].text not in contract.METHODS
            or plain[1].text not in ("job", "jobs")
        ):
            return None
        verb = plain[0].text
        old = contract.operation(verb, plain[2].text) if len(plain) > 2 else None
        follows = rest[rest.index(plain[1]) + 1 :]
        if old is not None and follows[0] is not plain[2]:
            old = None
        file, text = _definition_options(follows)
        return CliCall(verb, plain[2] if old else None, plain[1], old, file, text)

    def _is_synopsis(self, command: SgNode) -> bool:
        """Whether a command has alternatives in it, as help texts write them."""
        start, end = command.range().start.index, command.range().end.index
        text = self.script.text
        line_end = text.find("\n", end)
        found = contract.CLI_SYNOPSIS.search(text, start, line_end if line_end >= 0 else len(text))
        return found is not None and found.start() < end


def _definition_options(words: list[Value]) -> tuple[Value | None, Value | None]:
    found: dict[str, Value] = {}
    for index, word in enumerate(words):
        name, equals, _ = word.text.partition("=")
        option = _CLI_VALUE_OPTIONS.get(name)
        if option and equals:
            found[option] = word.tail(len(name) + 1)
        elif option and index + 1 < len(words):
            found[option] = words[index + 1]
        elif word.text[:2] in ("-f", "-i") and len(word.text) > 2 and not word.text.startswith("--"):
            found[_CLI_VALUE_OPTIONS[word.text[:2]]] = word.tail(2)
    return found.get("file"), found.get("input")


def _has_parameter(value: Value) -> bool:
    return any(item.hole and _PARAMETER.match(item.text) for item in value.items)
