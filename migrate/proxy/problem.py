"""The shim's own answers: ``application/problem+json`` (RFC 9457).

Errors of the upstream are relayed and never take this form.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from migrate.contract import Untranslatable

MEDIA_TYPE = b"application/problem+json"
_TYPE = "urn:x-nf-migrate:problem:"


@dataclass(eq=False)
class Problem(Exception):
    """An answer of the shim's own.

    status: HTTP status; code: last part of the type URN; title, detail: sentences; field: dotted
    path of the field at fault ("" for none); advice: what to do; headers: further fields;
    close: whether the connection ends after it.
    """

    status: int
    code: str
    title: str
    detail: str = ""
    field: str = ""
    advice: str = ""
    headers: tuple[tuple[bytes, bytes], ...] = ()
    close: bool = False

    def body(self) -> bytes:
        """The JSON text."""
        members = {
            "type": _TYPE + self.code,
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "field": self.field,
            "advice": self.advice,
        }
        return msgspec.json.encode({name: value for name, value in members.items() if value != ""})

    def fields(self) -> list[tuple[bytes, bytes]]:
        """Header fields, with the length of `body`."""
        fields = [
            (b"Content-Type", MEDIA_TYPE),
            (b"Content-Length", b"%d" % len(self.body())),
            (b"Cache-Control", b"no-store"),
            *self.headers,
        ]
        return [*fields, (b"Connection", b"close")] if self.close else fields


_TITLES = {
    "invalid-json": (400, "The body is not valid JSON"),
    "not-object": (400, "The body is not a JSON object"),
    "duplicate-key": (400, "The body names a key twice"),
    "too-deep": (400, "The body is nested too deeply"),
    "missing-required": (400, "A required key is missing"),
    "settings-not-object": (400, "A key that must hold an object holds something else"),
    "conflict": (409, "The same key has two values"),
    "cron-in-manual": (409, "The body would turn the job into one of another type"),
}
_ADVICE = {
    "invalid-json": "Send UTF-8 JSON text (RFC 8259); NaN and Infinity are not JSON.",
    "not-object": "Send one JSON object.",
    "duplicate-key": "Name each key once: which value holds is not defined.",
    "too-deep": "Send a flatter body, or raise --max-depth.",
    "missing-required": "Add the key at the top level, or call the successor.",
    "settings-not-object": "Send an object there, or leave the key out.",
    "conflict": "Leave one of the two out.",
    "cron-in-manual": "Call the operation of that job type, or the successor.",
}


def of_untranslatable(error: Untranslatable) -> Problem:
    """The 4xx answer for a request that the contract can't translate."""
    status, title = _TITLES[error.code]
    return Problem(status, error.code, title, error.reason, error.field, _ADVICE[error.code])


def too_large(limit: int) -> Problem:
    """413: the body of a call to be translated exceeds the limit (bytes)."""
    return Problem(
        413,
        "too-large",
        "The body is too large to be translated",
        f"More than {limit} bytes.",
        advice="Send less, or raise --max-body.",
        close=True,
    )


def body_timeout() -> Problem:
    """408: the caller's body does not come on; the connection ends."""
    return Problem(408, "body-timeout", "The body did not come in time", close=True)


def bad_request(detail: str) -> Problem:
    """400 for a request that HTTP forbids (RFC 9112); the connection ends."""
    return Problem(400, "bad-request", "The request is not valid HTTP", detail, close=True)


def upstream(status: int, code: str, detail: str) -> Problem:
    """502 or 504: the upstream gave no usable answer."""
    titles = {502: "The upstream gave no valid answer", 504: "The upstream did not answer in time"}
    return Problem(status, code, titles[status], detail)


def overloaded() -> Problem:
    """503: too many requests are in flight."""
    return Problem(
        503,
        "overloaded",
        "Too many requests are in flight",
        advice="Try again shortly.",
        headers=((b"Retry-After", b"1"),),
    )


def catalogue() -> dict[str, dict[str, str | int]]:
    """Status, title and advice of each refusal by the contract, for other gateways."""
    return {
        code: {"status": status, "title": title, "advice": _ADVICE[code]}
        for code, (status, title) in _TITLES.items()
    }
