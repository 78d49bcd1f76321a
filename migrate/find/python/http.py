"""Which calls send a request: by the library that is called, or by the shape of the call."""

from __future__ import annotations

import re

import libcst as cst

from migrate import contract
from migrate.find.python import client, dicts, doubles, expressions, mock_patterns, mocks, strings
from migrate.find.python.arguments import Arguments
from migrate.find.python.engine import Engine
from migrate.find.python.record import record
from migrate.find.python.state import State
from migrate.find.python.values import (
    NONE,
    Answer,
    Choice,
    Dumped,
    Function,
    Imported,
    Instance,
    Made,
    Method,
    Ref,
    Seq,
    Text,
    Unknown,
    Value,
    choice,
    each_of,
)

_VERBS = ("put", "post", "patch", "get", "delete", "head", "options")
_LIBRARIES = (
    "requests",
    "httpx",
    "aiohttp",
    "urllib3",
    "urllib.request",
    "http.client",
    "niquests",
    "curl_cffi",
)
_MAKERS = re.compile(
    r"^(?:requests\.(?:Session|session|sessions\.Session)|httpx\.(?:Async)?Client|aiohttp\.ClientSession"
    r"|urllib3\.(?:PoolManager|HTTPS?ConnectionPool|ProxyManager)|http\.client\.HTTPS?Connection"
    r"|niquests\.Session|curl_cffi\.requests\.Session)$"
)
_REQUEST_MAKERS = ("urllib.request.Request", "requests.Request", "httpx.Request")
_URL_NAMES = ("url", "path", "endpoint", "uri", "route", "href", "resource")
_BODY_NAMES = (
    "json",
    "data",
    "content",
    "body",
    "payload",
    "json_data",
    "json_body",
    "request_body",
    "params_json",
)
_METHOD_NAMES = ("method", "http_method", "verb")
_WORDS = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")


def call(
    engine: Engine,
    state: State,
    node: cst.Call,
    callee: Value,
    given: Arguments,
    *,
    only_old: bool = False,
) -> Value | None:
    """The answer of a call that sends a request; None where it is none."""
    if isinstance(callee, Imported) and _MAKERS.match(callee.dotted):
        named = {key: value for key, value, _, _ in (*given.named, *given.spread)}
        named |= {str(index): value for index, (value, _) in enumerate(given.positional)}
        return Made(callee.dotted, named)
    expected = mocks.call(engine, state, node, callee, given)
    if expected is not None:
        return expected
    double = doubles.made(callee, given)
    if double is not None:
        return double
    if doubles.is_reply(callee):
        return doubles.attach(engine, state, callee, given)
    follow = _following(engine, state, node, callee, given)
    if follow is not None:
        return follow
    through = client.call(engine, state, node, callee, given)
    if through is not None:
        return through
    return _request(engine, state, node, callee, given, only_old=only_old)


def is_sender(value: Value) -> bool:
    """Whether a value is a library's function that sends a request."""
    if isinstance(value, Imported):
        dotted = value.dotted
    elif isinstance(value, Method) and isinstance(value.base, Made):
        dotted = f"{value.base.dotted}.{value.name}"
    else:
        return False
    known = any(dotted.startswith(f"{each}.") for each in _LIBRARIES)
    return known and dotted.rsplit(".", 1)[-1] in (*_VERBS, "request")


def _following(engine: Engine, state: State, node: cst.Call, callee: Value, given: Arguments) -> Value | None:
    """Calls that carry a request made before: ``urlopen(request)``, ``session.send(request)``."""
    for value, _ in given.positional[:1]:
        for each in each_of(value):
            if isinstance(each, Made) and "answer" in each.arguments:
                _add_data(engine, state, callee, each, given)
                return each.arguments["answer"]
    if isinstance(callee, Method) and isinstance(callee.base, Made):
        if "answer" in callee.base.arguments and callee.name in ("prepare", "__enter__"):
            return callee.base
        if callee.name == "getresponse" and callee.base.dotted.startswith("http.client"):
            site = engine.last_site.get(callee.base.dotted)
            return None if site is None else Answer(site)
        if callee.name in ("__enter__", "__aenter__"):
            return callee.base
    del node
    return None


def _add_data(engine: Engine, state: State, callee: Value, request: Made, given: Arguments) -> None:
    """The body that `urlopen` gets beside the request; it goes before the request's own."""
    data = given.at(1, "data") if callee == Imported("urllib.request.urlopen") else None
    if data is not None and data[0] != NONE:
        change_request(engine, state, request, "data", data[0], data[1])


