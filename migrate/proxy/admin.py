"""The separate admin address: ``/metrics`` (Prometheus), ``/healthz``, ``/readyz``."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from migrate.proxy.app import BUCKETS
from migrate.proxy.exchange import Receive, Scope, Send
from migrate.proxy.usage import Labels, Store

_PREFIX = "nf_migrate_proxy_"
_HELP = {
    "requests_total": "Requests by kind (old: deprecated calls) and status sent.",
    "old_calls_total": "Deprecated calls by operation and outcome.",
    "refused_total": "Answers of the shim's own, by code.",
    "upstream_errors_total": "Requests without a usable answer of the upstream, by code.",
    "upstream_retries_total": "Requests sent again, where nothing could be done twice.",
    "untranslated_answers_total": "Answers to deprecated calls relayed as they came, by code.",
    "documented_name_total": "Requests to the documentation's name taken for a path.",
    "websockets_total": "Websockets.",
    "clients_gone_total": "Requests whose caller went away.",
    "not_recorded_total": "Times that the record could not be written; what was counted is kept.",
    "faults_total": "Unforeseen errors in the shim.",
}
_HISTOGRAM = "request_duration_seconds"


class _Collector:
    """Gives Prometheus what the processes have written into the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def collect(self) -> Iterator[Metric]:
        """All metrics."""
        found: dict[str, dict[Labels, float]] = defaultdict(dict)
        for (name, labels), value in self._store.counters().items():
            found[name][labels] = value
        for name, text in _HELP.items():
            yield _counter(name, text, found[name])
        yield _histogram(found[f"{_HISTOGRAM}_bucket"], found[f"{_HISTOGRAM}_sum"])
        alive = self._store.processes(time.time())
        yield GaugeMetricFamily(f"{_PREFIX}workers", "Worker processes alive.", len(alive))
        yield GaugeMetricFamily(f"{_PREFIX}in_flight", "Requests in flight.", sum(alive))


def _counter(name: str, text: str, values: dict[Labels, float]) -> Metric:
    names = [key for key, _ in next(iter(values), ())]
    family = CounterMetricFamily(_PREFIX + name, text, labels=names)
    for labels, value in values.items():
        family.add_metric([each for _, each in labels], value)
    if not values:
        family.add_metric([], 0)
    return family


def _histogram(buckets: dict[Labels, float], sums: dict[Labels, float]) -> Metric:
    family = HistogramMetricFamily(_PREFIX + _HISTOGRAM, "Time until the end of the answer.", labels=["kind"])
    for labels, total in sums.items():
        kind = dict(labels)["kind"]
        counted, rows = 0.0, []
        for bound in [*map(str, BUCKETS), "+Inf"]:
            counted += buckets.get((("kind", kind), ("le", bound)), 0)
            rows.append((bound, counted))
        family.add_metric([kind], rows, total)
    return family


class Admin:
    """The admin address's ASGI application.

    ready: whether the shim takes requests. flush: writes what is still in memory.
    """

    def __init__(
        self, store: Store, ready: Callable[[], bool], flush: Callable[[], Awaitable[object]] | None = None
    ) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Collector(store))
        self._ready = ready
        self._flush = flush

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 (ASGI)
        """Answer one request."""
        status, kind, content = await self._answer(scope["method"], scope["path"])
        fields = [
            (b"content-type", kind.encode()),
            (b"content-length", b"%d" % len(content)),
            (b"cache-control", b"no-store"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": fields})
        await send({"type": "http.response.body", "body": content})

    async def _answer(self, method: str, path: str) -> tuple[int, str, bytes]:
        if method not in {"GET", "HEAD"}:
            return 405, "text/plain", b"only GET\n"
        if path == "/healthz":
            return 200, "text/plain", b"ok\n"
        if path == "/readyz":
            return (200, "text/plain", b"ready\n") if self._ready() else (503, "text/plain", b"not ready\n")
        if path == "/metrics":
            if self._flush is not None:
                await self._flush()
            text = await asyncio.to_thread(generate_latest, self._registry)
            return 200, CONTENT_TYPE_LATEST, text
        return 404, "text/plain", b"/metrics, /healthz or /readyz\n"
