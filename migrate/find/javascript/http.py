"""Requests over plain HTTP: fetch, axios, got, ky, undici, superagent, request, node's http, own helpers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrate import contract, evidence
from migrate.evidence import Evidence
from migrate.find.javascript.functions import bound_arguments, resolved
from migrate.find.javascript.layout import SpanEdit
from migrate.find.javascript.payload import UnprovedError
from migrate.find.javascript.requests import Request, path_edits
from migrate.find.javascript.routes import is_route
from migrate.find.javascript.strings import Strings
from migrate.find.javascript.tree import FUNCTIONS, Node, outermost, unwrap
from migrate.find.javascript.values import (
    Environment,
    Piece,
    Text,
    Values,
    arguments,
    function_of,
    key_of,
    member,
    property_of,
    static_text,
    value_of,
)
from migrate.model import HOLE

_METHODS = tuple(contract.METHODS.values())
_URL_KEYS = ("url", "uri", "path", "href", "endpoint", "pathname", "input")
_BODY_KEYS = ("body", "data", "json", "payload")
_BASE_KEYS = ("baseURL", "baseUrl", "prefixUrl", "prefix", "base", "hostname", "host", "origin", "basePath")
_OPTION_KEYS = frozenset(
    ("method", "headers", "body", "json", "searchParams", "timeout", "signal", "auth", "token")
)
_BODY_CALLS = frozenset(("send", "write", "end"))
_WEB = frozenset(
    ("fetch", "axios", "ky", "$", "jQuery", "$fetch", "ofetch", "window.fetch", "globalThis.fetch")
)
_SERVERS = re.compile(r"^(?:app|router|server|fastify|express|route|routes|api?router|hono)$", re.IGNORECASE)
_LIBRARIES = re.compile(
    r"http|fetch|axios|request|\b(?:got|ky|undici|superagent|needle|wretch|phin|bent|nock|msw|jquery|alova)\b"
)
_OWN_SERVER = re.compile(r"\w+\(\s*(?:\w*app|\w*server)\b", re.IGNORECASE)
_RELATIVE = re.compile(r"/(?!/)|\./|$")
_TAIL = re.compile(
    rf"(?:{'|'.join(contract.JOB_TYPES)}|{contract.COLLECTION.strip('/')})(?:/[^/?#\s]*)?/?(?:[?#].*)?$"
)
_TYPED_METHODS = tuple(each.method for each in contract.OPERATIONS if not each.has_id)
_DEEP = 4


@dataclass
class Sent:
    """What one call sends, as far as it is known.

    holders: names that hold its options, which other code may read as well; helpers: functions
    of one's own that it goes through, which other requests may go through as well.
    """

    node: Node
    method: str
    text: Text
    body: Node | None
    env: Environment
    owner: str = ""
    base: Text | None = None
    holders: tuple[Node, ...] = ()
    helpers: tuple[Node, ...] = ()


class HttpCalls:
    """Finds the requests that one module sends over HTTP."""

    def __init__(self, values: Values, target_path: str) -> None:
        self.values = values
        self.strings = Strings(values)
        self.target_path = target_path

    def find(self, call: Node) -> Iterator[Request]:
        """The request of one call, if it is one to an old path or a successor's."""
        sent = self.sent(call, {}, 0)
        if sent is not None and not is_route(call, self.values):
            request = self.request(sent)
            if request is not None:
                yield request

    def request(self, sent: Sent) -> Request | None:
        """A sent request as a description; None where neither an old nor a new path is named."""
        url = _full(sent)
        found = contract.match(sent.method, url.value, self.target_path)
        documented = (
            contract.match_documented_name(url.value) if sent.method == contract.PUT_MANUAL.method else None
        )
        if self.target_path == contract.DOCUMENTED_NAME:
            documented = None
        successor = contract.match_successor(sent.method, url.value, self.target_path)
        if found is None and documented is None and successor is None:
            return self._of_unknown_type(sent, url)
        old = found.operation if found else None
        kind = "documented-name" if documented else "http-call"
        request = Request(sent.node, kind, sent.method, url.value, old, sent.body, env=sent.env)
        request.helpers = sent.helpers
        request.names = [*url.through, *sent.holders]
        request.pieces = [piece.node for piece in url.pieces]
        if found is None and documented is None:
            return request
        prefix = found.prefix if found else url.value[: documented[0]] if documented else ""
        request.evidence = self._evidence(sent, url, prefix)
        match = found or _documented_match(url.value, documented or (0, 0), self.target_path)
        try:
            request.renames = path_edits(url, match)
            request.constants = [
                name for name in url.through if _is_edited(url.brought.get(name, []), request.renames)
            ]
            request.constants += sent.holders
        except UnprovedError as error:
            request.problem = error
        return request

    def _of_unknown_type(self, sent: Sent, url: Text) -> Request | None:
        """A request whose path ends in a job type that is not known here: ``…/jobs/${type}``."""
        known = url.value.removesuffix("/")
        types = [each for each in contract.JOB_TYPES if f'"{each}"' in _quoted(sent.node.module.text)]
        end = f"{contract.COLLECTION}/{HOLE}"
        if not types or not known.endswith(end) or sent.method not in _TYPED_METHODS:
            return None
        fitting = (each for each in contract.OPERATIONS if each.method == sent.method)
        old = next(each for each in fitting if each.job_type == types[0])
        request = Request(sent.node, "http-call", sent.method, url.value, old, sent.body, env=sent.env)
        request.evidence = self._evidence(sent, url, known.removesuffix(end))
        request.names = url.through
        request.pieces = [piece.node for piece in url.pieces]
        request.problem = UnprovedError("the job's type in its path is not known here", sent.node)
        return request

    def _evidence(self, sent: Sent, url: Text, prefix: str) -> Evidence:
        words = [url.words, *(each.node.text for each in url.pieces)]
        for name in url.through:
            target = self.values.follow(name)
            words.append(target.text[:200])
        about = [
            evidence.of_url(prefix),
            evidence.of_words(" ".join(words), "the URL"),
            evidence.of_file(sent.node.module.words),
        ]
        web = sent.owner in _WEB or _OWN_SERVER.match(sent.owner)
        own = url.value.startswith("/") and sent.base is None and web
        if sent.base is not None and "://" not in sent.text.value:
            own = own or _RELATIVE.match(sent.base.value)
        package = self._package(sent.node)
        if package and not about[0].strong and not evidence.of_words(package, "").strong:
            about.append(Evidence((), (f"the call is one of {package}",)))
        if own or _SERVERS.match(sent.owner):
            about.append(Evidence((), ("the path is one of a server of one's own",)))
        return evidence.combine(*about)

    def _package(self, call: Node) -> str:
        """The package that a call's function comes from, where that is none for HTTP; else ""."""
        root = unwrap(call.first) if call.first is not None else call
        while (inner := member(root)) is not None:
            root = unwrap(inner[0])
        binding = self.values.binding(root) if root.kind == "identifier" else None
        specifier = binding.imported[0] if binding is not None and binding.imported is not None else ""
        own = self.values.workspace.is_own(call.module, specifier)
        return "" if own or _LIBRARIES.search(specifier) else specifier

    # ── What a call sends ────────────────────────────────────────────────────────────────────

    def sent(self, call: Node, env: Environment, depth: int) -> Sent | None:
        """What a call sends, through own helper functions as well."""
        function = call.first
        if function is None or depth > _DEEP:
            return None
        if call.kind == "call_expression":
            through = self._through_helper(call, function, env, depth)
            if through is not None:
                return through
        if call.kind == "new_expression" and function.text != "Request":
            return None
        return self._described(call, unwrap(function), env)

    def _through_helper(self, call: Node, function: Node, env: Environment, depth: int) -> Sent | None:
        given = arguments(call)
        if not any(self._may_be_path(each, env) for each in given):
            return None
        target = self.values.follow(function, env)
        if target.kind not in FUNCTIONS:
            return None
        inner_env = {binding: resolved(node, env) for binding, node in bound_arguments(target, call).items()}
        for inner in target.walk():
            if inner.kind != "call_expression" or (
                function_of(inner) is not target and not inner.inside(target)
            ):
                continue
            sent = self.sent(inner, inner_env, depth + 1)
            if sent is not None and any(not piece.node.inside(target) for piece in sent.text.pieces):
                return replace(sent, node=call, owner="", helpers=(target, *sent.helpers))
        return None

    def _may_be_path(self, node: Node, env: Environment) -> bool:
        node = unwrap(node)
        if node.kind == "object":
            return any(key_of(each) in _URL_KEYS for each in node.parts)
        if node.kind in (
            "string",
            "template_string",
            "binary_expression",
            "identifier",
            "member_expression",
            "call_expression",
            "new_expression",
        ):
            return _TAIL.search(self.strings.text_of(node, env).value) is not None
        return False

    def described(self, call: Node) -> Sent | None:
        """What one call says by itself, without a look into own helper functions."""
        return self._described(call, unwrap(call.first), {}) if call.first is not None else None

    def _described(self, call: Node, function: Node, env: Environment) -> Sent | None:
        given = arguments(call)
        found = member(function)
        name = found[1] if found else function.text
        owner = found[0].text if found else function.text
        options = self._options(given, env)
        url_node = self._url_node(given, options, env)
        method = self._method(name, given, options, env)
        if url_node is None or method is None:
            return None
        text = self.strings.text_of(url_node, env)
        if not _TAIL.search(text.value):
            return None
        body = self._body(call, given, url_node, options, env)
        holders = tuple(self._holders(given, options, env))
        return Sent(call, method, text, body, env, owner, self._base(found, options, env), holders)

    def _holders(self, given: list[Node], options: Node | None, env: Environment) -> Iterator[Node]:
        for each in given:
            holder = unwrap(resolved(each, env))
            if options is not None and holder is not options and self.values.follow(holder) is options:
                yield holder

    def _options(self, given: list[Node], env: Environment) -> Node | None:
        for each in reversed(given):
            target = self.values.follow(each, env)
            keys = {key_of(prop) for prop in target.parts} if target.kind == "object" else set()
            if keys & (_OPTION_KEYS | set(_URL_KEYS)) and not keys & set(contract.MOVED_KEYS):
                return target
        return None

    def _option(self, options: Node | None, *names: str) -> Node | None:
        if options is None:
            return None
        for name in names:
            prop = property_of(options, name)
            value = value_of(prop) if prop is not None else None
            if value is not None:
                return value
        return None

    def _url_node(self, given: list[Node], options: Node | None, env: Environment) -> Node | None:
        for each in given:
            target = unwrap(each)
            if target.kind == "new_expression" and target.first and target.first.text == "Request":
                return None
            if target.kind != "object" and _TAIL.search(self.strings.text_of(target, env).value):
                return target
        return self._option(options, *_URL_KEYS)

    def _method(self, name: str, given: list[Node], options: Node | None, env: Environment) -> str | None:
        verb = name.upper()
        verb = verb.removeprefix("ON") if name.startswith("on") else verb
        if verb in _METHODS:
            return verb
        value = self._option(options, "method", "type")
        for each in [value] if value is not None else given:
            text = self.strings.text_of(each, env).value.upper()
            if text in _METHODS:
                return text
        return None

    def _body(
        self, call: Node, given: list[Node], url: Node, options: Node | None, env: Environment
    ) -> Node | None:
        found = self._option(options, *_BODY_KEYS)
        if found is not None and found.kind != "true" and self.values.follow(found, env).kind != "true":
            return found
        if found is not None:
            return self._option(options, "body")
        sent = _sent_later(call, self.values)
        if sent is not None:
            return sent
        for each in given:
            target = unwrap(each)
            text = static_text(target)
            is_method = text is not None and text.upper() in _METHODS
            if each is url or target is url or is_method or self.values.follow(each, env) is options:
                continue
            if target.kind in FUNCTIONS or url.inside(each) or self._is_method(target, env):
                continue
            return each
        return None

    def _is_method(self, node: Node, env: Environment) -> bool:
        return node.kind != "object" and self.strings.text_of(node, env).value.upper() in _METHODS

    def _base(self, found: tuple[Node, str] | None, options: Node | None, env: Environment) -> Text | None:
        """The base URL of an options object or of an instance (``axios.create({ baseURL })``)."""
        base = self._option(options, *_BASE_KEYS)
        owner = self.values.follow(found[0], env) if found else None
        if base is None and owner is not None and owner.kind in ("call_expression", "new_expression"):
            for each in arguments(owner):
                target = self.values.follow(each)
                if target.kind == "object":
                    base = base or self._option(target, *_BASE_KEYS)
                elif target.kind in ("string", "template_string"):
                    base = base or each
        return self.strings.text_of(base, env) if base is not None else None


