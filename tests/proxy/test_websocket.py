"""Websockets through the shim: log tailing and exec, with a real client and a real server."""

import asyncio
from contextlib import asynccontextmanager, suppress

import pytest
from websockets.asyncio.client import connect
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.proxy.servers import Shim

pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def stand(handler, cap=100, **options):
    """A websocket server, and the shim before it."""
    async with serve(handler, "127.0.0.1", 0, max_size=None, **options) as server:
        port = server.sockets[0].getsockname()[1]
        shim = await asyncio.to_thread(Shim, f"http://127.0.0.1:{port}", "--max-in-flight", str(cap))
        try:
            yield f"ws://127.0.0.1:{shim.port}"
        finally:
            await asyncio.to_thread(shim.stop)


async def test_messages_go_both_ways_with_their_type_and_order():
    """Text and binary, small and large, in order; path, query, fields and subprotocol as they are."""
    seen = {}

    async def handler(socket):
        seen.update(path=socket.request.path, headers=socket.request.headers)
        with suppress(ConnectionClosed):
            while True:
                await socket.send(await socket.recv())
        seen["code"] = socket.close_code

    async with stand(handler, subprotocols=["logs"]) as url:
        headers = {"Authorization": "Bearer t", "Origin": "https://app.test"}
        target = f"{url}/v1/projects/p/jobs/manual/logs?tail=1&x=%2F"
        async with connect(
            target, subprotocols=["logs"], additional_headers=headers, max_size=None
        ) as client:
            for message in ("text", b"bytes", "", "x" * 3_000_000, b"\x00\xff" * 100_000, "zürich"):
                await client.send(message)
                assert await client.recv() == message
            assert client.subprotocol == "logs"
            await client.close(4321, "enough")
        assert seen["path"] == "/v1/projects/p/jobs/manual/logs?tail=1&x=%2F"
        assert seen["headers"]["Authorization"] == "Bearer t"
        assert seen["headers"]["Origin"] == "https://app.test"
        assert seen["headers"]["Via"] == "1.1 nf-migrate"
    assert seen["code"] == 4321


async def test_close_of_the_upstream_reaches_the_caller():
    """Code and reason come through."""

    async def handler(socket):
        await socket.send("last")
        await socket.close(4001, "no such job")

    async with stand(handler) as url, connect(url) as client:
        assert await client.recv() == "last"
        with pytest.raises(ConnectionClosed):
            await client.recv()
        assert (client.close_code, client.close_reason) == (4001, "no such job")


async def test_lost_upstream_is_a_fault_to_the_caller():
    """A connection that just ends becomes 1011, not a clean close."""

    async def handler(socket):
        socket.transport.abort()

    async with stand(handler) as url, connect(url) as client:
        with pytest.raises(ConnectionClosed):
            await client.recv()
        assert client.close_code == 1011


async def test_refused_handshake_is_relayed():
    """Status, fields and content of the upstream's refusal; redirects are not followed."""

    async def handler(socket):
        raise AssertionError

    def refuse(connection, request):
        response = connection.respond(401 if "redirect" not in request.path else 302, "who are you?")
        response.headers["X-Request-Id"] = "7"
        response.headers["Location"] = "http://127.0.0.1:1/"
        return response

    async with stand(handler, process_request=refuse) as url:
        for path, status in (("", 401), ("/redirect", 302)):
            client = connect(url + path)
            client.process_redirect = lambda error: error
            with pytest.raises(InvalidStatus) as caught:
                await client
            assert caught.value.response.status_code == status
            assert caught.value.response.headers["X-Request-Id"] == "7"
            assert bytes(caught.value.response.body) == b"who are you?"


async def test_too_many_websockets_are_turned_away():
    """Beyond the cap the handshake is refused with 503."""

    async def handler(socket):
        await socket.wait_closed()

    async with stand(handler, cap=1) as url, connect(url):
        with pytest.raises(InvalidStatus) as caught:
            await connect(url)
        assert caught.value.response.status_code == 503


async def test_upstream_that_is_away_refuses_the_handshake():
    """502, and nothing hangs."""
    shim = await asyncio.to_thread(Shim, "http://127.0.0.1:1")
    try:
        with pytest.raises(InvalidStatus) as caught:
            await connect(f"ws://127.0.0.1:{shim.port}/x")
        assert caught.value.response.status_code == 502
    finally:
        await asyncio.to_thread(shim.stop)
