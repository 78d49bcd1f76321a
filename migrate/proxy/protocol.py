"""What uvicorn's HTTP/1.1 protocol leaves open: framing attacks, slow headers, trailers, answers in order.

Subclasses the protocol that ``http=`` of uvicorn takes. Requests that RFC 9112 forbids are
answered with 400 and the connection ends; never before the answers to the requests ahead of them.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import (
    STATUS_LINE,
    HttpToolsProtocol,
    RequestResponseCycle,
)

from migrate.proxy import headers, problem
from migrate.proxy.exchange import BARE_QUERY, date_field
from migrate.proxy.problem import Problem

HEADER_TIMEOUT = 10.0
"""Seconds that a request's header may take, where the application has no `header_timeout`."""


_LARGEST_HEADER = 256 << 10


class ForbiddenRequestError(Exception):
    """Raised inside the parser's callbacks, which makes it refuse the rest."""


_SMALL = 16 << 10


class _Corked(asyncio.Transport):
    """Writes an answer's header together with the content that follows at once, in one packet.

    uvicorn writes them one by one. What nothing follows goes out in the event loop's next round.
    """

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._transport = transport
        self._loop = loop
        self._held = b""

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Hold back the first of two, write both."""
        if self._held:
            data, self._held = self._held + data, b""
            self._transport.write(data)
        elif len(data) > _SMALL:
            self._transport.write(data)
        elif data:
            self._held = bytes(data)
            self._loop.call_soon(self._flush)

    def close(self) -> None:
        """Write what is held, and close."""
        self._flush()
        self._transport.close()

    def is_closing(self) -> bool:
        """Whether it is closed or about to be."""
        return self._transport.is_closing()

    def _flush(self) -> None:
        if self._held:
            data, self._held = self._held, b""
            self._transport.write(data)


class ShimProtocol(HttpToolsProtocol):
    """One connection of a caller's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._header_timer: asyncio.TimerHandle | None = None
        self._in_header = True
        self._refused = False
        self._header_size = 0
        self._header_timeout: float = getattr(self.app, "header_timeout", HEADER_TIMEOUT)
        self._data = b""
        self._body_only = False  # what the parser finds belongs to a header that was parsed before
        self._active: RequestResponseCycle

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as the base
        """Give the first header its time."""
        super().connection_made(transport)
        self._start_header_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._stop_header_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse, unless what came before was refused."""
        if self._refused:
            return
        self._data = data
        super().data_received(data)
        self._header_size = self._header_size + len(data) if self._in_header else 0
        if self._header_size > _LARGEST_HEADER:
            self.send_400_response("The header is too large.")
        elif self._header_timer is None and self._idle() and not self.transport.is_closing():
            self._start_header_timer()

    def on_message_begin(self) -> None:
        """A header begins."""
        if self._body_only:
            return
        self._in_header = True
        super().on_message_begin()
        if self._header_timer is None:
            self._start_header_timer()

    def on_url(self, url: bytes) -> None:
        """Take a part of the target."""
        if not self._body_only:
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a field of the header, leave those of the trailer."""
        if self._in_header:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Check what the parser lets pass."""
        if self._body_only:
            return
        self._stop_header_timer()
        version = self.parser.get_http_version()
        fault = headers.framing_fault(self.headers, version)
        if not fault and version not in {"1.0", "1.1"}:
            fault = "This is not HTTP/1.1."
        target = headers.origin_form(self.url)
        if fault or target is None:
            raise ForbiddenRequestError(fault or "The target is not one.")
        self.url = target
        self._in_header = False
        super().on_headers_complete()
        upgrade = self.parser.should_upgrade()
        if upgrade and self._should_upgrade():
            return
        if target.endswith(b"?") and target.count(b"?") == 1:
            self.scope["extensions"] = {BARE_QUERY: {}}
        if upgrade:
            self.cycle.keep_alive = False
        self.cycle.transport = _Corked(self.transport, self.loop)

    def _should_upgrade(self) -> bool:
        """Whether this is the opening of a websocket: a GET without content (RFC 6455 §4.1)."""
        opens = self.scope["method"] == "GET" and not headers.has_body(self.headers)
        return opens and super()._should_upgrade()

    def send_400_response(self, msg: str) -> None:
        """Refuse what can't be understood, after the answers to what came before."""
        if self._refused:
            return
        self._refused = True
        self._stop_header_timer()
        if self._idle():
            self._write(problem.bad_request(msg))
        elif self._in_header:
            self.cycle.keep_alive = False  # the last answer that is owed ends the connection
        elif self.pipeline:
            self.pipeline.popleft()  # its body is damaged; those ahead of it are answered
            last = self.pipeline[0][0] if self.pipeline else self._active
            last.keep_alive = False
        elif self.cycle.response_started:
            self.transport.close()
        else:
            self._write(problem.bad_request(msg))

    def _unsupported_upgrade_warning(self) -> None:
        """Ignore an upgrade that is not offered (RFC 9110 §7.8).

        The parser takes what follows for the other protocol. So a new one reads the content, and
        the answer ends the connection.
        """
        error = sys.exc_info()[1]
        if not headers.has_body(self.headers) or not isinstance(error, httptools.HttpParserUpgrade):
            self._refused = True
            return
        self._body_only = True
        framing = b"".join(
            name + b": " + value + b"\r\n"
            for name, value in self.headers
            if name in {b"content-length", b"transfer-encoding"}
        )
        self.parser = httptools.HttpRequestParser(self)
        self.parser.feed_data(b"POST / HTTP/1.1\r\n" + framing + b"\r\n")
        rest = self._data[error.args[0] :]
        if rest:
            super().data_received(rest)

    def on_body(self, body: bytes) -> None:
        """Take a part of the content."""
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The content has ended, but for that of an upgrade, which the parser leaves aside.

        Behind the content of an ignored upgrade nothing is read.
        """
        if (self.parser.should_upgrade() and headers.has_body(self.headers)) or self._refused:
            return
        super().on_message_complete()
        self._refused = self._body_only

    def _idle(self) -> bool:
        """Whether no answer is owed."""
        return self.cycle is None or self.cycle.response_complete

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._active = cycle
        super()._start_asgi_task(cycle, app)

    def _write(self, found: Problem) -> None:
        lines = [STATUS_LINE[found.status]]
        lines += [name + b": " + value + b"\r\n" for name, value in [*found.fields(), date_field()]]
        self.transport.write(b"".join([*lines, b"\r\n", found.body()]))
        self.transport.close()

    def _start_header_timer(self) -> None:
        self._header_timer = self.loop.call_later(self._header_timeout, self._header_too_slow)

    def _stop_header_timer(self) -> None:
        if self._header_timer is not None:
            self._header_timer.cancel()
            self._header_timer = None

    def _header_too_slow(self) -> None:
        """Close a connection whose header does not come, once nothing else is under way on it."""
        self._header_timer = None
        self._refused = True
        if not self._idle():
            self.cycle.keep_alive = False
        elif not self.transport.is_closing():
            self.transport.close()
