"""Relay websockets (RFC 6455; log tailing, exec): messages, close codes and refusals as they are."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from migrate.proxy import headers
from migrate.proxy.exchange import Receive, Scope, Send
from migrate.proxy.headers import Fields
from migrate.proxy.logs import Log
from migrate.proxy.settings import Settings
from migrate.proxy.upstream import UpstreamError, timed_out

_OWN = frozenset(
    b"sec-websocket-" + name for name in (b"key", b"version", b"extensions", b"protocol", b"accept")
)
_NO_STATUS = 1005
_ABNORMAL = 1006
_NORMAL = 1000
_FAULT = 1011


@dataclass(eq=False)
class SocketClosedError(Exception):
    """The other side closed the websocket. code: as received, 1006 where it just went away."""

    code: int
    reason: str = ""


@dataclass(eq=False)
class HandshakeRefusedError(Exception):
    """The upstream answered the handshake with an ordinary answer."""

    status: int
    fields: Fields
    body: bytes = b""


class Socket(Protocol):
    """An open websocket to the upstream."""

    subprotocol: str | None
    fields: Fields

    async def send(self, message: str | bytes) -> None:
        """Send a message. Raises SocketClosedError."""

    async def receive(self) -> str | bytes:
        """The next message. Raises SocketClosedError."""

    async def close(self, code: int, reason: str) -> None:
        """Close it."""


Connect = Callable[[str, Fields, list[str]], Awaitable[Socket]]
"""Opens a websocket: target, header fields, subprotocols. Raises UpstreamError, HandshakeRefusedError."""


async def relay_websocket(
    connect: Connect | None, settings: Settings, log: Log, scope: Scope, receive: Receive, send: Send
) -> None:
    """Serve one websocket of a caller's. connect None: refused with 501."""
    await receive()  # websocket.connect
    if connect is None:
        await refuse(scope, send, 501, [])
        return
    path: str = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    query: bytes = scope["query_string"]
    target = f"{path}?{query.decode('latin-1')}" if query else path
    fields = headers.to_upstream(scope["headers"], "1.1", _OWN)
    try:
        async with asyncio.timeout(settings.timeout):
            socket = await connect(target, fields, list(scope["subprotocols"]))
    except HandshakeRefusedError as refused:
        fields = headers.to_client(refused.fields, {b"content-length"})
        await refuse(scope, send, refused.status, fields, refused.body)
        return
    except (UpstreamError, TimeoutError) as error:
        found = error if isinstance(error, UpstreamError) else timed_out()
        log.event("warning", "upstream-error", method="websocket", path=path, code=found.code)
        await refuse(scope, send, found.status, [])
        return
    own = _OWN | {b"content-length"}
    fields = [(name.lower(), value) for name, value in headers.to_client(socket.fields, own)]
    await send({"type": "websocket.accept", "subprotocol": socket.subprotocol, "headers": fields})
    await _both_ways(socket, receive, send)


async def refuse(scope: Scope, send: Send, status: int, fields: Fields, body: bytes = b"") -> None:
    """Answer the handshake with a status, where the server can; else with its own 403."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close"})
        return
    fields = [*((name.lower(), value) for name, value in fields), (b"content-length", b"%d" % len(body))]
    await send({"type": "websocket.http.response.start", "status": status, "headers": fields})
    await send({"type": "websocket.http.response.body", "body": body})


async def _both_ways(socket: Socket, receive: Receive, send: Send) -> None:
    tasks = {asyncio.create_task(_up(socket, receive)), asyncio.create_task(_down(socket, send))}
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await socket.close(_NORMAL, "")


async def _up(socket: Socket, receive: Receive) -> None:
    """From the caller to the upstream, until the caller closes."""
    while True:
        message = await receive()
        if message["type"] == "websocket.disconnect":
            code = message.get("code") or _NO_STATUS
            await socket.close(_sendable(code, _NORMAL), message.get("reason") or "")
            return
        text = message.get("text")
        try:
            await socket.send(text if text is not None else message["bytes"])
        except SocketClosedError:
            return


async def _down(socket: Socket, send: Send) -> None:
    """From the upstream to the caller, until the upstream closes."""
    while True:
        try:
            message = await socket.receive()
        except SocketClosedError as closed:
            code = _sendable(closed.code, _NORMAL if closed.code == _NO_STATUS else _FAULT)
            await send({"type": "websocket.close", "code": code, "reason": closed.reason})
            return
        key = "text" if isinstance(message, str) else "bytes"
        await send({"type": "websocket.send", key: message})


def _sendable(code: int, otherwise: int) -> int:
    """A code that may stand in a close frame (RFC 6455 §7.4)."""
    return otherwise if code in {_NO_STATUS, _ABNORMAL, 1015} or not 1000 <= code < 5000 else code
