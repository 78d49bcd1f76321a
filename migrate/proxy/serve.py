"""Run the shim: sockets, workers, the admin address, signals, drain."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec
import uvicorn
from uvicorn.supervisors import Multiprocess

from migrate.database import IN_MEMORY
from migrate.errors import UsageError
from migrate.proxy import logs
from migrate.proxy.admin import Admin
from migrate.proxy.app import Shim
from migrate.proxy.exchange import Receive, Scope, Send
from migrate.proxy.http_upstream import HttpUpstream, trusted_context
from migrate.proxy.journal import Journal, recover
from migrate.proxy.logs import Log
from migrate.proxy.protocol import ShimProtocol
from migrate.proxy.settings import Settings, address
from migrate.proxy.usage import Fingerprints, Ledger, Store, read_key

_SETTINGS_VARIABLE = "NF_MIGRATE_PROXY_WORKER"
_FLUSH_EVERY = 1.0
_BACKLOG = 2048


class Worker:
    """The shim with its upstream, its records and their regular writing, as one ASGI application."""

    def __init__(self, settings: Settings) -> None:
        self.header_timeout = settings.header_timeout
        self.log = Log(settings.log_level)
        self.store = Store(settings.database)
        self.ledger = Ledger()
        self.journal: Journal | None = None
        self.ready = False
        self._stopped: asyncio.Event
        self._flushing: asyncio.Lock
        self._database = settings.database
        self._upstream = HttpUpstream(settings, lambda: self.ledger.count("upstream_retries_total"))
        self._shim = Shim(
            settings,
            self._upstream,
            self.ledger,
            self.log,
            Fingerprints(read_key(key_path(settings))),
            connect=self._upstream.connect,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or run the lifespan."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        else:
            await self._shim(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        logs.take_over(self.log)
        await self._upstream.open()
        self._stopped = asyncio.Event()
        self._flushing = asyncio.Lock()
        if self._database != IN_MEMORY:
            self._open_journal()
        flusher = asyncio.create_task(self._flush_regularly())
        await self.flush()
        self.ready = True
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.ready = False
        self._stopped.set()
        await flusher
        await self._upstream.close()
        saved = await self.flush()
        if self.journal is not None:
            self.ledger.note = None
            names = self.journal.marks()
            self.journal.close(saved=saved)
            if saved:
                self._forget(*names)
        self.store.leave()
        await send({"type": "lifespan.shutdown.complete"})

    async def _flush_regularly(self) -> None:
        while not self._stopped.is_set():
            await _pause(_FLUSH_EVERY, self._stopped)
            await self.flush()

    def _open_journal(self) -> None:
        """Take over what a killed process left, then begin a journal; go without where that can't be."""
        try:
            recover(self._database, self.store)
            self.journal = Journal(self._database)
        except (OSError, sqlite3.Error) as error:
            self.log.event("error", "no-journal", error=type(error).__name__)
            return
        self.ledger.note = self.journal.append

    async def flush(self) -> bool:
        """Write what is in memory; what can't be written stays for the next time. Whether it was written."""
        async with self._flushing:
            calls, counts = self.ledger.take()
            try:
                marks = self.journal.marks() if self.journal else {}
                in_flight = self.ledger.in_flight
                await asyncio.to_thread(self.store.save, calls, counts, in_flight, time.time(), marks)
            except (OSError, sqlite3.Error) as error:
                self.ledger.give_back(calls, counts)
                self.ledger.count("not_recorded_total")
                self.log.event("error", "not-recorded", error=type(error).__name__)
                return False
            gone = self.journal.saved() if self.journal else []
            if gone:
                await asyncio.to_thread(self._forget, *gone)
            return True

    def _forget(self, *names: str) -> None:
        """Tidy up; a name that stays in the database harms nobody."""
        with suppress(sqlite3.Error):
            self.store.forget(*names)


async def _pause(seconds: float, stopped: asyncio.Event) -> None:
    """Wait, but no longer than until `stopped`."""
    try:
        async with asyncio.timeout(seconds):
            await stopped.wait()
    except TimeoutError:
        return


def key_path(settings: Settings) -> Path | None:
    """Where the key for fingerprints is; None for a new one each time."""
    if settings.key_file:
        return Path(settings.key_file)
    return None if settings.database == IN_MEMORY else Path(f"{settings.database}.key")


