"""The upstream over HTTP/1.1: one host, a pool of kept connections, and websockets.

Chosen by measurement: see docs/proxy.md.
"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.typing import Subprotocol

from migrate.errors import UsageError
from migrate.proxy import headers, upstream
from migrate.proxy.connection import Connection
from migrate.proxy.headers import Fields
from migrate.proxy.problem import bad_request
from migrate.proxy.settings import Settings
from migrate.proxy.websocket import HandshakeRefusedError, SocketClosedError

_IDEMPOTENT = frozenset(("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"))
_WITH_LENGTH = frozenset(("PUT", "POST", "PATCH"))
_ATTEMPTS = 3
_PAUSE = 0.05
_LARGEST_MESSAGE = 16 << 20


class HttpAnswer:
    """An `upstream.Answer` on a `Connection`."""

    __slots__ = ("_connection", "_give_back", "_pump", "fields", "status")

    def __init__(
        self,
        connection: Connection,
        give_back: Callable[[Connection], None],
        pump: asyncio.Task[None] | None,
    ) -> None:
        self._connection = connection
        self._give_back = give_back
        self._pump = pump
        self.status = connection.status
        self.fields = connection.fields

    def chunks(self) -> AsyncIterator[bytes]:
        """The content as it comes."""
        return self._connection.chunks()

    async def release(self) -> None:
        """Give the connection back, or close it where the exchange has not ended."""
        if self._pump is not None and not self._pump.done():
            self._pump.cancel()
            self._connection.abort()
        elif self._connection.reusable:
            self._give_back(self._connection)
        else:
            self._connection.abort()

    def abort(self) -> None:
        """Close the connection."""
        if self._pump is not None:
            self._pump.cancel()
        self._connection.abort()


def trusted_context(settings: Settings) -> ssl.SSLContext:
    """How the upstream's certificate is verified. Raises UsageError."""
    try:
        context = ssl.create_default_context(cafile=settings.ca_file or None)
    except OSError as error:  # also what is no certificate: ssl.SSLError
        reason = error.strerror if type(error) is not ssl.SSLError else "not a file of certificates (PEM)"
        raise UsageError(
            f"{settings.ca_file}: {reason}", "Name a file of certificates to trust: --ca-file ca.pem"
        ) from None
    context.set_alpn_protocols(["http/1.1"])
    return context


