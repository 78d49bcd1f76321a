"""Real servers for the shim's tests: a scriptable upstream, the shim as a process, raw connections."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import httpx

ROOT = Path(__file__).resolve().parents[2]
JSON = "Content-Type: application/json\r\n"


@dataclass
class Seen:
    """A request as it arrived at the upstream."""

    method: str
    target: str
    fields: list[tuple[str, str]]
    body: bytes = b""
    connection: int = 0
    trailer: bytes = b""
    extra: dict[str, object] = field(default_factory=dict)

    def values(self, name: str) -> list[str]:
        """All values of a field."""
        return [value for key, value in self.fields if key.lower() == name]


Handler = Callable[[Seen, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[bool]]


def answer(status: int, body: bytes | str, fields: str = JSON, length: bool = True) -> bytes:
    """The bytes of an answer."""
    text = body.encode() if isinstance(body, str) else body
    size = f"Content-Length: {len(text)}\r\n" if length else ""
    return f"HTTP/1.1 {status} Status\r\n{fields}{size}\r\n".encode() + text


_NEW = re.compile(r"/v1(?:/teams/[^/]+)?/projects/[^/]+/jobs(?:/(?P<id>[^/?]+))?(?:\?.*)?")


async def api(seen: Seen, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """The API of tomorrow: only the new routes, only the new shape."""
    writer.write(api_answer(seen))
    return True


def api_answer(seen: Seen) -> bytes:
    """What `api` says to a request."""
    if seen.target == "/v1/login":
        return answer(200, '{"data":{}}')
    found = _NEW.fullmatch(seen.target)
    shape = {"PUT": False, "POST": False, "PATCH": True}
    if (
        found is None
        or shape.get(seen.method) != (found["id"] is not None)
        or found["id"] in {"manual", "cron"}
    ):
        return answer(404, '{"error":{"status":404,"message":"Not found"}}')
    body = json.loads(seen.body)
    settings = body.get("settings", {})
    if seen.method != "PATCH" and "backoffLimit" not in settings:
        return answer(400, '{"error":{"status":400,"message":"settings.backoffLimit is required"}}')
    if {"backoffLimit", "runOnSourceChange", "schedule"} & set(body):
        return answer(400, '{"error":{"status":400,"message":"unknown key"}}')
    kind = "cron" if "cron" in settings else "manual"
    data = {"id": found["id"] or body.get("name", "x"), **body, "settings": settings, "jobType": kind}
    return answer(200, json.dumps({"data": data}))


class Upstream:
    """A server on loopback that reads whole requests and lets a handler write what it likes."""

    def __init__(self, handler: Handler = api, tls: ssl.SSLContext | None = None) -> None:
        self.handler = handler
        self._tls = tls
        self.requests: list[Seen] = []
        self.ended: list[tuple[int, bool]] = []
        self.port = 0
        self.raw: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]] | None = None
        self._connections = 0
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._server: asyncio.Server

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        self._loop.run_until_complete(asyncio.sleep(0.01))
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def close_idle(self) -> None:
        """Close all connections, as servers do with idle ones."""
        self._loop.call_soon_threadsafe(lambda: [writer.close() for writer in self._writers])

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)

        async def start() -> None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=512, ssl=self._tls)
            self.port = self._server.sockets[0].getsockname()[1]
            self._started.set()

        self._loop.create_task(start())
        self._loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._connections += 1
        number = self._connections
        self._writers.add(writer)
        clean = True
        try:
            while self.raw is None:
                seen = await read_request(reader)
                if seen is None:
                    break
                seen.connection = number
                self.requests.append(seen)
                if not await self.handler(seen, reader, writer):
                    break
                await writer.drain()
            if self.raw is not None:
                await self.raw(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            clean = False
        finally:
            self.ended.append((number, clean))
            self._writers.discard(writer)
            writer.close()


async def read_request(reader: asyncio.StreamReader) -> Seen | None:
    """One request; None at the end of the connection."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    method, target, version = first.split(" ")
    assert version == "HTTP/1.1"
    fields = [tuple(line.split(": ", 1)) for line in lines]
    seen = Seen(method, target, fields)  # type: ignore[arg-type]
    if seen.values("transfer-encoding"):
        while size := int(await reader.readuntil(b"\r\n"), 16):
            seen.body += (await reader.readexactly(size + 2))[:-2]
        await reader.readuntil(b"\r\n")
    else:
        lengths = seen.values("content-length") or ["0"]
        assert len(lengths) == 1
        seen.body = await reader.readexactly(int(lengths[0]))
    return seen


