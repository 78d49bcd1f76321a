"""Names of the endpoint that are no requests: comments, docstrings, texts, constants."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import libcst as cst

from migrate import contract, evidence
from migrate.find.python import importers, imports, urls
from migrate.find.python.engine import Engine
from migrate.find.python.module import Module
from migrate.find.python.values import Text, each_of
from migrate.find.text import advice
from migrate.model import Action, Dismissal, Findings, Use

LANGUAGE = "python"

_NAMES = (
    contract.PATH_IN_PROSE,
    contract.CLIENT_IN_TEXT,
    contract.CLI_COMMAND,
    contract.CLI_SYNOPSIS,
    contract.DOCS_LINK,
)
_ROUTE_WORDS = (
    "route",
    "path",
    "re_path",
    "add_url_rule",
    "url",
    "add_route",
    "Route",
    "websocket",
    "Mount",
    "api_route",
)
_ROUTERS = re.compile(
    r"(?:^|\.|_)(?:app|api|router|routes|blueprint|bp|web|application|server|urlpatterns)\b"
)


_MOCKS = re.compile(r"\b(?:responses|respx|requests_mock|httpretty|aioresponses|httpserver|httpx_mock)\b")
_IN_PATTERN = re.compile(
    rf"{contract.COLLECTION}/\((?:\?:)?(?:{'|'.join(contract.JOB_TYPES)})\b"
    rf"|{contract.COLLECTION}/(?:{'|'.join(contract.JOB_TYPES)})(?:[|).(]|/\?)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that names the endpoint. kind: a kind of use; span: its characters; operation: if known."""

    span: tuple[int, int]
    kind: str
    operation: contract.Operation | None
    node: cst.CSTNode


def complete(
    engine: Engine, module: Module, found: Findings, explained: Sequence[tuple[int, int]] = ()
) -> Findings:
    """The findings with those for names of the endpoint outside of understood requests.

    explained: places that another finder has accounted for.
    """
    about = evidence.of_words(module.source.around + module.text, "the file")
    covered = [*_covered(engine, module), *explained]
    uses, dismissals = list(found.uses), list(found.dismissals)
    follow: list[str] = []
    known_lines = {each.line for each in dismissals}
    for mention in _mentions(module):
        line, _ = module.source.line_column(mention.span[0])
        if any(low < mention.span[1] and mention.span[0] < high for low, high in covered):
            continue
        senders = importers.senders(engine, module, mention.span) if mention.kind == "endpoint-name" else []
        if senders:
            follow += senders
            continue
        foreign = _foreign(engine, module, mention) if mention.kind in ("endpoint-name", "cli-call") else ""
        if not about.strong and not foreign and mention.kind != "docs-link":
            foreign = "nothing in the file names Northflank"
        if foreign:
            if line not in known_lines:
                known_lines.add(line)
                dismissals.append(Dismissal(line, foreign))
            continue
        uses.append(_use(module, mention, about.pro))
    uses.sort(key=lambda use: (use.start, use.end))
    dismissals.sort(key=lambda each: each.line)
    return Findings(tuple(uses), tuple(dismissals), found.requests, tuple(dict.fromkeys(follow)))


def _use(module: Module, mention: Mention, pro: tuple[str, ...]) -> Use:
    operation = mention.operation or contract.PUT_MANUAL
    if mention.kind == "docs-link":
        message = f"Links to the page of the deprecated operation {operation.name}."
        say = f"Link to {operation.new_docs_page} instead of {operation.old_docs_page}."
    elif mention.kind == "cli-call":
        why = "the successor needs a newer CLI"
        message = f"Runs the deprecated command {operation.old_cli}. Not rewritten: {why}."
        say = f"Once the CLI has it, run {operation.new_cli}, and move the keys of its definition."
    elif mention.kind == "prose":
        why = "only a person can say what the words should tell"
        message = f"Names a deprecated operation in words. Not rewritten: {why}."
        say = f"Speak of {operation.method} …{operation.new_path} ({operation.new_name} in the client)."
    else:
        message = "Names a deprecated operation. Not rewritten: it is not understood as a request."
        say = "See what it is used for. " + advice(operation)
    return module.source.use(
        mention.span,
        kind=mention.kind,
        language=LANGUAGE,
        action=Action.REVIEW,
        message=message,
        advice=say,
        operation=mention.operation.name if mention.operation else "",
        evidence=pro,
    )


def _mentions(module: Module) -> Iterator[Mention]:
    for node, (start, end) in module.spans.items():
        if isinstance(node, cst.Comment):
            yield from _in_text(module, node, start, end, prose=True)
        elif isinstance(node, (cst.SimpleString, cst.FormattedStringText)):
            yield from _in_text(module, node, start, end, prose=_is_docstring(module, node))
            yield from _relative(module, node)
            yield from _in_pattern(module, node)
        elif isinstance(node, (cst.List, cst.Tuple)):
            yield from _in_command(module, node)
        elif isinstance(node, cst.Attribute):
            dotted = imports.dotted_name(node)
            name = ".".join(dotted.split(".")[-3:])
            if name in contract.BY_NAME:
                yield Mention((start, end), "endpoint-name", contract.BY_NAME[name], node)


