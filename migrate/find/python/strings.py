"""String literals as text with the place of each character, and the operations on such text."""

from __future__ import annotations

import itertools
import math
import re

import libcst as cst

from migrate import contract
from migrate.find.python.module import Module
from migrate.find.python.values import (
    MAX_CHOICES,
    Choice,
    Const,
    Dumped,
    Literal,
    Made,
    Piece,
    Text,
    Unknown,
    Value,
    each_of,
)

_ESCAPE = re.compile(
    r"\\(?:\r\n|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^}]*\}|[0-7]{1,3}|.)|\r\n|\r", re.DOTALL
)
_SPECIAL = re.compile(r"[\\\r{}]")
_SPECIFIER = re.compile(r"%(?:\((?P<key>[^)]*)\))?[-#0 +]*(?:\d+|\*)?(?:\.\d+)?[hlL]?(?P<type>[a-zA-Z%])")
_FIELD = re.compile(r"\{\{|\}\}|\{(?P<name>[^{}!:]*)(?:![rsa])?(?::[^{}]*)?\}")


def literal_text(module: Module, node: cst.SimpleString) -> Text:
    """A plain string or bytes literal."""
    start, end = module.span(node)
    quote = len(node.quote)
    prefix = node.prefix.lower()
    begin = start + len(node.prefix) + quote
    return _decoded(module, node, begin, end - quote, "r" in prefix, doubled=False)


def format_text(module: Module, node: cst.FormattedStringText, raw: bool) -> Text:
    """The text between the placeholders of an f-string."""
    start, end = module.span(node)
    return _decoded(module, node, start, end, raw, doubled=True)


def _decoded(module: Module, node: cst.CSTNode, start: int, end: int, raw: bool, doubled: bool) -> Text:
    inner = module.text[start:end]
    if len(inner) > _LONG and not any(word in inner for word in _TELLING):
        return hole("a long text")
    plain = (
        (raw or "\\" not in inner) and "\r" not in inner and not (doubled and re.search(r"\{\{|\}\}", inner))
    )
    if plain:
        literal = Literal(module, node, inner, tuple(range(start, end + 1)))
    else:
        text, offsets = _unescape(inner, start, raw, doubled)
        literal = Literal(module, node, text, (*offsets, end))
    return Text((Piece(literal.text, literal),)) if literal.text else Text(())


def _unescape(inner: str, start: int, raw: bool, doubled: bool) -> tuple[str, list[int]]:
    chars: list[str] = []
    offsets: list[int] = []
    position = 0
    while position < len(inner):
        found = _ESCAPE.match(inner, position)
        if found and (found[0][0] == "\r" or not raw):
            decoded, length = _escape_value(found[0]), len(found[0])
        elif doubled and inner[position : position + 2] in ("{{", "}}"):
            decoded, length = inner[position], 2
        else:
            following = _SPECIAL.search(inner, position + 1)
            length = (following.start() if following else len(inner)) - position
            chars.append(inner[position : position + length])
            offsets += range(start + position, start + position + length)
            position += length
            continue
        chars.append(decoded)
        offsets += [start + position] * len(decoded)
        position += length
    return "".join(chars), offsets


_LONG = 4096
_TELLING = (contract.COLLECTION[1:], *contract.MOVED_KEYS)
_SIMPLE = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def _escape_value(escape: str) -> str:
    if escape[0] == "\r":
        return "\n"
    body = escape[1:]
    if body in ("\n", "\r\n", "\r"):
        return ""
    if body[0] in "xuU" and len(body) > 1:
        return chr(min(int(body[1:], 16), 0x10FFFF))
    if body[0] in "01234567":
        return chr(int(body, 8))
    if body[0] == "N" and len(body) > 1:
        return "\N{REPLACEMENT CHARACTER}"
    if body in _SIMPLE:
        return _SIMPLE[body]
    return body if body in "\\'\"" else escape


def hole(label: str, outer: tuple[Module, int, int] | None = None) -> Text:
    """A string of which nothing is known but the expression that gives it."""
    return Text((Piece("", label=label or "…", outer=outer),))


def as_text(value: Value, label: str) -> Text:
    """The value as part of a string, as ``str()`` gives it."""
    if isinstance(value, Text):
        return value
    if isinstance(value, Const):
        return Text((Piece(str(value.value)),))
    if isinstance(value, Unknown):
        return hole(value.label)
    if isinstance(value, Made) and value.dotted.startswith("pathlib."):
        parts = [as_text(value.arguments[key], "…") for key in sorted(value.arguments, key=int)]
        return join(parts, Text(plain("/")))
    return hole(label)


def variants(value: Value, label: str) -> list[Text]:
    """The value as part of a string, in each of its forms where one may belong to the endpoint's path."""
    forms = [as_text(each, label) for each in each_of(value)]
    if any(word in form.model for form in forms for word in (contract.COLLECTION[1:], *contract.JOB_TYPES)):
        return forms
    return [as_text(value, label)]