class HttpUpstream:
    """An `upstream.Upstream` over a pool. on_retry is called before a request is sent again."""

    def __init__(self, settings: Settings, on_retry: Callable[[], None] = lambda: None) -> None:
        parts = urlsplit(settings.upstream)
        self._host = parts.hostname or ""
        self._secure = parts.scheme == "https"
        self._port = parts.port or (443 if self._secure else 80)
        self._authority = parts.netloc
        self._settings = settings
        self._on_retry = on_retry
        self._idle: list[Connection] = []
        self._tls: ssl.SSLContext | None = None
        self._sweeper: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Load the certificates to trust; begin to close what idles too long."""
        if self._secure:
            self._tls = trusted_context(self._settings)
        self._sweeper = asyncio.create_task(self._sweep())

    async def close(self) -> None:
        """Close all idle connections."""
        if self._sweeper is not None:
            self._sweeper.cancel()
        for connection in self._idle:
            connection.abort()
        self._idle.clear()

    async def send(self, request: upstream.Request) -> HttpAnswer:
        """Send a request; see `upstream.Upstream.send`."""
        body = request.body
        whole = body if isinstance(body, bytes) else b""
        parts = None if body is None or isinstance(body, bytes) else body
        head = self._head(request, len(whole), streamed=parts is not None)
        for _ in range(_ATTEMPTS - 1):
            connection = await self._connection()
            try:
                return await self._exchange(connection, request.method, head, whole, parts)
            except upstream.UpstreamError as error:
                stale = error.code == "upstream-reset" and connection.served > 0 and not connection.heard
                if not stale or parts is not None or request.method not in _IDEMPOTENT:
                    raise
                self._on_retry()
        return await self._exchange(await self._connect(), request.method, head, whole, parts)

    async def _exchange(
        self,
        connection: Connection,
        method: str,
        head: bytes,
        whole: bytes,
        parts: AsyncIterator[bytes] | None,
    ) -> HttpAnswer:
        pump = None
        try:
            if parts is not None:
                chunked = b"\r\ntransfer-encoding: chunked\r\n" in head
                pump = asyncio.create_task(_pump(connection, parts, chunked=chunked))
            await connection.exchange(method, head, whole)
        except BaseException:
            if pump is not None:
                pump.cancel()
            connection.abort()
            raise
        return HttpAnswer(connection, self._give_back, pump)

    def _head(self, request: upstream.Request, size: int, *, streamed: bool) -> bytes:
        """The request line and header. Raises Problem where they would not be one."""
        lines = [
            f"{request.method} {request.target} HTTP/1.1".encode("latin-1"),
            b"host: " + self._authority.encode(),
        ]
        lines += [name + b": " + value for name, value in request.fields]
        if headers.length(request.fields) is None:
            if streamed:
                lines.append(b"transfer-encoding: chunked")
            elif size or request.method in _WITH_LENGTH:
                lines.append(b"content-length: %d" % size)
        head = b"\r\n".join([*lines, b"", b""])
        if head.count(b"\n") != len(lines) + 1 or head.count(b"\r") != len(lines) + 1:
            raise bad_request("A line break where none may be.")
        return head

    async def _connection(self) -> Connection:
        """An idle connection, the last used first, or a new one."""
        now = asyncio.get_running_loop().time()
        while self._idle:
            connection = self._idle.pop()
            if connection.alive and now - connection.idle_since < self._settings.keep_alive:
                return connection
            connection.abort()
        return await self._connect()

    async def _connect(self) -> Connection:
        """A new connection. Tried again, as nothing is sent before it is there. Raises UpstreamError."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return await self._connect_once()
            except TimeoutError:
                raise upstream.connect_timeout() from None
            except ssl.SSLError as error:
                verified = isinstance(error, ssl.SSLCertVerificationError)
                reason = "its certificate is not valid" if verified else "the TLS handshake failed"
                raise upstream.connect_failed(reason) from None
            except OSError as error:
                if attempt == _ATTEMPTS:
                    raise upstream.connect_failed(_reason(error)) from None
                self._on_retry()
                await asyncio.sleep(_PAUSE)
        raise upstream.connect_failed("no attempt")

    async def _connect_once(self) -> Connection:
        loop = asyncio.get_running_loop()
        async with asyncio.timeout(self._settings.connect_timeout):
            _, connection = await loop.create_connection(
                lambda: Connection(loop), self._host, self._port, ssl=self._tls
            )
        return connection

    def _give_back(self, connection: Connection) -> None:
        connection.served += 1
        connection.idle_since = asyncio.get_running_loop().time()
        self._idle.append(connection)

    async def _sweep(self) -> None:
        """Close what idles too long, so that connections don't pile up after a peak."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._settings.keep_alive)
            oldest = loop.time() - self._settings.keep_alive
            kept = [each for each in self._idle if each.alive and each.idle_since > oldest]
            for connection in self._idle:
                if connection not in kept:
                    connection.abort()
            self._idle = kept

    # ── Websockets ───────────────────────────────────────────────────────────────────────────

    async def connect(self, target: str, fields: Fields, subprotocols: list[str]) -> WebSocket:
        """Open a websocket; see `websocket.Connect`."""
        scheme = "wss" if self._secure else "ws"
        try:
            connection = await _Connect(
                f"{scheme}://{self._authority}{target}",
                additional_headers=[(name.decode(), value.decode("latin-1")) for name, value in fields],
                subprotocols=[Subprotocol(each) for each in subprotocols] or None,
                user_agent_header=None,
                proxy=None,
                ssl=self._tls,
                open_timeout=None,
                ping_interval=None,
                close_timeout=5,
                max_size=_LARGEST_MESSAGE,
            )
        except InvalidStatus as error:
            found = [
                (name.encode(), value.encode("latin-1")) for name, value in error.response.headers.raw_items()
            ]
            raise HandshakeRefusedError(
                error.response.status_code, found, bytes(error.response.body or b"")
            ) from None
        except OSError as error:
            raise upstream.connect_failed(type(error).__name__) from None
        except InvalidHandshake as error:
            raise upstream.invalid(type(error).__name__) from None
        return WebSocket(connection)


def _reason(error: OSError) -> str:
    """Why no connection was made: the system's words, without the address that asyncio adds."""
    if isinstance(error, socket.gaierror):
        return "its name is not known"
    return os.strerror(error.errno) if error.errno else type(error).__name__


class _Connect(connect):
    """The library's way to connect, without following redirects."""

    def process_redirect(self, exc: Exception) -> Exception | str:
        """Never another host."""
        return exc


class WebSocket:
    """A `websocket.Socket` over the websockets library."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.subprotocol: str | None = connection.subprotocol
        answer = connection.response
        self.fields: Fields = [
            (name.encode(), value.encode("latin-1"))
            for name, value in (answer.headers.raw_items() if answer else ())
        ]

    async def send(self, message: str | bytes) -> None:
        """Send a message."""
        try:
            await self._connection.send(message)
        except ConnectionClosed:
            raise SocketClosedError(1006) from None

    async def receive(self) -> str | bytes:
        """The next message."""
        try:
            return await self._connection.recv()
        except ConnectionClosed as error:
            closing = error.rcvd
            raise (
                SocketClosedError(closing.code, closing.reason) if closing else SocketClosedError(1006)
            ) from None

    async def close(self, code: int, reason: str) -> None:
        """Close it; nothing happens where it is closed."""
        await self._connection.close(code, reason)


async def _pump(connection: Connection, parts: AsyncIterator[bytes], *, chunked: bool) -> None:
    """Send a body as it comes; where it can't be had to its end, the upstream must not take it for whole."""
    try:
        async for part in parts:
            await connection.write(b"%x\r\n%b\r\n" % (len(part), part) if chunked else part)
        if chunked:
            await connection.write(b"0\r\n\r\n")
    except upstream.UpstreamError:
        return
    except Exception as error:  # noqa: BLE001 (handed to whoever waits for the answer)
        connection.fail(error)
