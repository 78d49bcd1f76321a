"""Names of the endpoint that are no understood requests: comments, texts, constants, stand-ins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from migrate import contract, evidence
from migrate.find import links
from migrate.find.javascript.client import ClientCalls
from migrate.find.javascript.derived import Derived, client_types_of
from migrate.find.javascript.doubles import mocked_client
from migrate.find.javascript.functions import references_in_reach
from migrate.find.javascript.http import HttpCalls
from migrate.find.javascript.modules import Module
from migrate.find.javascript.routes import is_route
from migrate.find.javascript.tree import Node, outermost, unwrap
from migrate.find.javascript.values import (
    Values,
    arguments,
    key_of,
    member,
    property_of,
    static_text,
    value_of,
)
from migrate.find.text import advice, names_in
from migrate.model import Action, Dismissal, Findings, Use

LANGUAGE = "javascript"
_PATTERNS = (contract.PATH_IN_PROSE, contract.CLIENT_IN_TEXT, contract.CLI_COMMAND, contract.CLI_SYNOPSIS)
TEXTS = ("string_fragment", "jsx_text")
_QUIET = re.compile(
    r"(?:^|\.)(?:get|delete|del|head|options|navigate|push|replace|require|import|use|route)$"
)
_COMMAND = "Runs the deprecated command of the CLI. Not rewritten: what it reads is not known."
_METHOD = re.compile(r"\bmethod\s*:\s*[\"'`](\w+)[\"'`]")

Span = tuple[int, int]
Mention = tuple[Node, Span, str, contract.Operation | None, str]
"""Node and span of a mention, the kind of use, the operation, and the message."""


@dataclass(frozen=True)
class Names:
    """Finds what names the endpoint in one module. covered: spans that a request explains."""

    module: Module
    values: Values
    client: ClientCalls
    http: HttpCalls
    covered: tuple[Span, ...]

    def find(self) -> Findings:
        """Uses left for a person, rewritten links, and dismissals."""
        source = self.module.source
        about = evidence.of_words(self.module.words, "the file")
        comments = [(node.start, node.end) for node in self.module.comments]
        texts = [(node.start, node.end) for node in self.module.root.walk() if node.kind in TEXTS]
        uses = list(links.find_in(source, LANGUAGE, [*comments, *texts]).uses)
        dismissals: list[Dismissal] = []
        for node, span, kind, operation, message in self._mentions():
            if self._is_covered(span):
                continue
            own = about.strong or self._is_of_client(node)
            if own and (kind == "prose" or not self._foreign(node)):
                use = self._use(span, kind, operation, message, about.pro)
                uses.append(replace(use, group=self._definition(node)) if kind == "cli-call" else use)
            elif kind != "prose":
                reason = self._foreign(node) or "nothing in the file names Northflank"
                dismissals.append(Dismissal(source.line_column(span[0])[0], reason))
        uses += map(self._type_use, client_types_of(self.module, self.client))
        uses += self._in_markup()
        return Findings(tuple(uses), tuple(dismissals))

    def _is_covered(self, span: Span) -> bool:
        return any(start < span[1] and span[0] < end for start, end in self.covered)

    def _definition(self, node: Node) -> str:
        """The group of the definition that a command reads: it must not move without the command."""
        from migrate.definitions import group_of  # noqa: PLC0415 (parsers that few files need)

        texts = (each.text for each in node.walk() if each.kind in TEXTS)
        words = " ".join(texts).replace("=", " ").split()
        named = next((word for flag, word in pairwise(words) if flag in ("-f", "--file")), None)
        project = self.values.workspace.project
        places = (project.beside(self.module.path, named), project.from_root(named)) if named else ()
        return next((group_of(path) for path in places if project.exists(path)), "")

    def _is_of_client(self, node: Node) -> bool:
        """Whether a place is one of a client that another module made."""
        subject = arguments(node)[0] if node.kind == "call_expression" and arguments(node) else node
        if subject.kind not in ("member_expression", "subscript_expression"):
            return False
        return self.client.package(self.client.chain(subject).root) == contract.JS_CLIENT_PACKAGE

    def _foreign(self, node: Node) -> str:
        if _is_page(node):
            return "a route of a page"
        call = next((each for each in node.up() if each.kind == "call_expression"), None)
        return "a route of a server of one's own" if call is not None and is_route(call, self.values) else ""

    def _use(
        self,
        span: Span,
        kind: str,
        operation: contract.Operation | None,
        message: str,
        pro: tuple[str, ...],
    ) -> Use:
        return self.module.source.use(
            span,
            kind=kind,
            language=LANGUAGE,
            action=Action.REVIEW,
            operation=operation.name if operation else "",
            message=message,
            advice=_advice(kind, operation or contract.PUT_MANUAL),
            evidence=pro,
        )

    def _type_use(self, found: Derived) -> Use:
        """A type that is derived from the old method, or named in a comment."""
        use = self._use((found.start, found.end), "client-type", found.operation, "", ())
        return replace(
            use,
            message="Types something after the old operation. Not rewritten: what it types is not known.",
            advice=f"Move the keys of what it types into `{contract.SETTINGS}`, then write `{found.new}`.",
            evidence=(f"it is a type of {contract.JS_CLIENT_PACKAGE}",),
        )

    def _mentions(self) -> Iterator[Mention]:
        for node in self.module.root.walk():
            if node.kind == "comment":
                for span, operation, _ in _named(node):
                    yield node, span, "prose", operation, "A comment names the deprecated operation."
            elif node.kind in TEXTS:
                yield from self._in_string(node)
            elif node.kind == "regex_pattern" and _matches_path(node.text):
                message = "A pattern matches the deprecated path."
                yield node, (node.start, node.end), "endpoint-name", None, message
            elif node.kind == "member_expression":
                yield from self._in_chain(node)
            elif node.kind == "subscript_expression":
                yield from self._in_subscript(node)
            elif node.kind == "array":
                yield from self._in_array(node)
            elif node.kind == "call_expression":
                yield from self._in_call(node)
        for node, operation in mocked_client(self.module.root):
            message = (
                f"Stands in for the client's {operation.name}. Not rewritten: its successor, "
                f"{operation.new_name}, is a function itself."
            )
            yield node, (node.start, node.end), "test-double", operation, message

    def _in_string(self, node: Node) -> Iterator[Mention]:
        named = list(_named(node))
        if not named or _is_import(node) or self._other_request(node):
            return
        for span, operation, is_command in named:
            kind = "cli-call" if is_command else "endpoint-name"
            message = "A text names the deprecated operation, and it is not understood as a request."
            if is_command and any(map(_is_handed_on, node.up())):
                message = _COMMAND
            yield node, span, kind, operation, message

    def _in_chain(self, node: Node) -> Iterator[Mention]:
        found = member(node)
        if found is None or found[1] not in contract.JOB_TYPES:
            return
        names = self.client.chain(node).names
        operation = (
            contract.operation(names[-3], names[-1]) if len(names) > 2 and names[-2] == "job" else None
        )
        queried = any(each.kind == "type_query" for each in node.up())
        if operation is not None and not queried:
            message = f"Uses {operation.name} in a way that is not understood as a request."
            yield node, (node.start, node.end), "client-call", operation, message

        elif self.client.verb_unknown(node):
            message = f"Uses {node.text} of the client with a verb that is not known here."
            yield node, (node.start, node.end), "client-call", None, " ".join(message.split())

    def _in_call(self, node: Node) -> Iterator[Mention]:
        operation = self.client.replaced(node)
        if operation is not None:
            message = (
                f"Puts something in the place of the client's {operation.name}. Not rewritten: what it "
                "answers is not known."
            )
            yield node, (node.start, node.end), "test-double", operation, message

    def _in_subscript(self, node: Node) -> Iterator[Mention]:
        names = self.client.chain(node.first).names if node.first is not None else ()
        if member(node) is None and len(names) > 1 and names[-1] == "job" and names[-2] in contract.METHODS:
            message = f"Uses {'.'.join(names[-2:])}[…] of the client with a type that is not known here."
            yield node, (node.start, node.end), "client-call", None, message

    def _in_array(self, node: Node) -> Iterator[Mention]:
        words = [static_text(unwrap(each)) for each in node.parts]
        programs = (static_text(unwrap(each)) for each in self._given_before(node))
        text = " ".join(word or "?" for word in [*programs, *words] if word is not None)
        found = contract.CLI_COMMAND.search(text)
        if found is not None:
            operation = contract.operation(found["verb"], found["type"])
            yield node, (node.start, node.end), "cli-call", operation, _COMMAND

    def _given_before(self, node: Node) -> list[Node]:
        """The arguments before a list of arguments, also where the list has a name: the program's name."""
        places = [outermost(node)]
        holder = places[0].parent
        if holder is not None and holder.kind == "variable_declarator" and holder.first is not None:
            binding = self.values.binding(holder.first)
            places = binding.references if binding is not None else []
        for place in places:
            call = (
                place.parent.parent if place.parent is not None and place.parent.kind == "arguments" else None
            )
            given = arguments(call) if call is not None else []
            if place in given:
                return given[: given.index(place)]
        return []

    def _other_request(self, node: Node) -> bool:
        """Whether a text is sent with another method, or only read by code that is understood otherwise."""
        holder = outermost(_whole(node))
        parent = holder.parent
        if parent is not None and parent.kind == "variable_declarator" and parent.first is not None:
            binding = self.values.binding(parent.first)
            references = references_in_reach(binding, self.values) if binding is not None else []
            return bool(references) and all(
                self._is_covered((each.start, each.end)) or self._in_other_request(each)
                for each in references
            )
        return self._in_other_request(node)

    def _in_other_request(self, node: Node) -> bool:
        if _has_other_method(node):
            return True
        call = next((each for each in node.up() if each.kind in ("call_expression", "new_expression")), None)
        if call is None or call.first is None:
            return False
        name = call.first.text
        if _QUIET.search(name):
            return True
        described = self.http.described(call)
        if described is not None:
            return not is_route(call, self.values)
        options = " ".join(each.text for each in arguments(call)[1:])
        method = _METHOD.search(options)
        if method is not None:
            return method[1].upper() not in contract.METHODS.values()
        return name.split(".")[-1] in ("fetch", "request") and "method" not in options

    def _in_markup(self) -> Iterator[Use]:
        """What the template of a component names."""
        if self.module.code == self.module.text:
            return
        scripts = [(node.start, node.end) for node in self.module.root.parts]
        found = names_in(self.module.source, LANGUAGE, "it stands in a template", explained=scripts)
        yield from (use for use in found.uses if use.kind != "docs-link")