class Server(uvicorn.Server):
    """uvicorn's server, which tells of the first signal, and does not raise it again at the end."""

    draining = False

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to drain; a second SIGINT ends at once."""
        self.draining = True
        super().handle_exit(sig, frame)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle signals while running; only in the main thread can they be."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {each: signal.signal(each, self.handle_exit) for each in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


class _SideServer(uvicorn.Server):
    """A server beside the main one, which has the signals."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the main server."""
        yield


def _config(settings: Settings, app: Any, *, factory: bool = False) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=factory,
        http=ShimProtocol,
        ws="websockets-sansio",
        loop="auto",
        lifespan="on",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        workers=settings.workers,
        backlog=_BACKLOG,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=max(1, round(settings.drain)),
    )


def _admin_config(app: Admin) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http="httptools",
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )


def bind(text: str) -> socket.socket:
    """A listening address. Raises UsageError."""
    host, port = address(text)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host, port))
    except OSError as error:
        found.close()
        raise UsageError(f"Can't listen on {text}: {error.strerror}", "Name another address.") from None
    found.listen(_BACKLOG)
    found.set_inheritable(True)
    return found


_GARBAGE_THRESHOLD = 50_000


def _collect_seldom() -> None:
    """Look for reference cycles seldom, and never among what is there for good.

    A request makes few cycles and hundreds of objects. https://docs.python.org/3/library/gc.html#gc.freeze
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_GARBAGE_THRESHOLD)


def worker() -> Worker:
    """The application of a worker process; its settings come in an environment variable."""
    _collect_seldom()
    return Worker(msgspec.json.decode(os.environ[_SETTINGS_VARIABLE], type=Settings))


def run(settings: Settings) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is under way. Raises UsageError."""
    _check_files(settings)
    main = bind(settings.listen)
    admin = bind(settings.admin) if settings.admin else None
    log = Log(settings.log_level)
    logs.take_over(log)
    log.event(
        "info",
        "listening",
        listen=_name(main),
        admin=_name(admin) if admin else "",
        upstream=settings.upstream,
        mode=settings.mode.value,
        workers=settings.workers,
    )
    if settings.workers > 1:
        _run_many(settings, main, admin)
    else:
        _run_one(settings, main, admin)
    log.event("info", "stopped")


def _check_files(settings: Settings) -> None:
    """Try what the workers will open, before anything says that it listens. Raises UsageError."""
    if settings.database != IN_MEMORY:
        Store(settings.database).close()
    read_key(key_path(settings))
    trusted_context(settings)


def _name(found: socket.socket) -> str:
    host, port = found.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _run_one(settings: Settings, main: socket.socket, admin: socket.socket | None) -> None:
    _collect_seldom()
    app = Worker(settings)
    server = Server(_config(settings, app))

    async def serve() -> None:
        side = _SideServer(
            _admin_config(Admin(app.store, lambda: app.ready and not server.draining, app.flush))
        )
        beside = asyncio.create_task(side.serve([admin])) if admin else None
        await server.serve([main])
        if beside is not None:
            side.should_exit = True
            await beside

    with asyncio.Runner(loop_factory=_new_loop) as runner:
        runner.run(serve())


def _new_loop() -> asyncio.AbstractEventLoop:
    try:
        import uvloop  # noqa: PLC0415 (not on every platform)
    except ModuleNotFoundError:
        return asyncio.new_event_loop()
    loop: asyncio.AbstractEventLoop = uvloop.new_event_loop()
    return loop


def _run_many(settings: Settings, main: socket.socket, admin: socket.socket | None) -> None:
    """Workers in processes of their own; the admin address here, fed by what they write."""
    store = Store(settings.database)
    os.environ[_SETTINGS_VARIABLE] = msgspec.json.encode(settings).decode()
    config = _config(settings, "migrate.proxy.serve:worker", factory=True)
    supervisor = Multiprocess(config, sockets=[main])
    side = None
    if admin is not None:
        ready = lambda: not supervisor.should_exit.is_set() and bool(store.processes(time.time()))  # noqa: E731
        side = _SideServer(_admin_config(Admin(store, ready)))
        threading.Thread(target=side.run, args=([admin],), daemon=True).start()
    supervisor.run()
    if side is not None:
        side.should_exit = True
    store.close()
