"""The upstream over aiohttp: one host, HTTP/1.1, a pool of kept connections.

Chosen by measurement among well-kept clients: see docs/proxy.md.
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace
from typing import Any

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from migrate.proxy import upstream
from migrate.proxy.headers import Fields
from migrate.proxy.problem import bad_request
from migrate.proxy.settings import Settings
from migrate.proxy.websocket import HandshakeRefusedError, SocketClosedError

_IDEMPOTENT = frozenset(("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"))
_ATTEMPTS = 3
_PAUSE = 0.05
_LARGEST_MESSAGE = 16 << 20
_SKIPPED = ("Accept", "Accept-Encoding", "User-Agent", "Content-Type")
_BAD_VALUE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_BAD_NAME = re.compile(rb"[^!#$%&'*+\-.^_`|~0-9A-Za-z]")


class _ConnectionEndedError(aiohttp.ClientError):
    """Stands for aiohttp's own errors, on which it would send an idempotent request again."""


async def _send_once(request: aiohttp.ClientRequest, handler: Callable[[Any], Any]) -> aiohttp.ClientResponse:
    try:
        response: aiohttp.ClientResponse = await handler(request)
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise _ConnectionEndedError from error
    return response


async def _note_reuse(_session: aiohttp.ClientSession, context: SimpleNamespace, _params: Any) -> None:
    context.trace_request_ctx[0] = True


class AiohttpAnswer:
    """An answer of aiohttp's as an `upstream.Answer`."""

    __slots__ = ("_response", "fields", "status")

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response
        self.status = response.status
        self.fields: Fields = list(response.raw_headers)

    async def chunks(self) -> AsyncIterator[bytes]:
        """The content as it comes."""
        try:
            async for chunk in self._response.content.iter_any():
                yield chunk
        except (aiohttp.ClientError, OSError):
            raise upstream.truncated() from None

    async def release(self) -> None:
        """Give the connection back, or close it where content is left."""
        if self._response.content.at_eof():
            self._response.release()
        else:
            self._response.close()

    def abort(self) -> None:
        """Close the connection."""
        self._response.close()


class AiohttpUpstream:
    """An `upstream.Upstream` over aiohttp. on_retry is called before a request is sent again."""

    def __init__(self, settings: Settings, on_retry: Callable[[], None] = lambda: None) -> None:
        self._settings = settings
        self._base = settings.upstream.rstrip("/")
        self._on_retry = on_retry
        self._session: aiohttp.ClientSession

    async def open(self) -> None:
        """Make the session."""
        context: ssl.SSLContext | bool = True
        if self._base.startswith("https:"):
            context = ssl.create_default_context(cafile=self._settings.ca_file or None)
        trace = aiohttp.TraceConfig()
        trace.on_connection_reuseconn.append(_note_reuse)
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=self._settings.keep_alive, ssl=context),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._settings.connect_timeout),
            auto_decompress=False,
            skip_auto_headers=_SKIPPED,
            trust_env=False,
            max_line_size=65536,
            max_field_size=65536,
            middlewares=(_send_once,),
            trace_configs=[trace],
        )

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    async def send(self, request: upstream.Request) -> AiohttpAnswer:
        """Send a request; see `upstream.Upstream.send`."""
        headers = _text(request.fields)
        url = URL(self._base + request.target, encoded=True)
        whole = not isinstance(request.body, AsyncIterator)
        for attempt in range(1, _ATTEMPTS + 1):
            reused = [False]
            try:
                response = await self._session.request(
                    request.method,
                    url,
                    headers=headers,
                    data=request.body,
                    allow_redirects=False,
                    trace_request_ctx=reused,
                )
            except aiohttp.ConnectionTimeoutError:
                raise upstream.connect_timeout() from None
            except aiohttp.ClientConnectorError as error:
                if attempt == _ATTEMPTS or isinstance(error, aiohttp.ClientSSLError):
                    raise upstream.connect_failed(_reason(error)) from None
                self._on_retry()
                await asyncio.sleep(_PAUSE)
            except _ConnectionEndedError:
                if not (reused[0] and whole and request.method in _IDEMPOTENT and attempt < _ATTEMPTS):
                    raise upstream.reset() from None
                self._on_retry()
            except (aiohttp.ClientError, ValueError) as error:
                raise upstream.invalid(type(error).__name__) from None
            else:
                return _checked(response)
        raise upstream.reset()

    async def connect(self, target: str, fields: Fields, subprotocols: list[str]) -> AiohttpSocket:
        """Open a websocket; see `websocket.Connect`."""
        try:
            response = await self._session.ws_connect(
                URL(self._base + target, encoded=True),
                headers=_text(fields),
                protocols=subprotocols,
                max_msg_size=_LARGEST_MESSAGE,
                timeout=aiohttp.ClientWSTimeout(ws_close=5.0),
            )
        except aiohttp.WSServerHandshakeError as error:
            found = [(name.encode(), value.encode()) for name, value in (error.headers or {}).items()]
            status = error.status if 300 <= error.status <= 599 else 502
            raise HandshakeRefusedError(status, found) from None
        except aiohttp.ClientConnectorError as error:
            raise upstream.connect_failed(_reason(error)) from None
        except aiohttp.ClientError as error:
            raise upstream.invalid(type(error).__name__) from None
        return AiohttpSocket(response)


class AiohttpSocket:
    """A websocket of aiohttp's as a `websocket.Socket`."""

    def __init__(self, response: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = response
        self.subprotocol = response.protocol
        self.fields: Fields = list(response._response.raw_headers)  # noqa: SLF001 (no public way to them)

    async def send(self, message: str | bytes) -> None:
        """Send a message."""
        try:
            await (
                self._socket.send_str(message)
                if isinstance(message, str)
                else self._socket.send_bytes(message)
            )
        except (aiohttp.ClientError, ConnectionError):
            raise SocketClosedError(1006) from None

    async def receive(self) -> str | bytes:
        """The next message."""
        message = await self._socket.receive()
        if message.type in {aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY}:
            data: str | bytes = message.data
            return data
        raise SocketClosedError(self._socket.close_code or 1006, message.extra or "")

    async def close(self, code: int, reason: str) -> None:
        """Close it; nothing happens where it is closed."""
        await self._socket.close(code=code, message=reason.encode())


def _text(fields: Fields) -> CIMultiDict[str]:
    try:
        return CIMultiDict([(name.decode("ascii"), value.decode("utf-8")) for name, value in fields])
    except UnicodeDecodeError:
        raise bad_request("A header field is not UTF-8.") from None


def _reason(error: aiohttp.ClientConnectorError) -> str:
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "its certificate is not valid"
    return type(error.os_error).__name__


def _checked(response: aiohttp.ClientResponse) -> AiohttpAnswer:
    """An answer that may be relayed. Raises UpstreamError."""
    answer = AiohttpAnswer(response)
    names = b"".join(name for name, _ in answer.fields)
    contents = b"".join(value for _, value in answer.fields)
    if not 200 <= answer.status <= 599 or _BAD_NAME.search(names) or _BAD_VALUE.search(contents):
        response.close()
        raise upstream.invalid("its status or a header field")
    return answer