def _relative(module: Module, node: cst.CSTNode) -> Iterator[Mention]:
    """A string that is the path without a slash before it."""
    value = node.evaluated_value if isinstance(node, cst.SimpleString) else None
    if isinstance(value, str) and not value.startswith("/"):
        found = contract.match(contract.PUT_MANUAL.method, value)
        if found is not None and found.start == 0:
            yield Mention(module.span(node), "endpoint-name", found.operation, node)


def _in_pattern(module: Module, node: cst.CSTNode) -> Iterator[Mention]:
    """A mock's pattern that goes on behind the path, or has it among alternatives."""
    argument = module.parents.get(node)
    around = module.parents.get(argument) if isinstance(argument, cst.Arg) else None
    if not isinstance(around, cst.Call) or not isinstance(node, cst.SimpleString):
        return
    named = isinstance(argument, cst.Arg) and argument.keyword is not None and argument.keyword.value
    if named != "url__regex" and module.code(around.func) != "re.compile":
        return
    if _MOCKS.search(module.text) and _IN_PATTERN.search(module.code(node)):
        yield Mention(module.span(node), "endpoint-name", contract.PUT_MANUAL, node)


def _in_command(module: Module, node: cst.List | cst.Tuple) -> Iterator[Mention]:
    """The CLI's command as a list of words."""
    words = [each.value for each in node.elements]
    texts = [each.evaluated_value if isinstance(each, cst.SimpleString) else "?" for each in words]
    found = contract.CLI_COMMAND.search(" ".join(str(text) for text in texts))
    if found:
        yield Mention(module.span(node), "cli-call", contract.operation(found["verb"], found["type"]), node)


def _in_text(module: Module, node: cst.CSTNode, start: int, end: int, *, prose: bool) -> Iterator[Mention]:
    text = module.text[start:end]
    for pattern in _NAMES:
        for found in pattern.finditer(text):
            if (
                found.end() == len(text)
                and isinstance(node, cst.FormattedStringText)
                and not _ends(module, node)
            ):
                continue
            groups = found.groupdict()
            verb, job_type = groups.get("verb"), groups.get("type")
            operation = contract.operation(verb, found["type"]) if verb else _by_type(job_type)
            kind = "docs-link" if pattern is contract.DOCS_LINK else "prose" if prose else "endpoint-name"
            yield Mention((start + found.start(), start + found.end()), kind, operation, node)


def _ends(module: Module, node: cst.FormattedStringText) -> bool:
    """Whether the f-string ends with this text."""
    parent = module.parents[node]
    return not isinstance(parent, cst.FormattedString) or parent.parts[-1] is node


def _by_type(job_type: str | None) -> contract.Operation | None:
    return contract.operation("put", job_type) if job_type else None


def _is_docstring(module: Module, node: cst.CSTNode) -> bool:
    """Whether a string stands alone as a statement."""
    parent = module.parents.get(node)
    while isinstance(parent, cst.ConcatenatedString):
        parent = module.parents.get(parent)
    return isinstance(parent, cst.Expr)


def _covered(engine: Engine, module: Module) -> list[tuple[int, int]]:
    """Characters that requests account for: ours, foreign ones, and those with other methods."""
    spans: list[tuple[int, int]] = []
    for shot in engine.shots.values():
        if shot.symbol is not None and shot.symbol[0] is module:
            spans.append((shot.symbol[1] - 1, shot.symbol[2]))
        for url in each_of(shot.url):
            if isinstance(url, Text):
                spans += urls.spans_of(url, module)
        for where, call in shot.calls:
            if where is module and shot.kind == "client":
                spans.append(module.span(call.func))
    return spans


_METHODS = frozenset(contract.METHODS.values())
_OTHER_METHODS = frozenset(("GET", "DELETE", "HEAD", "OPTIONS"))


def _beside(module: Module, node: cst.CSTNode) -> set[str]:
    """The strings that stand in the same tuple or list."""
    element = module.parents.get(node)
    display = module.parents.get(element) if isinstance(element, cst.Element) else None
    elements = display.elements if isinstance(display, (cst.Tuple, cst.List)) else ()
    values = [each.value.evaluated_value for each in elements if isinstance(each.value, cst.SimpleString)]
    return {value.upper() for value in values if isinstance(value, str)}


def _foreign(engine: Engine, module: Module, mention: Mention) -> str:
    """Why a name in code is evidently not the platform's endpoint, or ""."""
    if _OTHER_METHODS & _beside(module, mention.node) and not _METHODS & _beside(module, mention.node):
        return "with the method beside it the last segment is a job's own ID"
    call = module.enclosing(mention.node, (cst.Call, cst.FunctionDef, cst.ClassDef))
    if isinstance(call, cst.Call):
        name = imports.dotted_name(call.func) or module.code(call.func)
        last = name.rsplit(".", 1)[-1]
        decorator = isinstance(module.parents.get(call), cst.Decorator)
        if decorator or last in _ROUTE_WORDS:
            return "it is a route of a server"
        if _ROUTERS.search(name.rsplit(".", 1)[0]) and last.split("_")[-1] in ("put", "post", "patch"):
            return "it is a route of a server"
    del engine
    return ""
