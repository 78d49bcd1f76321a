"""The shim as an ASGI application: deprecated calls are translated, all else passes through."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime

from migrate import contract
from migrate.proxy import headers, logs, problem
from migrate.proxy.calls import Calls, note_failure
from migrate.proxy.exchange import ClientGoneError, Exchange, Receive, Scope, Send
from migrate.proxy.logs import Log
from migrate.proxy.problem import Problem
from migrate.proxy.relay import pass_through
from migrate.proxy.settings import Settings
from migrate.proxy.upstream import Upstream, UpstreamError, shut_down
from migrate.proxy.usage import Fingerprints, Ledger
from migrate.proxy.websocket import Connect, refuse, relay_websocket

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)


_TO_SERVER = ("OPTIONS", "*")
_TRACED = frozenset(("OPTIONS", "TRACE"))


def utc_now() -> datetime:
    """The time."""
    return datetime.now(UTC)


class Shim:
    """The ASGI application. Safe for one event loop.

    connect: how websockets reach the upstream (None refuses them). clock: the time, for the policy.
    """

    def __init__(
        self,
        settings: Settings,
        upstream: Upstream,
        ledger: Ledger,
        log: Log,
        fingerprints: Fingerprints,
        *,
        connect: Connect | None = None,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._settings = settings
        self._upstream = upstream
        self._ledger = ledger
        self._log = log
        self._connect = connect
        self._calls = Calls(settings, upstream, ledger, log, fingerprints, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http":
            await self._http(Exchange(scope, receive, send))
        elif scope["type"] == "websocket":
            self._ledger.in_flight += 1
            try:
                self._ledger.count("websockets_total")
                if self._ledger.in_flight > self._settings.max_in_flight:
                    await refuse(scope, send, 503, [(b"retry-after", b"1")])
                    return
                await relay_websocket(self._connect, self._settings, self._log, scope, receive, send)
            finally:
                self._ledger.in_flight -= 1
        else:
            raise NotImplementedError(scope["type"])

    async def _http(self, exchange: Exchange) -> None:
        began = time.perf_counter()
        old = contract.match_request(exchange.method, exchange.path, self._settings.target_path)
        kind = "old" if old else "other"
        self._ledger.in_flight += 1
        try:
            refused = self._refusal(exchange)
            if old:
                await self._calls.answer(exchange, *old, refused)
            elif refused:
                await self._refuse(exchange, refused)
            else:
                await self._other(exchange)
        except ClientGoneError:
            self._ledger.count("clients_gone_total")
        except Problem as found:
            await self._refuse(exchange, found)
        except UpstreamError as error:
            await self._failed(exchange, error)
        except asyncio.CancelledError:  # only at the end of the time for draining
            await self._failed(exchange, shut_down())
        except Exception as error:  # noqa: BLE001 (no fault may show a caller more than a status, or stop the server)
            self._log.event("error", "fault", path=exchange.path, **logs.fault(error))
            self._ledger.count("faults_total")
            if not exchange.status:
                await self._refuse(exchange, Problem(500, "fault", "The shim has a fault"))
        finally:
            self._ledger.in_flight -= 1
            self._measure(kind, exchange, time.perf_counter() - began)

    def _refusal(self, exchange: Exchange) -> Problem | None:
        """Why no request may be answered now, or this one never."""
        if self._ledger.in_flight > self._settings.max_in_flight:
            return problem.overloaded()
        fault = headers.framing_fault(exchange.fields, exchange.http_version)
        if not fault and exchange.method == "CONNECT":
            fault = "This is no forward proxy."
        if not fault and not exchange.path.startswith("/") and (exchange.method, exchange.path) != _TO_SERVER:
            fault = "The target must be a path."
        return problem.bad_request(fault) if fault else None

    async def _other(self, exchange: Exchange) -> None:
        path = contract.match_documented_request(exchange.method, exchange.path, self._settings.target_path)
        if path is not None:
            self._ledger.count("documented_name_total")
        if exchange.method in _TRACED and headers.hops_left(exchange.fields) == 0:
            await _end_of_hops(exchange)
            return
        target = exchange.target(exchange.path if path is None else path)
        await pass_through(exchange, self._upstream, self._settings, target)

    async def _refuse(self, exchange: Exchange, found: Problem) -> None:
        self._ledger.count("refused_total", (("code", found.code),))
        await exchange.problem(found, [])

    async def _failed(self, exchange: Exchange, error: UpstreamError) -> None:
        """Answer 502 or 504; where the answer has begun, end the connection without its end."""
        note_failure(self._ledger, self._log, exchange, error)
        if not exchange.status:
            await exchange.problem(problem.upstream(error.status, error.code, error.detail), [])

    def _measure(self, kind: str, exchange: Exchange, seconds: float) -> None:
        status = str(exchange.status) if exchange.status else "none"
        self._ledger.count("requests_total", (("kind", kind), ("status", status)))
        self._ledger.count("request_duration_seconds_sum", (("kind", kind),), seconds)
        bucket = next((str(each) for each in BUCKETS if seconds <= each), "+Inf")
        self._ledger.count("request_duration_seconds_bucket", (("kind", kind), ("le", bucket)))
        if self._log.enabled("debug"):
            self._log.event(
                "debug", "request", method=exchange.method, path=exchange.path, status=exchange.status
            )


async def _end_of_hops(exchange: Exchange) -> None:
    """Answer as the last recipient, where Max-Forwards says so (RFC 9110 §7.6.2)."""
    if exchange.method == "TRACE":
        await exchange.problem(Problem(501, "not-traced", "TRACE ends here, and is not answered here"), [])
    else:
        await exchange.reply(204, [], b"")
