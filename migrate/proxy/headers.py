"""Header fields between two HTTP connections: RFC 9110 §7.6, RFC 9112 §3.2, §6.

Fields are lists of (name, value) in bytes, in the order of the wire; names in any case.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

Fields = list[tuple[bytes, bytes]]

_HOP_BY_HOP = frozenset(
    (
        b"connection",
        b"keep-alive",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
    )
)
_REQUEST_OWN = _HOP_BY_HOP | {b"host", b"expect", b"proxy-authorization"}
_RESPONSE_OWN = _HOP_BY_HOP | {b"proxy-authenticate"}
OF_THE_CONTENT = frozenset(
    (
        b"content-length",
        b"content-encoding",
        b"content-md5",
        b"digest",
        b"repr-digest",
        b"content-digest",
        b"etag",
        b"accept-ranges",
    )
)
"""Fields that describe content byte by byte, so no longer hold once it is changed."""

_DIGITS = re.compile(rb"[0-9]{1,18}\Z")
_HOST = re.compile(rb"[A-Za-z0-9._~!$&'()*+,;=%:\[\]-]*\Z")
_ABSOLUTE = re.compile(rb"[Hh][Tt][Tt][Pp][Ss]?://[^/?#]+")
_VIA_NAME = b"nf-migrate"


def values(fields: Iterable[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    """All values of a field. name: lower case."""
    return [value for key, value in fields if key.lower() == name]


def tokens(fields: Iterable[tuple[bytes, bytes]], name: bytes) -> list[bytes]:
    """Members of a comma-separated field, lower case, without parameters."""
    members = (part for value in values(fields, name) for part in value.split(b","))
    return [part.split(b";")[0].strip().lower() for part in members if part.strip()]


def length(fields: Iterable[tuple[bytes, bytes]]) -> int | None:
    """The Content-Length in bytes, or None where there is none or it is not valid."""
    found = values(fields, b"content-length")
    return int(found[0]) if len(found) == 1 and _DIGITS.match(found[0]) else None


def framing_fault(fields: Fields, http_version: str) -> str:
    """What RFC 9112 forbids in a request's fields, as a sentence; "" for nothing.

    What the parser refuses already is checked again where a second opinion costs little: a
    message that two parsers frame differently is how requests are smuggled.
    """
    hosts = lengths = encodings = 0
    for name, value in fields:
        if name == b"host":
            hosts += 1
            if not _HOST.match(value):
                return "The Host is not valid."
        elif name == b"content-length":
            lengths += 1
            if not _DIGITS.match(value):
                return "The Content-Length is not valid."
        elif name == b"transfer-encoding":
            encodings += 1
            if value.strip().lower() != b"chunked":
                return "The Transfer-Encoding is not understood."
    if hosts > 1 or (hosts == 0 and http_version != "1.0"):
        return "There must be exactly one Host."
    if lengths + encodings > 1:
        return "The length of the body is given twice."
    if encodings and http_version == "1.0":
        return "HTTP/1.0 has no Transfer-Encoding."
    return ""


def to_upstream(fields: Fields, http_version: str, drop: Collection[bytes] = ()) -> Fields:
    """End-to-end fields of a request, with Via added. drop: further names, lower case."""
    named = tokens(fields, b"connection")
    kept, via = [], b""
    for name, value in fields:
        if name == b"max-forwards":
            left = hops_left([(name, value)])
            kept.append((name, value if left is None else b"%d" % max(0, left - 1)))
        elif name == b"via":
            via = via + b", " + value if via else value
        elif name not in _REQUEST_OWN and name not in drop and name not in named:
            kept.append((name, value))
    own = http_version.encode() + b" " + _VIA_NAME
    kept.append((b"via", via + b", " + own if via else own))
    return kept


def to_client(fields: Iterable[tuple[bytes, bytes]], drop: Collection[bytes] = ()) -> Fields:
    """End-to-end fields of an answer. drop: further names, lower case."""
    fields = list(fields)
    named = tokens(fields, b"connection")
    kept = []
    for name, value in fields:
        lower = name.lower()
        if lower not in _RESPONSE_OWN and lower not in drop and lower not in named:
            kept.append((name, value))
    return kept


def origin_form(target: bytes) -> bytes | None:
    """The path and query of a request target, byte for byte; None where there are none.

    An absolute-form loses its scheme and host (RFC 9112 §3.2.2), a path that it lacks is ``/``;
    ``*`` stays. A fragment is no part of a target (RFC 9112 §3.2), so a target with one is refused.
    """
    absolute = _ABSOLUTE.match(target)
    if absolute:
        target = target[absolute.end() :]
        target = target if target.startswith(b"/") else b"/" + target
    return None if b"#" in target or not (target.startswith(b"/") or target == b"*") else target


def hops_left(fields: Iterable[tuple[bytes, bytes]]) -> int | None:
    """The value of Max-Forwards (RFC 9110 §7.6.2), or None where there is none or it is not valid."""
    found = values(fields, b"max-forwards")
    return int(found[0]) if len(found) == 1 and _DIGITS.match(found[0]) else None


def no_transform(fields: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether Cache-Control forbids to change the content (RFC 9110 §7.7)."""
    return b"no-transform" in tokens(fields, b"cache-control")


def has_body(fields: Fields) -> bool:
    """Whether a request announces content."""
    return any(
        name == b"transfer-encoding" or (name == b"content-length" and value != b"0")
        for name, value in fields
    )