def _request(
    engine: Engine, state: State, node: cst.Call, callee: Value, given: Arguments, *, only_old: bool
) -> Value | None:
    name, library, base = _called(state, node, callee)
    if name is None or _is_server_side(state, node, callee, name):
        return None
    method, used = _method(name, library, given)
    if method is None:
        return None
    double = doubles.library_of(callee)
    url = _url(given, used)
    pattern = mock_patterns.url_of(engine, state, given, url) if double else None
    if pattern is not None:
        url = pattern[:2]
    if url is None:
        return None
    value = _with_base(state, base, url)
    if value is None or (not library and not _looks_like_url(value)):
        return None
    if only_old and not any(
        isinstance(one, Text) and isinstance(verb, Text) and contract.match(verb.model, one.model)
        for one in each_of(value)
        for verb in each_of(method)
    ):
        return None
    if double:
        answer = record(engine, state, node, "double", double, method, value, None, exact=True)
        shot = engine.latest(answer.site)
        shot.is_open = pattern is not None and pattern[2]
        return doubles.note(engine, state, shot, given, double)
    body = _not_a_form(given, library, _body(given, library, name, used, url[1]))
    via = library + "." + name if library else state.module.code(node.func)
    answer = record(engine, state, node, "http", via, method, value, body, exact=bool(library))
    if library == "http.client" and isinstance(callee, Method) and isinstance(callee.base, Made):
        engine.last_site[callee.base.dotted] = answer.site
    if library and name in ("Request", "build_request"):
        return Made(f"{library}.{name}", {"answer": answer})
    return answer


def _is_server_side(state: State, node: cst.Call, callee: Value, name: str) -> bool:
    """Whether the call defines a route of a server, or calls an own server in a test."""
    if isinstance(state.module.parents.get(node), cst.Decorator):
        return True
    if name.startswith("add_") and not doubles.library_of(callee):
        return True
    if isinstance(callee, Imported) and callee.dotted.startswith(
        ("aiohttp.web.", "fastapi.", "flask.", "starlette.")
    ):
        return True
    base = callee.base if isinstance(callee, Unknown) else None
    label = base.label if isinstance(base, Unknown) else ""
    return "TestClient(" in label or "test_client(" in label


def _called(state: State, node: cst.Call, callee: Value) -> tuple[str | None, str, Value | None]:
    """Name of what is called, the library it belongs to ("" if unknown), and its receiver."""
    if isinstance(callee, Imported):
        library = next((each for each in _LIBRARIES if callee.dotted.startswith(f"{each}.")), "")
        return callee.dotted.rsplit(".", 1)[-1], library, None
    if isinstance(callee, Method):
        if isinstance(callee.base, Made):
            library = next((each for each in _LIBRARIES if callee.base.dotted.startswith(f"{each}.")), "")
            return callee.name, library, callee.base
        return None, "", None
    if isinstance(callee, Function):
        if isinstance(callee.node, cst.Lambda):
            return None, "", None
        return callee.node.name.value, "", callee.owner
    if isinstance(callee, Unknown):
        if callee.name:
            return callee.name, "", callee.base
        if isinstance(node.func, cst.Attribute):
            return node.func.attr.value, "", None
        return callee.label.rsplit(".", 1)[-1], "", None
    del state
    return None, "", None


def _method(name: str, library: str, given: Arguments) -> tuple[Value | None, cst.BaseExpression | None]:
    """The HTTP method of a call, and the argument that gives it (if any)."""
    named = given.get(*_METHOD_NAMES)
    if named is not None:
        return _verb_values(named[0]), named[1]
    if name == "Request" and library == "urllib.request":
        return Text(strings.plain("POST" if given.at(1, "data") else "GET")), None
    words = [word.lower() for word in _WORDS.findall(name)]
    if len(words) == 1 and words[0] in _VERBS:
        return Text(strings.plain(words[0].upper())), None
    for value, expression in given.positional[:3]:
        verb = _verb_values(value)
        if verb is not None:
            return verb, expression
    if library == "urllib.request" and name == "urlopen":
        return Text(strings.plain("POST" if given.at(1, "data") else "GET")), None
    verbs = [word for word in words if word in _VERBS]
    if verbs:
        return Text(strings.plain(verbs[0].upper())), None
    return None, None


def _verb_values(value: Value) -> Value | None:
    found: list[Value] = []
    for each in each_of(value):
        text = each.known if isinstance(each, Text) else None
        if text is None and isinstance(each, (Imported, Unknown)):
            label = each.dotted if isinstance(each, Imported) else each.label
            text = label.rsplit(".", 1)[-1].removeprefix("METH_") if "." in label else None
        if text is None or text.lower() not in _VERBS or (not isinstance(each, Text) and not text.isupper()):
            return None
        found.append(each if isinstance(each, Text) and text.isupper() else Text(strings.plain(text.upper())))
    return choice(*found) if found else None