def _advice(kind: str, operation: contract.Operation) -> str:
    if kind == "test-double":
        return (
            f"Let the stand-in be {operation.new_name} itself, and put the keys that move into "
            f"`{contract.SETTINGS}` in what it expects and answers."
        )
    if kind == "cli-call":
        return (
            f"Write `{operation.new_cli}` once a CLI newer than {contract.LAST_CLI_WITHOUT_SUCCESSOR} is "
            f"installed, and move {', '.join(f'{move.key} → {move.dotted}' for move in operation.moves)}."
        )
    return advice(operation)


def _is_page(node: Node) -> bool:
    """Whether a text is a page's path: ``<Route path="…">``, ``{ path: "…", component: … }``."""
    holder = _whole(node).parent
    if holder is None or holder.kind == "jsx_attribute":
        return holder is not None
    around = holder.parent
    keys = {key_of(each) for each in around.parts} if around is not None and holder.kind == "pair" else set()
    return key_of(holder) == "path" and bool(
        keys & {"component", "element", "children", "loader", "redirect"}
    )


def _is_handed_on(node: Node) -> bool:
    """Whether a node is what a call gets: its arguments, or the template after a tag."""
    tagged = (
        node.kind == "template_string" and node.parent is not None and node.parent.kind == "call_expression"
    )
    return node.kind == "arguments" or tagged


