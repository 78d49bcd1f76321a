"""Which mappings describe a request: they have a URL, a method, and mostly a body.

Covers, by the names of their keys: Ansible's ``uri``, HTTP actions of GitHub workflows and other
pipelines, n8n, Backstage, Postman, Insomnia, HAR, cassettes of VCR and vcrpy, WireMock and its like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrate import contract
from migrate.find.described.scalars import text_of
from migrate.structured.nodes import Alias, Document, MappingNode, Node, Pair, Scalar, SequenceNode, walk

Path = tuple[str | int, ...]

_URL_KEYS = (
    "url",
    "uri",
    "href",
    "endpoint",
    "requesturl",
    "requesturi",
    "targeturl",
    "apiurl",
    "urlpath",
    "urlsuffix",
    "urlpathpattern",
    "urlpattern",
    "urlpathtemplate",
    "apiendpoint",
    "path",
)
_METHOD_KEYS = ("method", "httpmethod", "requestmethod", "verb", "requesttype", "httpverb")
_BODY_KEYS = (
    *("body", "data", "json", "jsonbody", "payload", "requestbody", "bodyjson", "postdata", "bodydata"),
    *("rawbody", "bodyparametersjson", "content", "requestpayload", "bodycontent", "bodytext"),
)
_INNER_BODY_KEYS = ("raw", "text", "string", "json", "content", "jsonbody", "equaltojson")
_REQUEST_KEYS = ("request", "httprequest")
_OPAQUE_ANSWER_KEYS = ("base64string", "base64body", "bodybase64", "bodyfilename", "bodyfile")
_ANSWER_KEYS = ("response", "httpresponse", "responses", "examples")
_ANSWER_BODY_KEYS = ("body", "jsonbody", "text", "content", "string", "payload")
_MOCK_MATCHERS = ("bodypatterns", "bodymatcher", "bodymatchers")
ANSIBLE_TASK = re.compile(r"(?:ansible\.(?:builtin|windows)\.)?(?:win_)?uri")
"""The key of a task that sends a request, GET where nothing else is said.

https://docs.ansible.com/ansible/latest/collections/ansible/builtin/uri_module.html
"""
_VERBS = (*contract.METHODS.values(), "GET", "DELETE", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Described:
    """A mapping that describes a request.

    root, at: index of the document and key path of the mapping; method: upper case, "" where it is
    not said or not known; url: the string with the URL; segments: the same path as a list of
    strings (Postman), or None; body: string or mapping, or None; body_at: key path of the body;
    answers: bodies of recorded or mocked answers, with their key paths; is_double: it stands for a
    recorded or mocked exchange; opaque_body: there is a body that is described in some other way
    (form fields, a file, a matcher), by the name of its key; scope: the mapping and those around it;
    file: path of the file that is sent as the body; opaque_answer: a recorded answer is compressed,
    encoded or in another file; copies: strings that repeat the URL's path (``:path`` of HTTP/2).
    """

    node: MappingNode
    root: int
    at: Path
    method: str
    url: Scalar
    segments: SequenceNode | None = None
    body: Node | None = None
    body_at: Path = ()
    answers: tuple[tuple[Node, Path], ...] = ()
    is_double: bool = False
    opaque_body: str = ""
    scope: tuple[MappingNode, ...] = ()
    file: str = ""
    opaque_answer: bool = False
    copies: tuple[Scalar, ...] = ()

    @property
    def exchange(self) -> MappingNode:
        """The mapping that holds the request and its answers."""
        inner = self.at and plain(str(self.at[-1])) in _REQUEST_KEYS
        return self.scope[1] if inner and len(self.scope) > 1 else self.node


def plain(name: str | None) -> str:
    """A key's name without case and separators."""
    return "".join(char for char in (name or "").lower() if char.isalnum())