def _quoted(text: str) -> str:
    return re.sub(r"['`]", '"', text)


def _full(sent: Sent) -> Text:
    if sent.base is None or "://" in sent.text.value or sent.text.value.startswith(HOLE):
        return sent.text
    base = sent.base.value
    if "://" not in base and not base.startswith(HOLE):
        base = f"https://{base}"
    between = "" if base.endswith("/") or sent.text.value.startswith("/") else "/"
    if base.endswith("/") and sent.text.value.startswith("/"):
        base = base[:-1]
    node = sent.base.pieces[0].node if sent.base.pieces else sent.node
    joined = Piece(base + between, node, node.start, node.start, exact=False)
    return Text([joined, *sent.text.pieces], sent.text.through, sent.text.brought)


def _is_edited(pieces: list[Piece], edits: list[SpanEdit]) -> bool:
    return any(
        each.path == piece.node.module.path and piece.start <= each.end and each.start <= piece.end
        for piece in pieces
        if piece.exact
        for each in edits
    )


def _documented_match(value: str, span: tuple[int, int], target_path: str) -> contract.PathMatch:
    start, end = span
    slash = "/" if value[start : start + 1] == "/" else ""
    target = contract.target_of(contract.PUT_MANUAL, target_path).removeprefix("/")
    return contract.PathMatch(contract.PUT_MANUAL, start, end, slash + target, value[:start])