def _named(node: Node) -> Iterator[tuple[Span, contract.Operation | None, bool]]:
    for pattern in _PATTERNS:
        for found in pattern.finditer(node.text):
            verb = found.groupdict().get("verb")
            operation = contract.operation(verb, found["type"]) if verb else None
            span = (node.start + found.start(), node.start + found.end())
            yield span, operation, pattern in (contract.CLI_COMMAND, contract.CLI_SYNOPSIS)


def _has_other_method(node: Node) -> bool:
    """Whether a text stands in a table's entry with a method of its own that is not deprecated."""
    entry = _whole(node).parent
    around = entry.parent if entry is not None and entry.kind == "pair" else None
    prop = property_of(around, "method") if around is not None and around.kind == "object" else None
    value = value_of(prop) if prop is not None else None
    method = static_text(unwrap(value)) if value is not None else None
    return method is not None and method.upper() not in contract.METHODS.values()


def _matches_path(pattern: str) -> bool:
    """Whether a regular expression names the old path."""
    return contract.PATH_IN_PROSE.search(pattern.replace("\\", "").rstrip("$")) is not None


def _is_import(node: Node) -> bool:
    statement = node.parent.parent if node.parent else None
    return statement is not None and statement.kind in ("import_statement", "export_statement", "module")


def _whole(node: Node) -> Node:
    """The whole string expression around a fragment."""
    found = node.parent or node
    while found.parent is not None and found.parent.kind in ("binary_expression", "template_string"):
        found = found.parent
    return found
