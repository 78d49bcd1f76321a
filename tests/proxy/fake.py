"""An upstream without sockets: httpx's mock transport behind the shim's interface; and the shim before it."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime

import httpx

from migrate.proxy.app import Shim
from migrate.proxy.logs import Log
from migrate.proxy.settings import Settings
from migrate.proxy.upstream import Request
from migrate.proxy.usage import Fingerprints, Ledger

HOST = "http://api.test"
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


class _Answer:
    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self.status = response.status_code
        self.fields = list(response.headers.raw)
        self._parts = aiter(response.stream)

    async def chunks(self) -> AsyncIterator[bytes]:
        async for part in self._parts:
            yield part

    async def release(self) -> None:
        await self._response.aclose()

    def abort(self) -> None:
        pass


class MockUpstream:
    """An `Upstream` whose answers a function gives. Keeps the requests that it got, bodies read."""

    def __init__(self, handler: Callable[[httpx.Request], httpx.Response]) -> None:
        self.requests: list[httpx.Request] = []
        self._handler = handler
        self._transport = httpx.MockTransport(self._handle)

    async def _handle(self, request: httpx.Request) -> httpx.Response:
        await request.aread()
        self.requests.append(request)
        return self._handler(request)

    async def open(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Nothing to do."""

    async def send(self, request: Request) -> _Answer:
        """Let the handler answer."""
        url = httpx.URL(HOST).copy_with(raw_path=request.target.encode("latin-1"))
        found = httpx.Request(request.method, url, headers=request.fields, content=request.body)
        return _Answer(await self._transport.handle_async_request(found))


class Stand:
    """The shim before a mock upstream, with what it recorded and logged in reach."""

    def __init__(
        self,
        handler: Callable[[httpx.Request], httpx.Response] = lambda _: httpx.Response(200, json={"data": {}}),
        now: datetime = NOW,
        **settings: object,
    ) -> None:
        self.upstream = MockUpstream(handler)
        self.ledger = Ledger()
        self.logged = io.BytesIO()
        self.shim = Shim(
            Settings(upstream=HOST, **settings),
            self.upstream,
            self.ledger,
            Log("debug", self.logged),
            Fingerprints(b"a key"),
            clock=lambda: now,
        )

    async def call(
        self, method: str, path: str, content: bytes | str | AsyncIterator[bytes] = b"", **fields: str
    ) -> httpx.Response:
        """Send a request through the shim. fields: header fields, with _ for -."""
        headers = {name.replace("_", "-"): value for name, value in fields.items()}
        transport = httpx.ASGITransport(app=self.shim)
        async with httpx.AsyncClient(transport=transport, base_url="http://shim.test") as client:
            return await client.request(method, path, content=content, headers=headers)