def _url(given: Arguments, used: cst.BaseExpression | None) -> tuple[Value, cst.BaseExpression] | None:
    named = given.get(*_URL_NAMES)
    if named is not None:
        return named
    for value, expression in given.positional:
        if expression is used:
            continue
        if isinstance(value, (Text, Unknown, Choice)):
            if not isinstance(value, Unknown):
                return value, expression
            later = [each for each, _ in given.positional if isinstance(each, Text) and "/" in each.model]
            if not later:
                return value, expression
        elif isinstance(value, Seq) and all(isinstance(each, (Text, Unknown)) for each in value.items):
            texts = [strings.as_text(each, "…") for each in value.items]
            return strings.join(texts, Text(strings.plain("/"))), expression
    return None


def _with_base(state: State, base: Value | None, url: tuple[Value, cst.BaseExpression]) -> Value | None:
    """The URL as it is sent: the client's base URL before a relative path."""
    results: list[Value] = []
    prefix = None
    if isinstance(base, Made):
        prefix = base.arguments.get("base_url") or base.arguments.get("0")
        if base.dotted.startswith("http.client") and isinstance(prefix, Text):
            prefix = strings.join([Text(strings.plain("https://")), prefix])
        elif base.dotted.startswith(("requests", "urllib3.PoolManager", "niquests")):
            prefix = None
    for each in each_of(url[0]):
        if isinstance(each, Text):
            results.append(_joined(prefix, each))
        elif isinstance(each, Unknown):
            results.append(strings.hole(each.label))
        else:
            return None
    del state
    return choice(*results)


def _joined(prefix: Value | None, url: Text) -> Text:
    if prefix is None or "://" in url.model or prefix == NONE:
        return url
    first = prefix if isinstance(prefix, Text) else strings.hole(strings.describe(prefix))
    first = strings.stripped(first, "/", left=False, right=True)
    slash = () if url.model.startswith("/") else strings.plain("/")
    return strings.join([first, Text(slash), url])


def _looks_like_url(value: Value) -> bool:
    return any(isinstance(each, Text) and "/" in each.model for each in each_of(value))


def _body(
    given: Arguments,
    library: str,
    name: str,
    method: cst.BaseExpression | None,
    url: cst.BaseExpression,
) -> tuple[Value, cst.BaseExpression] | None:
    named = given.get(*_BODY_NAMES)
    if named is not None and named[0] != NONE:
        return named
    rest = [each for each in given.positional if each[1] is not method and each[1] is not url]
    if library == "requests" and name == "post" and len(rest) > 1 and rest[0][0] == NONE:
        rest = rest[1:]
    for value, expression in rest:
        if any(isinstance(each, (Ref, Dumped, Answer)) for each in each_of(value)):
            return value, expression
    for value, expression in rest:
        if not library and isinstance(value, (Unknown, Text, Instance, Choice)):
            return value, expression
    if library and rest and rest[0][0] != NONE:
        return rest[0]
    if given.open_keywords and given.stars:
        value, expression = given.stars[0]
        return Unknown("**", why="its arguments come in through `**`"), expression
    return None


def _not_a_form(
    given: Arguments, library: str, body: tuple[Value, cst.BaseExpression] | None
) -> tuple[Value, cst.BaseExpression] | None:
    """A dict that a library sends as a form is not the JSON that the API takes."""
    if (
        body is None
        or library not in ("requests", "httpx", "aiohttp", "niquests")
        or not isinstance(body[0], Ref)
    ):
        return body
    named = given.get("json")
    if named is not None and named[1] is body[1]:
        return body
    if given.get("json", "data") is None and library != "requests":
        return body
    return Unknown("data", why="a dict as `data` is sent as a form, not as JSON"), body[1]


def change_request(
    engine: Engine, state: State, request: Made, name: str, value: Value, target: cst.BaseExpression
) -> None:
    """``request.method = …``, ``request.get_method = lambda: …``, ``request.data = …``."""
    answer = request.arguments["answer"]
    if not isinstance(answer, Answer):
        return
    shot = engine.latest(answer.site)
    if name == "method":
        shot.method = value
    elif name == "get_method" and isinstance(value, Function) and isinstance(value.node, cst.Lambda):
        shot.method = expressions.evaluate(engine, state.fork(), value.node.body)
    elif name in ("data", "json"):
        shot.body, shot.body_node = value, target
        shot.state.heap.update(state.heap)
        dicts.sent(engine, state, value, target, shot.number)
    engine.changed_requests.add(shot.number)
