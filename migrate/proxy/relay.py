"""Pass a request and its answer through, byte for byte and as they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from migrate.proxy import headers
from migrate.proxy.exchange import ClientGoneError, Exchange
from migrate.proxy.headers import Fields
from migrate.proxy.policy import REPLACED
from migrate.proxy.problem import body_timeout
from migrate.proxy.settings import Settings
from migrate.proxy.upstream import Answer, Request, Upstream, UpstreamError, timed_out

_AT_ONCE = 64 << 10
_MOST_HELD = 16 << 20


async def pass_through(
    exchange: Exchange,
    upstream: Upstream,
    settings: Settings,
    target: str,
    first: bytes = b"",
    more: Fields | None = None,
) -> None:
    """Forward a request and relay the answer.

    first: what was read of the body before. more: fields to add to the answer. Raises
    UpstreamError and ClientGoneError; where the answer has begun it has then no end.
    """
    fields = headers.to_upstream(exchange.fields, exchange.http_version)
    body: AsyncIterator[bytes] | bytes | None = None
    try:
        async with asyncio.timeout(settings.timeout) as deadline:
            patience = _Patience(deadline, settings.timeout)
            if exchange.all_read:
                body = first
            elif headers.has_body(exchange.fields):
                body = patience.with_each(exchange.stream(first))
            answer = await upstream.send(Request(exchange.method, target, fields, body))
            patience.over = True
    except TimeoutError:
        if headers.has_body(exchange.fields) and not exchange.all_read:
            raise body_timeout() from None
        raise timed_out() from None
    await relay(exchange, answer, more or [])


class _Patience:
    """A deadline that begins anew with each part of a body. over: once the answer has begun."""

    def __init__(self, deadline: asyncio.Timeout, seconds: float) -> None:
        self.over = False
        self._deadline = deadline
        self._seconds = seconds

    async def with_each(self, parts: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        """The same parts."""
        async for part in parts:
            if not self.over:
                self._deadline.reschedule(asyncio.get_running_loop().time() + self._seconds)
            yield part


async def relay(exchange: Exchange, answer: Answer, more: Fields, first: bytes = b"") -> None:
    """Send an upstream's answer to the caller. first: what was read of its content before."""
    try:
        fields = headers.to_client(answer.fields, REPLACED if more else ()) + more
        size = headers.length(fields)
        if exchange.http_version == "1.0" and size is None:
            content = first + await _held(answer)
            await exchange.reply(answer.status, [*fields, (b"Content-Length", b"%d" % len(content))], content)
            return
        await exchange.start(answer.status, fields)
        watch = size is None or size > _AT_ONCE
        await _content(exchange, answer, first, watch=watch)
    finally:
        await answer.release()


async def _held(answer: Answer) -> bytes:
    """The whole content, for a caller who understands no chunks. Raises UpstreamError beyond a limit."""
    parts, size = [], 0
    async for part in answer.chunks():
        parts.append(part)
        size += len(part)
        if size > _MOST_HELD:
            raise UpstreamError(502, "too-large-answer", "The answer is too large for an HTTP/1.0 caller.")
    return b"".join(parts)


async def _content(exchange: Exchange, answer: Answer, first: bytes, *, watch: bool) -> None:
    """Send the content; stop reading it where the caller is gone."""
    watcher = asyncio.create_task(_abort_when_gone(exchange, answer)) if watch and _quiet(exchange) else None
    try:
        if first:
            await exchange.send(first, more=True)
        async for part in answer.chunks():
            await exchange.send(part, more=True)
    except UpstreamError:
        if watcher is not None and watcher.done():
            raise ClientGoneError from None
        raise
    finally:
        if watcher is not None:
            watcher.cancel()
    await exchange.send(b"", more=False)


def _quiet(exchange: Exchange) -> bool:
    """Whether nobody else reads from the caller any more."""
    return exchange.all_read or not headers.has_body(exchange.fields)


async def _abort_when_gone(exchange: Exchange, answer: Answer) -> None:
    await exchange.gone()
    answer.abort()
