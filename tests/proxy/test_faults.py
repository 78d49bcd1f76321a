"""What goes wrong on either side: nothing is lost, doubled or crossed."""

import asyncio
import json
import os
import random
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from migrate.proxy.logs import Log
from tests.need import need
from tests.proxy.servers import ROOT, Raw, Shim, Upstream, answer, api, api_answer, put

GOOD = '{"data":{"settings":{"backoffLimit":1}}}'
POST = b'POST /v1/projects/p/jobs/manual HTTP/1.1\r\nHost: s\r\nContent-Length: 18\r\n\r\n{"backoffLimit":1}'
GET = b"GET /v1/x HTTP/1.1\r\nHost: s\r\n\r\n"


def writes(data: bytes, keep: bool = False):
    """A handler that writes some bytes, then closes or keeps the connection."""

    async def handler(seen, reader, writer):
        writer.write(data)
        return keep

    return handler


async def resets(seen, reader, writer):
    """Reset without an answer."""
    writer.transport.abort()
    return False


async def stalls(seen, reader, writer):
    """Never answer; end with the other side."""
    await reader.read()
    return False


def ask(upstream: Upstream, request: bytes, *arguments: str):
    """One request through a fresh shim: status, content and code of a problem."""
    with Shim(upstream.url, "--timeout", "1", *arguments) as shim, shim.connect() as raw:
        raw.send(request)
        status, _, content = raw.answer()
    problem = json.loads(content) if b"urn:" in content else {}
    return status, content, problem.get("type", "").rpartition(":")[2]