class Shim:
    """The shim as a process of its own."""

    def __init__(
        self, upstream: str, *arguments: str, database: str = ":memory:", **environment: str
    ) -> None:
        self.log_file = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the process)
        command = [
            sys.executable,
            "-m",
            "migrate",
            "proxy",
            "--upstream",
            upstream,
            "--listen",
            "127.0.0.1:0",
        ]
        self.process = subprocess.Popen(
            [*command, "--admin", "127.0.0.1:0", "--database", database, *arguments],
            stderr=self.log_file,
            cwd=ROOT,
            env={**os.environ, **environment},
        )
        line = self._first_line()
        self.port = int(line["listen"].rpartition(":")[2])
        self.admin = f"http://{line['admin']}"
        self.url = f"http://127.0.0.1:{self.port}"

    def _first_line(self) -> dict[str, str]:
        """The line that tells the addresses; waits for it."""
        while self.process.poll() is None:
            text = self.log()
            if "\n" in text:
                found: dict[str, str] = json.loads(text.split("\n")[0])
                return found
            threading.Event().wait(0.02)
        raise AssertionError(self.log())

    def __enter__(self) -> Self:
        self.get("/healthz")
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> int:
        """End it as an orchestrator does. Returns the exit status."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(30)
        if not self.log_file.closed:
            self.last_log = self.log()
            self.log_file.close()
        return code

    def log(self) -> str:
        """What it has logged so far."""
        if self.log_file.closed:
            return self.last_log
        return os.pread(self.log_file.fileno(), 1 << 26, 0).decode()

    def events(self, name: str) -> list[dict[str, object]]:
        """The logged events of a name."""
        return [each for line in self.log().splitlines() if (each := json.loads(line))["event"] == name]

    def metrics(self) -> str:
        """The text of /metrics."""
        return self.get("/metrics")[1]

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page on the admin address."""
        found = httpx.get(self.admin + path, timeout=20)
        return found.status_code, found.text

    def connect(self) -> Raw:
        """A raw connection to it."""
        return Raw(self.port)


class Raw:
    """A connection on which a test sends and receives bytes."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self._rest = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, data: bytes) -> None:
        """Send all of it."""
        self.socket.sendall(data)

    def read_all(self) -> bytes:
        """Everything until the other side closes."""
        data, self._rest = self._rest, b""
        try:
            while part := self.socket.recv(65536):
                data += part
        except ConnectionResetError:
            pass
        return data

    def until(self, end: bytes) -> bytes:
        """Bytes up to and with `end`."""
        while end not in self._rest:
            part = self.socket.recv(65536)
            if not part:
                raise AssertionError(f"closed after {self._rest!r}")
            self._rest += part
        found, self._rest = self._rest.split(end, 1)
        return found + end

    def exactly(self, size: int) -> bytes:
        """A number of bytes."""
        while len(self._rest) < size:
            part = self.socket.recv(65536)
            if not part:
                raise AssertionError(f"closed after {self._rest!r}")
            self._rest += part
        found, self._rest = self._rest[:size], self._rest[size:]
        return found

    def answer(self, bodiless: bool = False) -> tuple[int, dict[str, str], bytes]:
        """One answer: status, fields with names in lower case, content."""
        first, *lines = self.until(b"\r\n\r\n").decode("latin-1").split("\r\n")[:-2]
        fields = {name.lower(): value for name, value in (line.split(": ", 1) for line in lines)}
        content = b""
        if bodiless:
            pass
        elif fields.get("transfer-encoding") == "chunked":
            while size := int(self.until(b"\r\n"), 16):
                content += self.exactly(size + 2)[:-2]
            self.until(b"\r\n")
        else:
            content = self.exactly(int(fields.get("content-length", "0")))
        return int(first.split(" ")[1]), fields, content


def put(
    body: bytes = b'{"backoffLimit":1}', fields: bytes = b"", path: bytes = b"/v1/projects/p/jobs/manual"
) -> bytes:
    """The bytes of a deprecated call."""
    return b"PUT %b HTTP/1.1\r\nHost: shim\r\n%bContent-Length: %d\r\n\r\n%b" % (
        path,
        fields,
        len(body),
        body,
    )