def mappings(document: Document) -> Iterator[tuple[int, Path, MappingNode, tuple[MappingNode, ...]]]:
    """Every mapping with its place and the mappings around it, innermost first."""
    stack: list[tuple[int, Path, Node, tuple[MappingNode, ...]]] = [
        (index, (), root, ()) for index, root in reversed(list(enumerate(document.roots)))
    ]
    while stack:
        root, at, node, around = stack.pop()
        if isinstance(node, MappingNode):
            yield root, at, node, around
            inner: list[tuple[str | int, Node]] = [(pair.name or "", pair.value) for pair in node.pairs]
            around = (node, *around)
        elif isinstance(node, SequenceNode):
            inner = list(enumerate(node.items))
        else:
            continue
        stack += [(root, (*at, step), each, around) for step, each in reversed(inner)]


def described(document: Document) -> Iterator[Described]:
    """All request descriptions of a document, in the order of the text."""
    for root, at, node, around in mappings(document):
        found = _described(document, root, at, node, around)
        if found:
            yield found


def _described(
    document: Document, root: int, at: Path, node: MappingNode, around: tuple[MappingNode, ...]
) -> Described | None:
    pairs = {plain(pair.name): pair for pair in node.pairs if pair.name}
    url, segments = _url(document, pairs)
    if url is None:
        return None
    method_pair = next((pairs[name] for name in _METHOD_KEYS if name in pairs), None)
    method = (text_of(document, method_pair.value) or "").upper() if method_pair else ""
    method = method if method in _VERBS else ""
    if method_pair is None and at and ANSIBLE_TASK.fullmatch(str(at[-1])):
        method = "GET"
    body, body_at, opaque = _body(document, pairs, at)
    answers, is_double = _answers(document, node, at, around)
    if not method and method_pair is None and body is None and not opaque and not is_double:
        return None
    return Described(
        node,
        root,
        at,
        method,
        url,
        segments,
        body,
        body_at,
        answers,
        is_double,
        opaque,
        (node, *around),
        opaque_answer=is_double and _has_opaque_answer(document, node, at, around),
        copies=_copies(document, node),
    )


def _url(document: Document, pairs: dict[str, Pair]) -> tuple[Scalar | None, SequenceNode | None]:
    for name in _URL_KEYS:
        value = pairs[name].value if name in pairs else None
        if isinstance(value, Scalar) and _may_be_url(text_of(document, value)):
            return value, None
        if isinstance(value, MappingNode):
            raw, segments = value.get("raw"), value.get("path")
            if raw and isinstance(raw.value, Scalar) and _may_be_url(text_of(document, raw.value)):
                is_list = segments is not None and isinstance(segments.value, SequenceNode)
                return raw.value, segments.value if is_list and segments else None  # type: ignore[return-value]
    return None, None


def _may_be_url(text: str | None) -> bool:
    return text is not None and contract.COLLECTION.removeprefix("/") in text and len(text) < 2000


def _body(document: Document, pairs: dict[str, Pair], at: Path) -> tuple[Node | None, Path, str]:
    for name in _BODY_KEYS:
        pair = pairs.get(name)
        if pair is None or (isinstance(pair.value, Scalar) and pair.value.value is None):
            continue
        here = (*at, pair.name or "")
        if text_of(document, pair.value) is not None or isinstance(pair.value, Alias):
            return pair.value, here, ""
        if not isinstance(pair.value, MappingNode):
            return None, (), pair.name or ""
        inner = {plain(each.name): each for each in pair.value.pairs if each.name}
        for key in _INNER_BODY_KEYS:
            each = inner.get(key)
            if each and (text_of(document, each.value) is not None or isinstance(each.value, MappingNode)):
                return each.value, (*here, each.name or ""), ""
        if "mode" in inner or "mimetype" in inner or "encoding" in inner:
            return None, (), pair.name or ""
        return pair.value, here, ""
    for name in _MOCK_MATCHERS:
        only = pairs[name].value if name in pairs else None
        item = only.items[0] if isinstance(only, SequenceNode) and len(only.items) == 1 else None
        equal = item.get("equalToJson") if isinstance(item, MappingNode) else None
        if equal:
            return equal.value, (*at, pairs[name].name or "", 0, "equalToJson"), ""
    other = next(
        (pairs[name] for name in (*_MOCK_MATCHERS, "src", "bodyfile", "file") if name in pairs), None
    )
    return None, (), (other.name or "") if other else ""


