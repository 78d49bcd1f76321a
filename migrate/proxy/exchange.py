"""One request and its answer on the caller's side, over ASGI's receive and send."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from email.utils import formatdate
from functools import lru_cache
from typing import Any

from migrate.proxy import headers
from migrate.proxy.headers import Fields
from migrate.proxy.problem import Problem

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

BARE_QUERY = "nf_migrate.bare_query"
"""An extension of the ASGI scope: the target ends in a ``?`` that no query follows."""

_LINGER_SIZE = 16 << 20
_LINGER_TIME = 2.0


def date_field() -> tuple[bytes, bytes]:
    """The Date that an answer without one gets (RFC 9110 §6.6.1)."""
    return b"Date", _date(int(time.time()))


@lru_cache(maxsize=1)
def _date(now: int) -> bytes:
    return formatdate(now, usegmt=True).encode()


class ClientGoneError(Exception):
    """The caller closed the connection."""


class Exchange:
    """A request and the answer to it.

    path: as on the wire, without query. fields: names in lower case. status: of the answer, 0
    until it has begun. all_read: whether the request's body has come to its end. before_answer:
    called once the status is known and before a byte of it is sent.
    """

    __slots__ = (
        "_mark",
        "_receive",
        "_send",
        "all_read",
        "before_answer",
        "fields",
        "http_version",
        "method",
        "path",
        "query",
        "status",
    )

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self.method: str = scope["method"]
        self.path: str = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
        self.query: bytes = scope["query_string"]
        self._mark = "?" if self.query or BARE_QUERY in scope.get("extensions", {}) else ""
        self.fields: Fields = scope["headers"]
        self.http_version: str = scope["http_version"]
        self.status = 0
        self.all_read = False
        self.before_answer: Callable[[], None] | None = None

    def target(self, path: str) -> str:
        """Another path with this request's query."""
        return f"{path}{self._mark}{self.query.decode('latin-1')}"

    async def receive(self) -> bytes:
        """The next part of the body. Raises ClientGoneError."""
        message = await self._receive()
        if message["type"] == "http.disconnect":
            raise ClientGoneError
        self.all_read = not message.get("more_body", False)
        part: bytes = message.get("body", b"")
        return part

    async def read(self, limit: int) -> bytes:
        """The body, or the first of it where it is longer than `limit` bytes (`all_read` tells)."""
        text = await self.receive()
        if self.all_read:
            return text
        parts, size = [text], len(text)
        while not self.all_read and size <= limit:
            part = await self.receive()
            parts.append(part)
            size += len(part)
        return b"".join(parts)

    async def stream(self, first: bytes = b"") -> AsyncIterator[bytes]:
        """The body's parts as they come, after one that was read before."""
        if first:
            yield first
        while not self.all_read:
            part = await self.receive()
            if part:
                yield part

    async def linger(self) -> None:
        """Read on for a while, so that a caller who is still sending gets the answer, not a reset."""
        size = 0
        try:
            async with asyncio.timeout(_LINGER_TIME):
                while not self.all_read and size < _LINGER_SIZE:
                    size += len(await self.receive())
        except (TimeoutError, ClientGoneError):
            return

    async def gone(self) -> None:
        """Wait until the caller closes the connection. Only once the body is read."""
        try:
            while True:
                await self.receive()
        except ClientGoneError:
            return

    async def start(self, status: int, fields: Fields) -> None:
        """Send the answer's header."""
        self.status = status
        if self.before_answer is not None:
            self.before_answer()
        if status in {204, 304}:
            fields = [field for field in fields if field[0].lower() != b"content-length"]
        if not any(name.lower() == b"date" for name, _ in fields):
            fields = [*fields, date_field()]
        await self._send({"type": "http.response.start", "status": status, "headers": fields})

    async def send(self, part: bytes, *, more: bool) -> None:
        """Send a part of the answer's content; waits where the caller is slow."""
        await self._send({"type": "http.response.body", "body": part, "more_body": more})

    async def reply(self, status: int, fields: Fields, content: bytes) -> None:
        """Send a whole answer."""
        await self.start(status, fields)
        await self.send(b"" if status in {204, 304} else content, more=False)

    async def problem(self, problem: Problem, more: Fields) -> None:
        """Send an answer of the shim's own."""
        if problem.close and not self.expects_continue():
            await self.linger()
        await self.reply(problem.status, problem.fields() + more, problem.body())

    def expects_continue(self) -> bool:
        """Whether the caller waits for a word before it sends the body."""
        return b"100-continue" in headers.tokens(self.fields, b"expect")
