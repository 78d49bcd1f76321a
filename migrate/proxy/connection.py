"""One HTTP/1.1 connection to the upstream, parsed by httptools (llhttp, strict). RFC 9112."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from collections.abc import AsyncIterator
from typing import cast

import httptools

from migrate.proxy import upstream
from migrate.proxy.headers import Fields
from migrate.proxy.upstream import UpstreamError

_HIGH_WATER = 256 << 10
_LOW_WATER = 64 << 10
_LARGEST_HEADER = 128 << 10
_FORBIDDEN_BYTE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")


class Connection(asyncio.Protocol):
    """A connection that carries one exchange at a time.

    served: exchanges completed. idle_since: loop time of the last release, in seconds.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.served = 0
        self.idle_since = 0.0
        self.status = 0
        self.fields: Fields = []
        self._transport: asyncio.Transport
        self._parser: httptools.HttpResponseParser | None = None
        self._is_head = False
        self._head: asyncio.Future[None] | None = None
        self._heard = False
        self._header_size = 0
        self._parts: deque[bytes] = deque()
        self._buffered = 0
        self._complete = False
        self._reusable = True
        self._until_end = False
        self._fault: UpstreamError | None = None
        self._reading: asyncio.Future[None] | None = None
        self._paused = False
        self._writing: asyncio.Future[None] | None = None
        self._closed = False

    # ── The exchange ─────────────────────────────────────────────────────────────────────────

    async def exchange(self, method: str, head: bytes, body: bytes | None) -> None:
        """Send a request's bytes and wait for the answer's header.

        Raises UpstreamError. `heard` tells whether anything came before.
        """
        self._parser = httptools.HttpResponseParser(self)
        self._is_head = method == "HEAD"
        self.status = 0
        self.fields = []
        self._header_size = 0
        self._heard = self._complete = self._until_end = False
        self._fault = None
        self._head = self._loop.create_future()
        if self._closed:
            raise upstream.reset()
        self._transport.write(head if body is None else head + body)
        await self._head

    def fail(self, error: BaseException) -> None:
        """End the exchange with an error of the request's side, and the connection."""
        if self._head is not None and not self._head.done():
            self._head.set_exception(error)
        self.abort()

    @property
    def heard(self) -> bool:
        """Whether any byte of an answer has come."""
        return self._heard

    @property
    def alive(self) -> bool:
        """Whether the connection can carry a further exchange."""
        return not self._closed and not self._transport.is_closing()

    @property
    def reusable(self) -> bool:
        """Whether the exchange has ended in a way that allows a further one."""
        return self._complete and self._reusable and not self._parts and not self._paused and self.alive

    async def write(self, data: bytes) -> None:
        """Send a part of a body; waits where the upstream is slow. Raises UpstreamError."""
        if self._writing is not None:
            await self._writing
        if self._closed:
            raise upstream.reset()
        self._transport.write(data)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The content as it comes. Raises UpstreamError where it is cut short or not valid."""
        while True:
            while self._parts:
                part = self._parts.popleft()
                self._buffered -= len(part)
                if self._paused and self._buffered < _LOW_WATER and not self._closed:
                    self._paused = False
                    self._transport.resume_reading()
                yield part
            if self._complete:
                return
            if self._fault is not None:
                raise self._fault
            self._reading = self._loop.create_future()
            await self._reading

    def abort(self) -> None:
        """Close at once; a waiting `chunks` ends with an error."""
        if self._fault is None and not self._complete:
            self._fault = upstream.truncated()
        self._transport.abort()
        self._wake()

    # ── asyncio's calls ──────────────────────────────────────────────────────────────────────

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """Parse; anything that is not an answer to a request ends the connection."""
        self._heard = True
        if self._parser is None or self._complete:
            self._reusable = False
            self._transport.abort()
            return
        if self._head is not None and not self._head.done():
            self._header_size += len(data)
            if self._header_size > _LARGEST_HEADER:
                self._fail_with(upstream.invalid("its header is too large"))
                return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._fail_with(upstream.invalid("it changes the protocol"))
        except httptools.HttpParserError:
            self._fail_with(upstream.invalid("its framing"))

    def eof_received(self) -> None:
        """Let the transport close."""

    def connection_lost(self, exc: Exception | None) -> None:
        """End what is under way."""
        self._closed = True
        if self._until_end and exc is None:
            self._complete = True
            self._reusable = False
        elif not self._complete and self._fault is None:
            self._fault = upstream.truncated()
        if self._head is not None and not self._head.done():
            self._head.set_exception(upstream.reset())
        if self._writing is not None and not self._writing.done():
            self._writing.set_result(None)
        self._wake()

    def pause_writing(self) -> None:
        """The upstream is slow."""
        self._writing = self._loop.create_future()

    def resume_writing(self) -> None:
        """The upstream reads again."""
        if self._writing is not None and not self._writing.done():
            self._writing.set_result(None)
        self._writing = None

    # ── The parser's calls ───────────────────────────────────────────────────────────────────

    def on_message_begin(self) -> None:
        """An answer begins; one after the last belongs to no request."""
        if self._complete:
            self._reusable = False
        else:
            self.fields = []

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a field of the header; those of a trailer are left out."""
        if not self.status:
            self.fields.append((name, value))

    def on_headers_complete(self) -> None:
        """The header is there, unless it is that of an interim answer."""
        parser = self._parser
        if parser is None or self._complete:
            return
        status = parser.get_status_code()
        if 100 <= status < 200 and status != 101:
            return
        self.status = status
        if not 200 <= status <= 599 or any(_FORBIDDEN_BYTE.search(value) for _, value in self.fields):
            self._fail_with(upstream.invalid("its status or a header field"))
            return
        self._reusable = parser.should_keep_alive()
        names = {name.lower() for name, _ in self.fields}
        bodiless = self._is_head or status in {204, 304}
        self._until_end = not bodiless and not names & {b"content-length", b"transfer-encoding"}
        if bodiless:
            self._complete = True
        if self._head is not None and not self._head.done():
            self._head.set_result(None)

    def on_body(self, body: bytes) -> None:
        """Take a part of the content; stop reading where the caller is slow."""
        if self._complete:
            self._reusable = False
            return
        self._parts.append(body)
        self._buffered += len(body)
        if self._buffered > _HIGH_WATER and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def on_message_complete(self) -> None:
        """The answer has ended, unless it was an interim one."""
        if self.status:
            self._complete = True
            self._wake()

    def _fail_with(self, error: UpstreamError) -> None:
        """End the connection; an answer that had ended before stays valid."""
        self._fault = error
        self._reusable = False
        if self._head is not None and not self._head.done():
            self._head.set_exception(error)
        self._transport.abort()
        self._wake()

    def _wake(self) -> None:
        if self._reading is not None and not self._reading.done():
            self._reading.set_result(None)
