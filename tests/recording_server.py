"""A real HTTP server on loopback that imitates the job endpoints of the API and records requests.

Old routes accept only the old shape and answer in the old one, new routes accept only the new
shape and answer in the new one; anything else is answered with 404. Every request is recorded
with its answer. Usable from any language: as a context manager, as the fixture
``recording_server`` (tests/conftest.py), or by hand:

    with RecordingServer() as server:
        run(program, env={"NORTHFLANK_API_URL": server.url})
    assert [request.path for request in server.requests] == [...]

All names, paths and keys are derived from the tables of `migrate.contract`; none of its functions
is used, so that a fault in them can't hide itself here.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from migrate import contract

_SEGMENT = r"[^/?#]+"
_PROJECT = rf"{contract.API_PREFIX}(?:/teams/{_SEGMENT})?/projects/{_SEGMENT}"
_STATUS = {"create": 201}


@dataclass(frozen=True, slots=True)
class Recorded:
    """One request and the answer to it.

    path: the raw request target, with the query; headers: lower-case names; json: the parsed body,
    or None where it is no JSON; route: ``old`` or ``new`` for a known operation, else ``""``;
    operation: name of the old operation (old routes), verb (new routes) or ``""``.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    json: Any
    status: int
    route: str
    operation: str


@dataclass(frozen=True, slots=True)
class _Route:
    method: str
    pattern: re.Pattern[str]
    side: str
    operation: contract.Operation


def _routes() -> Iterator[_Route]:
    """Every route once: the old ones first, since ``…/jobs/{id}`` would match ``…/jobs/manual``."""
    for side in ("old", "new"):
        for operation in contract.OPERATIONS:
            path = operation.old_path if side == "old" else operation.new_path
            pattern = re.escape(path).replace(r"\{jobId\}", f"(?P<id>{_SEGMENT})")
            yield _Route(operation.method, re.compile(_PROJECT + pattern + "/?"), side, operation)


ROUTES = tuple(_routes())


class _Refused(Exception):
    """A body that the route does not accept. fields: dotted path → what is wrong."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        super().__init__(str(fields))
        self.fields = fields


def _repeats(settings: Any, body: Mapping[str, Any], operation: contract.Operation) -> bool:
    """Whether ``settings`` says nothing but what the top level says too (both shapes at once)."""
    if not isinstance(settings, dict):
        return False
    flat = {key: value for key, value in settings.items() if key != contract.CRON}
    if contract.CRON in settings:
        if operation.job_type != contract.CRON or not isinstance(settings[contract.CRON], dict):
            return False
        flat |= settings[contract.CRON]
    return all(key in body and body[key] == value for key, value in flat.items())


def _check_old(operation: contract.Operation, body: Mapping[str, Any]) -> None:
    wrong = {key: "is required" for key in operation.required if key not in body}
    foreign = [] if operation.job_type == contract.CRON else contract.CRON_KEYS
    wrong |= {key: "is not allowed" for key in foreign if key in body}
    if contract.SETTINGS in body and not _repeats(body[contract.SETTINGS], body, operation):
        wrong[contract.SETTINGS] = "is not allowed"
    if wrong:
        raise _Refused(wrong)


def _check_new(operation: contract.Operation, body: Mapping[str, Any]) -> None:
    wrong = {key: "is not allowed" for key in contract.MOVED_KEYS if key in body}
    settings = body.get(contract.SETTINGS)
    if contract.SETTINGS in body and not isinstance(settings, dict):
        wrong[contract.SETTINGS] = "must be an object"
    elif isinstance(settings, dict):
        known = {*contract.COMMON_KEYS, contract.CRON}
        wrong |= {f"{contract.SETTINGS}.{key}": "is not allowed" for key in settings if key not in known}
        needed = () if operation.has_id else operation.required
        wrong |= {f"{contract.SETTINGS}.{key}": "is required" for key in needed if key not in settings}
    if wrong:
        raise _Refused(wrong)


def _job_type(side: str, operation: contract.Operation, body: Mapping[str, Any]) -> str:
    if side == "old":
        return operation.job_type
    return contract.CRON if contract.CRON in body.get(contract.SETTINGS, {}) else contract.MANUAL


def _answer(route: _Route, job_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
    shown = {key: value for key, value in body.items() if route.side == "new" or key != contract.SETTINGS}
    name = str(body.get("name", job_id or "job"))
    shown[contract.JOB_TYPE_FIELD] = _job_type(route.side, route.operation, body)
    shown["id"] = job_id or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return {contract.RESPONSE_ENVELOPE: shown}


def _object(raw: bytes) -> dict[str, Any]:
    body = json.loads(raw)
    if not isinstance(body, dict):
        raise TypeError("not an object")
    return body


def answer(method: str, target: str, raw: bytes) -> tuple[int, dict[str, Any], str, str]:
    """Status, JSON answer, side (``old``, ``new`` or ``""``) and operation of one request."""
    path = target.split("?", 1)[0].split("#", 1)[0]
    for route in ROUTES:
        found = route.pattern.fullmatch(path) if route.method == method else None
        if found is None:
            continue
        named = route.operation.name if route.side == "old" else route.operation.verb
        try:
            body = _object(raw)
            (_check_old if route.side == "old" else _check_new)(route.operation, body)
        except _Refused as refused:
            details = [{"field": key, "message": f"{key} {why}"} for key, why in refused.fields.items()]
            return 400, _error(400, "Validation error", details), route.side, named
        except (ValueError, TypeError) as error:
            return 400, _error(400, f"The body is no JSON object: {error}", []), route.side, named
        status = _STATUS.get(route.operation.verb, 200)
        return status, _answer(route, found.groupdict().get("id"), body), route.side, named
    return 404, _error(404, f"No route for {method} {path}", []), "", ""


def _error(status: int, message: str, details: list[dict[str, str]]) -> dict[str, Any]:
    return {"error": {"status": status, "message": message, "details": details}}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it)
        """Stay silent: what matters is recorded."""

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass
        return b"".join(parts)

    def _handle(self) -> None:
        raw = self._body()
        status, data, side, operation = answer(self.command, self.path, raw)
        try:
            parsed = json.loads(raw)
        except ValueError:
            parsed = None
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.record(Recorded(self.command, self.path, headers, raw, parsed, status, side, operation))
        out = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(out)))
        self.send_header("x-ratelimit-remaining", "999")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(out)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = _handle  # noqa: N815


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.lock = threading.Lock()
        self.recorded: list[Recorded] = []

    def record(self, request: Recorded) -> None:
        with self.lock:
            self.recorded.append(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news."""


@dataclass
class RecordingServer:
    """The server as a context manager. `url` is its base without a trailing slash or ``/v1``."""

    _server: _Server = field(default_factory=_Server, repr=False)
    _thread: threading.Thread | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """Base URL, e.g. ``http://127.0.0.1:40123``."""
        return f"http://{self.host}:{self.port}"

    @property
    def host(self) -> str:
        """The address that it listens on."""
        return str(self._server.server_address[0])

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.server_address[1])

    @property
    def requests(self) -> list[Recorded]:
        """What came in since the start or the last `clear`, in order of arrival."""
        with self._server.lock:
            return list(self._server.recorded)

    def clear(self) -> list[Recorded]:
        """Forget the requests and return them."""
        with self._server.lock:
            taken, self._server.recorded = self._server.recorded, []
            return taken

    def start(self) -> Self:
        """Begin to serve in a thread of its own."""
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """End serving and free the port."""
        self._server.shutdown()
        if self._thread is not None:
            self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