@pytest.mark.parametrize(
    ("handler", "status", "code"),
    [
        (resets, 502, "upstream-reset"),
        (stalls, 504, "upstream-timeout"),
        (writes(b""), 502, "upstream-reset"),
        (writes(b"\x00\x01garbage\r\n\r\n"), 502, "invalid-answer"),
        (
            writes(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde"),
            502,
            "invalid-answer",
        ),
        (writes(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nabcde"), 502, "invalid-answer"),
        (
            writes(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            502,
            "invalid-answer",
        ),
        (writes(b"HTTP/1.1 200 OK\r\nX: a\x01b\r\nContent-Length: 0\r\n\r\n"), 502, "invalid-answer"),
        (writes(b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"), 502, "invalid-answer"),
        (writes(b"HTTP/1.1 101 Switch\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"), 502, "invalid-answer"),
        (writes(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000 + b"\r\n\r\n"), 502, "invalid-answer"),
        (writes(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"), 502, "truncated-answer"),
        (
            writes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"),
            502,
            "truncated-answer",
        ),
        (writes(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort", keep=True), 504, "upstream-timeout"),
    ],
    ids=[
        "reset",
        "stall",
        "close",
        "garbage",
        "two lengths",
        "bad length",
        "length and chunked",
        "control character",
        "odd status",
        "switch",
        "endless header",
        "cut",
        "cut chunks",
        "stalled content",
    ],
)
def test_useless_answer_becomes_a_problem_and_the_call_is_sent_once(handler, status, code):
    """502 or 504 with a reason; neither POST nor PUT is sent again on a connection that was fresh."""
    for request in (POST, put()):
        with Upstream(handler) as upstream:
            assert ask(upstream, request)[::2] == (status, code)
            assert len(upstream.requests) == 1


def test_truncated_answer_that_passes_through_is_seen_as_such():
    """What had begun is never ended as if it were whole."""
    cut = writes(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n")
    with Upstream(cut) as upstream, Shim(upstream.url) as shim, shim.connect() as raw:
        raw.send(GET)
        text = raw.read_all()
    assert text.endswith(b"5\r\nshort\r\n")


def test_caller_whose_body_stops_gets_408():
    """Both for a call to be translated and for one that passes through; nothing whole was sent."""
    for path in (b"/v1/projects/p/jobs/manual", b"/v1/other"):
        with Upstream() as upstream:
            request = b"PUT %b HTTP/1.1\r\nHost: s\r\nContent-Length: 50\r\n\r\n{" % path
            status, _, code = ask(upstream, request)
            assert (status, code) == (408, "body-timeout")
            assert upstream.requests == []


def test_early_answer_to_an_upload_is_relayed():
    """An upstream that refuses before it has read all: the caller gets its answer."""

    async def refuses(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer(413, "big"))
        await reader.read()

    with Upstream() as upstream:
        upstream.raw = refuses
        body = b"x" * 100_000
        request = b"POST /up HTTP/1.1\r\nHost: s\r\nContent-Length: 5000000\r\n\r\n" + body
        assert ask(upstream, request)[:2] == (413, b"big")


def test_answer_that_begins_before_the_upload_ends():
    """Both directions at once: the rest of the body still goes up, and the answer comes to its end."""

    async def echoes(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n" + await reader.readexactly(5))
        writer.write(await reader.readexactly(5))

    with Upstream() as upstream, Shim(upstream.url) as shim, shim.connect() as raw:
        upstream.raw = echoes
        raw.send(b"POST /up HTTP/1.1\r\nHost: s\r\nContent-Length: 10\r\n\r\nfirst")
        raw.until(b"\r\n\r\n")
        assert raw.exactly(5) == b"first"
        raw.send(b"other")
        assert raw.exactly(5) == b"other"


def test_log_that_can_not_be_written_does_not_stop_the_shim():
    """A full disk or a closed pipe behind the log is not the callers' trouble."""
    with Path("/dev/full").open("wb", buffering=0) as full:
        Log("info", full).event("info", "anything")


def test_answer_in_drips_is_put_together():
    """A byte at a time is as good as all at once."""

    async def drips(seen, reader, writer):
        for byte in answer(200, GOOD):
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0)
        return True

    with Upstream(drips) as upstream:
        assert ask(upstream, put(), "--timeout", "30")[:2] == (200, b'{"data":{"backoffLimit":1}}')


def test_no_connection_becomes_a_problem():
    """Refused and unresolvable upstreams: 502 (504 where the resolver is slow), and the shim goes on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        for url in (f"http://127.0.0.1:{port}", "http://nowhere.invalid"):
            with Shim(url) as shim, shim.connect() as raw:
                for _ in range(2):
                    raw.send(put())
                    status, fields, content = raw.answer()
                    code = json.loads(content)["type"].rpartition(":")[2]
                    assert (status, code) in {(502, "connect-failed"), (504, "connect-timeout")}
                    assert status == 502 or "nowhere" in url
                    assert "deprecation" in fields
                    assert "upstream: " in shim.events("upstream-error")[-1]["detail"]


def test_upstream_without_a_valid_certificate_is_refused(tmp_path):
    """TLS is verified: against an unknown certificate nothing is sent; against a known one it works."""
    import ssl
    import subprocess

    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"]
    command = [
        need("openssl"),
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
    ]
    subprocess.run([*command, *subject, *files], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    with Upstream(tls=context) as upstream:
        url = f"https://localhost:{upstream.port}"
        for trusted in (False, True):
            options = ["--ca-file", str(tmp_path / "cert.pem")] if trusted else []
            with Shim(url, *options) as shim, shim.connect() as raw:
                raw.send(put())
                status, _, content = raw.answer()
            assert status == (200 if trusted else 502), content
            assert len(upstream.requests) == int(trusted)


def test_only_what_can_be_repeated_is_sent_again_on_a_dead_idle_connection():
    """The upstream closes on the second request unheard: PUT goes out anew, POST is answered with 502."""

    async def second_is_unheard(seen, reader, writer):
        if sum(1 for each in upstream.requests if each.connection == seen.connection) == 2:
            writer.transport.abort()
            return False
        writer.write(answer(200, GOOD))
        return True

    with Upstream(second_is_unheard) as upstream, Shim(upstream.url) as shim, shim.connect() as raw:
        for request, status, sent in ((put(), 200, 2), (POST, 502, 1)):
            upstream.requests.clear()
            raw.send(GET)
            raw.answer()
            count = len(upstream.requests)
            raw.send(request)
            assert raw.answer()[0] == status
            assert len(upstream.requests) - count == sent
        assert "nf_migrate_proxy_upstream_retries_total 1.0" in shim.metrics()


def test_idle_connections_that_the_upstream_closes_are_not_used():
    """Closed between requests: even a POST goes out, over a new connection."""
    with Upstream() as upstream, Shim(upstream.url) as shim, shim.connect() as raw:
        for _ in range(5):
            raw.send(POST)
            assert raw.answer()[0] == 200
            before = _resources(shim.process.pid)[0]
            upstream.close_idle()
            while _resources(shim.process.pid)[0] == before:
                threading.Event().wait(0.01)


def test_too_many_requests_at_a_time_are_turned_away():
    """Beyond the cap: 503 with Retry-After at once, and those before are served."""
    release = threading.Event()

    async def waits(seen, reader, writer):
        while not release.is_set():
            await asyncio.sleep(0.01)
        return await api(seen, reader, writer)

    with Upstream(waits) as upstream, Shim(upstream.url, "--max-in-flight", "2") as shim:
        first, second, third = (shim.connect() for _ in range(3))
        with first, second, third:
            first.send(put())
            second.send(put())
            while len(upstream.requests) < 2:
                threading.Event().wait(0.01)
            third.send(put())
            status, fields, _ = third.answer()
            assert (status, fields["retry-after"]) == (503, "1")
            assert "deprecation" in fields
            release.set()
            assert [first.answer()[0], second.answer()[0]] == [200, 200]
            third.send(put())
            assert third.answer()[0] == 200


def test_caller_who_goes_away_while_sending_leaves_no_half_request():
    """An upload that breaks off ends the upstream's connection: it never sees a whole request."""
    with Upstream() as upstream, Shim(upstream.url) as shim:
        with shim.connect() as raw:
            raw.send(b"POST /v1/up HTTP/1.1\r\nHost: s\r\nContent-Length: 500000\r\n\r\n" + b"x" * 200_000)
        with shim.connect() as raw:
            raw.send(b"POST /v1/up HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n")
        with shim.connect() as raw:
            raw.send(b"PUT /v1/projects/p/jobs/manual HTTP/1.1\r\nHost: s\r\nContent-Length: 50\r\n\r\n{")
        while sum(not clean for _, clean in upstream.ended) < 2:
            threading.Event().wait(0.01)
        assert upstream.requests == []


def test_caller_who_goes_away_from_a_stream_ends_it():
    """Server-sent events: they come as they are sent, and the upstream learns when nobody listens."""

    async def events(seen, reader, writer):
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        writer.write(b"9\r\ndata: 1\n\n\r\n")
        await reader.read()
        return False

    with Upstream(events) as upstream, Shim(upstream.url) as shim:
        with shim.connect() as raw:
            raw.send(GET)
            assert raw.until(b"data: 1\n\n\r\n")
            assert upstream.ended == []
        while not upstream.ended:
            threading.Event().wait(0.01)


def test_slow_reader_slows_the_upstream_instead_of_filling_the_memory():
    """With a caller who does not read, the upstream can't send on."""
    written = 0

    async def floods(seen, reader, writer):
        nonlocal written
        size = 200_000_000
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
        while written < size:
            writer.write(b"x" * 1_000_000)
            await writer.drain()
            written += 1_000_000
        return False

    with Upstream(floods) as upstream, Shim(upstream.url) as shim, shim.connect() as raw:
        raw.send(GET)
        raw.until(b"\r\n\r\n")
        before = -1
        while before != written:
            before = written
            threading.Event().wait(0.3)
        assert written < 60_000_000


def test_sigterm_lets_requests_under_way_finish():
    """The answer that is owed comes, idle connections end, and the exit status is 0."""
    release = threading.Event()

    async def waits(seen, reader, writer):
        while not release.is_set():
            await asyncio.sleep(0.01)
        return await api(seen, reader, writer)

    with (
        Upstream(waits) as upstream,
        Shim(upstream.url) as shim,
        shim.connect() as busy,
        shim.connect() as idle,
    ):
        busy.send(put())
        while not upstream.requests:
            threading.Event().wait(0.01)
        shim.process.terminate()
        assert idle.read_all() == b""
        release.set()
        assert busy.answer()[0] == 200
        assert shim.stop() == 0


def test_drain_has_a_deadline():
    """A request that does not end does not hold the shim for ever."""
    with Upstream(stalls) as upstream, Shim(upstream.url, "--drain", "1") as shim, shim.connect() as busy:
        busy.send(put())
        while not upstream.requests:
            threading.Event().wait(0.01)
        assert shim.stop() == 0
        status, fields, content = busy.answer()
        assert (status, json.loads(content)["type"].rpartition(":")[2]) == (504, "shut-down")
        assert "may have carried out" in json.loads(content)["detail"]
        assert "deprecation" in fields
        assert [each["outcome"] for each in shim.events("old-call")] == ["failed:shut-down"]
        assert "Exception" not in shim.log()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--ca-file", "nowhere.pem"), "nowhere.pem: No such file"),
        (("--ca-file", __file__), "not a file of certificates"),
        (("--key-file", "nowhere/key"), "nowhere/key: No such file"),
        (("--database", "/proc/nowhere/usage.sqlite3"), "record of calls"),
    ],
)
def test_what_can_not_be_opened_stops_the_start(tmp_path, arguments, word):
    """With a word on what to type, before anything says that it listens."""
    command = [sys.executable, "-m", "migrate", "proxy", "--listen", "127.0.0.1:0", "--admin", ""]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_STATE_HOME": str(tmp_path)}
    result = subprocess.run(
        [*command, *arguments],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        timeout=60,
        check=False,
    )
    assert result.returncode == 2
    assert word in result.stderr
    assert "listening" not in result.stderr
    assert "Traceback" not in result.stderr


# ── Everything at once ───────────────────────────────────────────────────────────────────────

COUNT = 10_000
CALLERS = 40


async def fickle(seen, reader, writer):
    """Answers most requests; what it does with the others their query says."""
    fault = seen.target.partition("fault=")[2].partition("&")[0]
    first_time = seen.target not in fickle.met
    fickle.met.add(seen.target)
    if fault == "reset":
        writer.transport.abort()
        return False
    if fault == "garbage":
        writer.write(b"\x00\x00\r\n\r\n")
        return False
    if fault == "cut":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nx")
        return False
    if fault == "unheard" and first_time:
        writer.transport.abort()
        return False
    writer.write(api_answer(seen))
    if fault == "drip":
        await writer.drain()
        await asyncio.sleep(0.001)
    return fault != "close"


async def _caller(port: int, numbers: list[int], results: dict[int, tuple[int, bytes]]) -> None:
    """One caller: its requests over one connection as long as that lasts; now and then it goes away."""
    rng = random.Random(numbers[0])  # noqa: S311 (the same faults each time)
    reader = writer = None
    for number in numbers:
        if writer is None:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        request, leaves = _request(number, rng)
        writer.write(request)
        if leaves:
            writer.transport.abort()
            writer = None
            continue
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        size = int(head.partition("content-length: ")[2].partition("\r\n")[0] or 0)
        results[number] = int(head.split(" ")[1]), await reader.readexactly(size)
        if "connection: close" in head:
            writer.close()
            writer = None
    if writer is not None:
        writer.close()


def _request(number: int, rng: random.Random) -> tuple[bytes, bool]:
    fault = rng.choice(["no"] * 30 + ["reset", "garbage", "cut", "unheard", "drip", "close"])
    query = f"?n={number}&fault={fault}&"
    kind = rng.randrange(10)
    if kind < 4:
        method, path, body = "PUT", "jobs/manual", {"name": f"n{number}", "backoffLimit": number}
    elif kind < 6:
        method, path, body = "POST", "jobs/manual", {"name": f"n{number}", "backoffLimit": number}
    elif kind < 8:
        method, path, body = "PATCH", f"jobs/manual/n{number}", {"backoffLimit": number}
    elif kind < 9:
        method, path, body = (
            "PUT",
            "jobs/cron",
            {"name": f"n{number}", "backoffLimit": number, "schedule": "x"},
        )
    else:
        method, path, body = "PUT", "jobs/manual", {"name": f"n{number}"}
    text = json.dumps(body).encode()
    head = f"{method} /v1/projects/p/{path}{query} HTTP/1.1\r\nHost: s\r\nContent-Length: {len(text)}\r\n\r\n"
    return head.encode() + text, rng.random() < 0.01


def _resources(pid: int) -> tuple[int, int]:
    """Open descriptors, and resident memory in KiB."""
    with open(f"/proc/{pid}/status") as file:  # noqa: PTH123
        memory = next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))
    return len(os.listdir(f"/proc/{pid}/fd")), memory  # noqa: PTH208


def test_ten_thousand_mixed_requests_with_faults():
    """Acknowledged calls arrived translated, once where they must; no answer is another's; nothing leaks."""
    fickle.met = set()
    with Upstream(fickle) as upstream, Shim(upstream.url) as shim:
        results: dict[int, tuple[int, bytes]] = {}

        async def run(numbers):
            callers = [_caller(shim.port, list(numbers[part::CALLERS]), results) for part in range(CALLERS)]
            await asyncio.gather(*callers)

        asyncio.run(run(range(2000)))
        before = _resources(shim.process.pid)
        asyncio.run(run(range(2000, COUNT)))
        after = _resources(shim.process.pid)

    arrived: dict[int, list] = {}
    for seen in upstream.requests:
        arrived.setdefault(int(seen.target.partition("?n=")[2].partition("&")[0]), []).append(seen)
    for number, (status, content) in results.items():
        got = arrived.get(number, [])
        if status in {200, 201}:
            body = json.loads(got[-1].body)
            assert body["settings"]["backoffLimit"] == number
            data = json.loads(content)["data"]
            assert (data["backoffLimit"], data["id"]) == (number, f"n{number}")
            assert "settings" not in data
        elif status == 400:
            assert got == []
        else:
            assert status == 502
    for number, got in arrived.items():
        if len(got) > 1:
            assert {seen.method for seen in got} == {"PUT"}
            assert results.get(number, (200,))[0] == 200 or "fault=reset" in got[0].target
            assert len({seen.body for seen in got}) == 1
    assert sum(status in {200, 201} for status, _ in results.values()) > COUNT * 0.6
    assert after[0] - before[0] < 60
    assert after[1] - before[1] < 20_000


def test_several_workers_answer_and_end_together():
    """With --workers each process serves, the figures are of all of them, and SIGTERM ends all."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder, Upstream() as upstream:
        database = f"{folder}/usage.sqlite3"
        with Shim(upstream.url, "--workers", "2", database=database) as shim:
            for _ in range(40):
                with Raw(shim.port) as raw:
                    raw.send(put())
                    assert raw.answer()[0] == 200
            while 'status="200"} 40.0' not in shim.metrics():
                threading.Event().wait(0.1)
            assert "nf_migrate_proxy_workers 2.0" in shim.metrics()
            assert shim.stop() == 0