def _answers(
    document: Document, node: MappingNode, at: Path, around: tuple[MappingNode, ...]
) -> tuple[tuple[tuple[Node, Path], ...], bool]:
    """Bodies of the answers beside a request, and whether there are answers at all."""
    holder, where = _exchange(node, at, around)
    holder_keys = {plain(pair.name) for pair in holder.pairs}  # nock's have a scope
    found: list[tuple[Node, Path]] = []
    is_double = False
    for pair in holder.pairs:
        if plain(pair.name) not in _ANSWER_KEYS or pair.value is node:
            continue
        here = (*where, pair.name or "")
        each_answer = (
            [((*here, index), item) for index, item in enumerate(pair.value.items)]
            if isinstance(pair.value, SequenceNode)
            else [(here, pair.value)]
        )
        for place, answer in each_answer:
            if isinstance(answer, MappingNode):
                is_double = is_double or not isinstance(pair.value, SequenceNode)
                found += _answer_body(document, answer, place) or _bare_answer(answer, place)
            elif (text_of(document, answer) or "").startswith("{") or "scope" in holder_keys:
                is_double = True
                found.append((answer, place))
    return tuple(found), is_double


def _exchange(node: MappingNode, at: Path, around: tuple[MappingNode, ...]) -> tuple[MappingNode, Path]:
    """The mapping that holds a request and its answers, with its key path."""
    if around and at and plain(str(at[-1])) in _REQUEST_KEYS:
        return around[0], at[:-1]
    return node, at


def _has_opaque_answer(
    document: Document, node: MappingNode, at: Path, around: tuple[MappingNode, ...]
) -> bool:
    """Whether an answer is not there as text: binary, in Base64, in a file of its own."""
    holder, _ = _exchange(node, at, around)
    answers = [
        pair.value for pair in holder.pairs if plain(pair.name) in _ANSWER_KEYS and pair.value is not node
    ]
    if any(
        isinstance(item, Scalar) for each in answers if isinstance(each, SequenceNode) for item in each.items
    ):
        return True  # hexadecimal pieces (nock)
    for each in (inner for answer in answers for inner in walk(answer)):
        if isinstance(each, Scalar) and each.tag.endswith("binary"):
            return True
        for pair in each.pairs if isinstance(each, MappingNode) else ():
            is_base64 = plain(pair.name) == "encoding" and text_of(document, pair.value) == "base64"
            if is_base64 or plain(pair.name) in _OPAQUE_ANSWER_KEYS:
                return True
    return False


def _copies(document: Document, node: MappingNode) -> tuple[Scalar, ...]:
    """The values of ``:path`` among the headers of a recorded request (RFC 9113, 8.3.1)."""
    found: list[Scalar] = []
    for each in walk(node):
        if isinstance(each, MappingNode):
            name, value = each.get("name"), each.get("value")
            if (
                name
                and value
                and text_of(document, name.value) == ":path"
                and isinstance(value.value, Scalar)
            ):
                found.append(value.value)
    return tuple(found)


def _bare_answer(answer: MappingNode, at: Path) -> list[tuple[Node, Path]]:
    """An answer that is the body itself (nock)."""
    return [(answer, at)] if answer.get(contract.RESPONSE_ENVELOPE) else []


def _answer_body(document: Document, answer: MappingNode, at: Path) -> list[tuple[Node, Path]]:
    for pair in answer.pairs:
        if plain(pair.name) not in _ANSWER_BODY_KEYS:
            continue
        here = (*at, pair.name or "")
        if text_of(document, pair.value) is not None:
            return [(pair.value, here)]
        if isinstance(pair.value, MappingNode):
            inner = _answer_body(document, pair.value, here)
            return inner or [(pair.value, here)]
    return []