def _sent_later(call: Node, values: Values) -> Node | None:
    """The body that ``….put(url).send(body)``, ``req.write(body)`` or ``xhr.send(body)`` sends."""
    node = outermost(call)
    while node.parent is not None and node.parent.kind == "member_expression" and node.parent.first is node:
        outer = node.parent.parent
        if outer is None or outer.kind != "call_expression" or outer.first is not node.parent:
            break
        name = node.parent.last.text if node.parent.last else ""
        given = arguments(outer)
        if name in _BODY_CALLS and given:
            return given[0]
        node = outermost(outer)
    holder = outermost(call).parent
    subject: Node | None = None
    if holder is not None and holder.kind == "variable_declarator" and holder.first is not None:
        subject = holder.first
    found = member(call.first) if call.first else None
    if found is not None and found[1] == "open":
        subject = unwrap(found[0])
    binding = values.binding(subject) if subject is not None and subject.kind == "identifier" else None
    for reference in binding.references if binding else ():
        used = member(reference.parent) if reference.parent else None
        outer = reference.parent.parent if reference.parent else None
        if used and used[1] in _BODY_CALLS and outer is not None and arguments(outer):
            return arguments(outer)[0]
    return None


def is_path(text: str) -> bool:
    """Whether a text can be the path of an old operation or of a successor, or the end of one."""
    return _TAIL.search(text) is not None
