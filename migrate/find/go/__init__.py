"""Go: requests of net/http, resty and helper functions whose URL and JSON body are literal texts.

Bodies that Go code builds (structs, maps) are reported. https://pkg.go.dev/net/http
"""

from __future__ import annotations

from ast_grep_py import SgNode

from migrate import contract
from migrate.embed import merge, to_review
from migrate.find import links, literal
from migrate.find.go.code import GoFile, span
from migrate.find.go.texts import Text, Texts
from migrate.find.text import names_in
from migrate.model import Dismissal, Edit, Findings, Use
from migrate.project import Project
from migrate.source import Source

LANGUAGE = "go"
_METHODS = (*contract.METHODS.values(), "GET", "DELETE", "HEAD")
_METHOD_NAMES = {f"Method{method.capitalize()}": method for method in _METHODS}
_SELECTORS = {name: method for method in _METHODS for name in (method, method.capitalize())}


def find(source: Source, project: Project) -> Findings:
    """All uses in a Go file."""
    code = GoFile(source.text)
    texts = Texts(code)
    requests = [each for call in code.calls for each in [_request(call, texts)] if each]
    found = [(request, literal.examine(source, project, request[0], LANGUAGE)) for request in requests]
    explained = [piece for (_, used), each in found if each.model or each.use for piece in used.spans]
    comments = [span(each) for each in code.root.find_all(kind="comment")]
    uses = [
        _checked(source, code, each.use, used, explained + comments)
        for (_, used), each in found
        if isinstance(each.use, Use)
    ]
    return merge(
        Findings(
            tuple(uses),
            tuple(each.use for _, each in found if isinstance(each.use, Dismissal)),
            tuple(each.model for _, each in found if each.model),
        ),
        links.find_in(source, LANGUAGE, comments),
        names_in(source, LANGUAGE, "it is not seen to be a request", explained=explained, comments=comments),
    )


def _request(call: SgNode, texts: Texts) -> tuple[literal.Literal, Text] | None:
    """The request that a call makes, if it names a method and a URL, and the texts that it is made of."""
    arguments = texts.code.arguments(call)
    selector = call.field("function")
    name = selector.text().rsplit(".", 1)[-1] if selector else ""
    index = next((at for at, each in enumerate(arguments) if _method(each, texts)), None)
    if index is not None and index + 1 < len(arguments):
        method, url_node = _method(arguments[index], texts), arguments[index + 1]
        body_node = arguments[index + 2] if index + 2 < len(arguments) else texts.code.body_in_chain(call)
    elif name in _SELECTORS and arguments and selector and selector.kind() == "selector_expression":
        method, url_node = _SELECTORS[name], arguments[0]
        body_node = arguments[-1] if len(arguments) > 1 else texts.code.body_in_chain(call)
    else:
        return None
    url = texts.of(url_node)
    if not contract.match_documented_name(url.text) and "jobs" not in url.text:
        return None
    body = texts.body(body_node) if body_node else None
    used = url.joined(body) if body else url
    return literal.Literal(span(call), method, url.region(), body.region() if body else None), used


def _method(node: SgNode, texts: Texts) -> str:
    name = _METHOD_NAMES.get(node.text().rsplit(".", 1)[-1])
    if name:
        return name
    if node.kind() != "interpreted_string_literal":
        return ""
    text = texts.of(node).text
    return text if text in _METHODS else ""


def _checked(source: Source, code: GoFile, use: Use, used: Text, explained: list[tuple[int, int]]) -> Use:
    """The use, for a person where the file does more with its texts or with the moved keys."""
    reason = (
        _shared(source, code, use.edits, used)
        or literal.named_elsewhere(source, use, explained, any_case=True)
        or _filled_elsewhere(source, code)
    )
    return to_review(use, reason) if reason else use


def _filled_elsewhere(source: Source, code: GoFile) -> str:
    """Why the answer may be read by a type that is not in this file: ``json.Unmarshal(b, &v)``, or ""."""
    for call in code.calls:
        for name, at in code.filled_types(call):
            if name not in code.types:
                line, _ = source.line_column(at)
                what = f"`{name}`" if name else "a type"
                return f"line {line} may fill {what} of another file from the answer"
    return ""


def _shared(source: Source, code: GoFile, edits: tuple[Edit, ...], used: Text) -> str:
    for name, places in used.through.items():
        declaration = code.declarations[name][0]
        first, last = (source.byte_at(each) for each in span(declaration.node))
        if not any(first <= edit.start < last for edit in edits):
            continue
        others = [at for at in code.references(name, declaration) if at not in places]
        if others:
            return f"`{name}` is used in line {source.line_column(others[0])[0]} for something else too"
        if declaration.function is None and name[:1].isupper():
            return f"`{name}` is exported, so other packages may use it"
    return ""