def combined(parts: list[list[Text]]) -> list[tuple[Text, ...]]:
    """Each combination of the parts' forms; where there are too many, parts of several forms are holes."""
    if math.prod(len(forms) for forms in parts) > MAX_CHOICES:
        parts = [forms if len(forms) == 1 else [hole("one of many texts")] for forms in parts]
    return list(itertools.product(*parts))


def within(text: Text, module: Module, span: tuple[int, int]) -> Text:
    """The same text, remembering the span that brings it into a longer string."""
    return Text(
        tuple(
            Piece(piece.text, piece.literal, piece.start, piece.label, (module, *span))
            for piece in text.pieces
        )
    )


def join(parts: list[Text], separator: Text | None = None) -> Text:
    """Concatenation, with a separator between the parts."""
    pieces: list[Piece] = []
    for index, part in enumerate(parts):
        if index and separator:
            pieces += separator.pieces
        pieces += part.pieces
    return Text(tuple(pieces))


def cut(text: Text, start: int, end: int) -> Text:
    """The characters ``start`` to ``end`` of the model of a text (a hole counts as one)."""
    pieces: list[Piece] = []
    position = 0
    for piece in text.pieces:
        length = 1 if piece.is_hole else len(piece.text)
        first, last = max(start - position, 0), min(end - position, length)
        if first < last:
            whole = piece.is_hole or (first == 0 and last == length)
            pieces.append(
                piece
                if whole
                else Piece(piece.text[first:last], piece.literal, piece.start + first, "", piece.outer)
            )
        position += length
    return Text(tuple(pieces))


def percent(template: Text, values: list[Text] | dict[str, Text]) -> Text | None:
    """``template % values``; None where it can't be followed."""
    model = template.model
    parts: list[Text] = []
    position = taken = 0
    for found in _SPECIFIER.finditer(model):
        parts.append(cut(template, position, found.start()))
        position = found.end()
        if found["type"] == "%":
            parts.append(cut(template, found.start(), found.start() + 1))
        elif isinstance(values, dict):
            parts.append(values.get(found["key"] or "", hole(found["key"] or "…")))
        elif taken < len(values):
            parts.append(values[taken])
            taken += 1
        else:
            return None
    parts.append(cut(template, position, len(model)))
    return join(parts)


def format_fields(template: Text, positional: list[Text], keywords: dict[str, Text]) -> Text:
    """``template.format(…)``; a field that can't be followed is a hole."""
    model = template.model
    parts: list[Text] = []
    position = taken = 0
    for found in _FIELD.finditer(model):
        parts.append(cut(template, position, found.start()))
        position = found.end()
        name = found["name"]
        if name is None:
            parts.append(cut(template, found.start(), found.start() + 1))
        elif name == "" and taken < len(positional):
            parts.append(positional[taken])
            taken += 1
        elif name.isdigit() and int(name) < len(positional):
            parts.append(positional[int(name)])
        else:
            parts.append(keywords.get(name, hole(name)))
    parts.append(cut(template, position, len(model)))
    return join(parts)


def stripped(text: Text, chars: str | None, left: bool, right: bool) -> Text:
    """``str.strip`` and its halves; holes are taken to hold nothing to strip."""
    model = text.model
    start = len(model) - len(model.lstrip(chars)) if left else 0
    end = len(model.rstrip(chars)) if right else len(model)
    return cut(text, start, end)


def url_join(base: Text, relative: Text) -> Text | None:
    """``urllib.parse.urljoin`` (RFC 3986, section 5.3) as far as the known parts tell; else None."""
    target = relative.model
    if "://" in target:
        return relative
    if target.startswith("/"):
        model = base.model
        scheme = model.find("://")
        if scheme < 0:
            return join([base, relative]) if "/" not in model else None
        slash = model.find("/", scheme + 3)
        return join([cut(base, 0, slash if slash >= 0 else len(model)), relative])
    if not target or target.startswith("."):
        return None
    model = base.model
    if not model.endswith("/"):
        last = model.rfind("/")
        if last < 0 or model[last - 1] == "/" or model.endswith("\N{OBJECT REPLACEMENT CHARACTER}"):
            return join([base, relative])
        base = cut(base, 0, last + 1)
    return join([base, relative])


def describe(value: Value) -> str:
    """A value's source text, for models and messages."""
    if isinstance(value, Text):
        return value.label
    if isinstance(value, Const):
        return repr(value.value)
    if isinstance(value, Unknown):
        return value.label
    if isinstance(value, Dumped):
        return f"JSON of {describe(value.value)}"
    if isinstance(value, Choice):
        return " or ".join(describe(each) for each in value.values)
    return type(value).__name__.lower()


def plain(text: str) -> tuple[Piece, ...]:
    """Pieces of a known text that stands nowhere in the source."""
    return (Piece(text),) if text else ()


def without_suffix(text: Text, suffix: str) -> Text:
    """``str.removesuffix``."""
    model = text.model
    return cut(text, 0, len(model) - len(suffix)) if model.endswith(suffix) else text
