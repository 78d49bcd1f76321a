"""The shim as an HTTP gateway, over real sockets: RFC 9110 and RFC 9112."""

import asyncio

import pytest

from tests.proxy.servers import Shim, Upstream, answer, api_answer, put

GET = b"GET /v1/projects HTTP/1.1\r\nHost: shim\r\n\r\n"


async def reply(seen, reader, writer):
    """Answers by path: what the tests here ask for."""
    path = seen.target.split("?")[0]
    if path == "/hop":
        fields = (
            "Connection: X-Gone, close\r\nX-Gone: 1\r\nKeep-Alive: 5\r\nX-RateLimit-Limit: 9\r\nX-Stay: é\r\n"
        )
        writer.write(answer(200, "{}", fields).decode().encode("latin-1", "replace"))
        return False
    if path == "/chunked":
        head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n"
        writer.write(head.encode() + b"3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-T: 1\r\n\r\n")
    elif path == "/until-end":
        writer.write(b"HTTP/1.1 200 OK\r\n\r\nto the end")
        return False
    elif path == "/204":
        writer.write(b"HTTP/1.1 204 No Content\r\nX-A: 1\r\n\r\n")
    elif path == "/304":
        writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\nContent-Length: 700\r\n\r\n')
    elif path == "/head":
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 700\r\n\r\n")
    elif path == "/redirect":
        writer.write(answer(307, "", "Location: http://elsewhere.test/v1\r\n"))
    elif path == "/early":
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + answer(200, "late"))
    elif path == "/slow":
        await asyncio.sleep(0)
        writer.write(answer(200, "slow"))
    elif path == "/echo":
        writer.write(answer(200, seen.body))
    else:
        writer.write(api_answer(seen))
    return True


@pytest.fixture(scope="module")
def upstream():
    """An upstream that answers by path."""
    with Upstream(reply) as found:
        yield found


@pytest.fixture(scope="module")
def shim(upstream):
    """The shim before it, with short limits."""
    with Shim(upstream.url, "--header-timeout", "1", "--max-body", "100000") as found:
        yield found


def _post(fields: bytes, body: bytes = b"", path: bytes = b"/echo", version: bytes = b"1.1") -> bytes:
    return b"POST %b HTTP/%b\r\n%b\r\n%b" % (path, version, fields, body)


HOST = b"Host: shim\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
FORBIDDEN = {
    "length and chunked": _post(HOST + b"Content-Length: 5\r\n" + CHUNKED, b"0\r\n\r\n"),
    "chunked and length": _post(HOST + CHUNKED + b"Content-Length: 5\r\n", b"0\r\n\r\n"),
    "two lengths": _post(HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n", b"ab"),
    "the same length twice": _post(HOST + b"Content-Length: 1\r\nContent-Length: 1\r\n", b"a"),
    "length list": _post(HOST + b"Content-Length: 1, 1\r\n", b"a"),
    "length with plus": _post(HOST + b"Content-Length: +1\r\n", b"a"),
    "length in hex": _post(HOST + b"Content-Length: 0x1\r\n", b"a"),
    "length with underscore": _post(HOST + b"Content-Length: 1_0\r\n", b"aaaaaaaaaa"),
    "negative length": _post(HOST + b"Content-Length: -1\r\n", b"a"),
    "empty length": _post(HOST + b"Content-Length: \r\n", b"a"),
    "length beyond reason": _post(HOST + b"Content-Length: 99999999999999999999\r\n", b"a"),
    "space before colon": _post(HOST + b"Content-Length : 1\r\n", b"a"),
    "no host": _post(b"Content-Length: 1\r\n", b"a"),
    "two hosts": _post(HOST + b"Host: other\r\nContent-Length: 1\r\n", b"a"),
    "bad host": _post(b"Host: a b/c\r\nContent-Length: 1\r\n", b"a"),
    "identity": _post(HOST + b"Transfer-Encoding: identity\r\n", b"a"),
    "gzip, chunked": _post(HOST + b"Transfer-Encoding: gzip, chunked\r\n", b"0\r\n\r\n"),
    "chunked twice": _post(HOST + CHUNKED + CHUNKED, b"0\r\n\r\n"),
    "vertical tab": _post(HOST + b"Transfer-Encoding: \x0bchunked\r\n", b"0\r\n\r\n"),
    "folded": _post(HOST + b"X-A: b\r\n c\r\nContent-Length: 1\r\n", b"a"),
    "bare line feeds": b"GET /echo HTTP/1.1\nHost: shim\n\n",
    "bare carriage return": _post(HOST + b"X: a\rContent-Length: 1\r\n", b"a"),
    "null": _post(HOST + b"X: a\x00\r\nContent-Length: 1\r\n", b"a"),
    "chunked in 1.0": _post(CHUNKED, b"0\r\n\r\n", version=b"1.0"),
    "another version": _post(HOST + b"Content-Length: 1\r\n", b"a", version=b"2.0"),
    "bad chunk size": _post(HOST + CHUNKED, b"0x1\r\na\r\n0\r\n\r\n"),
    "chunk without end": _post(HOST + CHUNKED, b"1\r\nab\r\n0\r\n\r\n"),
    "asterisk of another method": b"GET * HTTP/1.1\r\nHost: shim\r\n\r\n",
    "connect": b"CONNECT a.test:443 HTTP/1.1\r\nHost: a.test\r\n\r\n",
    "connect to a path": b"CONNECT /echo HTTP/1.1\r\nHost: shim\r\n\r\n",
    "no path": b"GET echo HTTP/1.1\r\nHost: shim\r\n\r\n",
    "another scheme": b"GET ftp://a.test/echo HTTP/1.1\r\nHost: shim\r\n\r\n",
    "fragment": b"GET /echo#a HTTP/1.1\r\nHost: shim\r\n\r\n",
    "fragment of a deprecated call": _post(HOST, path=b"/v1/projects/p/jobs/manual#/x"),
    "endless header": b"GET / HTTP/1.1\r\nHost: shim\r\nX: " + b"a" * 400_000,
    "endless target": b"GET /" + b"a" * 400_000,
    "not HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_forbidden_framing_is_refused_and_the_connection_ends(shim, upstream, name):
    """400, then the end of the connection: what follows is never taken for a request."""
    before = len(upstream.requests)
    smuggled = b"GET /smuggled HTTP/1.1\r\nHost: shim\r\n\r\n"

    with shim.connect() as raw:
        raw.send(FORBIDDEN[name] + smuggled)
        text = raw.read_all()

    assert text.startswith(b"HTTP/1.1 400 ")
    assert text.count(b"HTTP/1.1") == 1
    assert b"application/problem+json" in text
    assert all(seen.target != "/smuggled" for seen in upstream.requests)
    assert name in {"bad chunk size", "chunk without end"} or len(upstream.requests) == before


def test_hop_by_hop_fields_stay_on_their_hop(shim, upstream):
    """What RFC 9110 §7.6.1 lists goes neither way; Via is added; repeated fields stay."""
    fields = (
        b"Connection: keep-alive, X-Mine\r\nX-Mine: 1\r\nKeep-Alive: 3\r\n"
        b"Proxy-Connection: x\r\nTE: trailers\r\n"
        b"Upgrade: h2c\r\nVia: 1.0 other\r\nX-Two: a\r\nX-Two: b\r\n"
        b"Authorization: Bearer t\r\nX-Odd: \xe9\r\n"
    )
    with shim.connect() as raw:
        raw.send(b"GET /hop HTTP/1.1\r\nHost: shim\r\n" + fields + b"\r\n")
        status, seen, _ = raw.answer()

    request = upstream.requests[-1]
    names = {name.lower() for name, _ in request.fields}
    assert status == 200
    assert not names & {"connection", "x-mine", "keep-alive", "proxy-connection", "te", "upgrade", "trailer"}
    assert request.values("via") == ["1.0 other, 1.1 nf-migrate"]
    assert request.values("x-two") == ["a", "b"]
    assert request.values("x-odd") == ["\xe9"]
    assert request.values("host") == [f"127.0.0.1:{upstream.port}"]
    assert not {"x-gone", "keep-alive", "connection"} & set(seen)
    assert (seen["x-ratelimit-limit"], seen["x-stay"]) == ("9", "\xe9")


def test_connection_is_used_again_and_pipelined_requests_are_answered_in_order(shim):
    """Old calls, refused ones and others, all sent at once, each get their own answer in turn."""
    with shim.connect() as raw:
        raw.send(
            put(b'{"backoffLimit":1,"name":"one"}')
            + GET
            + put(b"{}")
            + put(b'{"backoffLimit":2,"name":"two"}')
        )
        answers = [raw.answer() for _ in range(4)]

    assert [status for status, _, _ in answers] == [200, 404, 400, 200]
    assert b'"id":"one"' in answers[0][2].replace(b" ", b"")
    assert b'"id":"two"' in answers[3][2].replace(b" ", b"")


@pytest.mark.parametrize(
    "behind",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n",
    ],
    ids=["garbage", "no host", "two hosts", "damaged body"],
)
@pytest.mark.parametrize("count", [1, 3])
def test_what_is_refused_does_not_disturb_the_answers_before_it(shim, behind, count):
    """The answers that are owed come whole and first; then the connection ends."""
    with shim.connect() as raw:
        raw.send(b"GET /slow HTTP/1.1\r\nHost: shim\r\n\r\n" * count + behind)
        answers = [raw.answer() for _ in range(count)]
        rest = raw.read_all()

    assert [(status, content) for status, _, content in answers] == [(200, b"slow")] * count
    assert rest == b""
    assert answers[-1][1]["connection"] == "close"


@pytest.mark.parametrize("path", [b"/v1/projects/p/jobs/manual", b"/echo"])
def test_expectation_is_answered_before_the_body_comes(shim, path):
    """Expect: 100-continue gets its interim answer at once, and is not forwarded."""
    with shim.connect() as raw:
        head = b"PUT %b HTTP/1.1\r\nHost: shim\r\nContent-Length: 18\r\nExpect: 100-continue\r\n\r\n"
        raw.send(head % path)
        assert raw.until(b"\r\n\r\n") == b"HTTP/1.1 100 Continue\r\n\r\n"
        raw.send(b'{"backoffLimit":1}')
        assert raw.answer()[0] == 200


def test_expectation_with_too_large_a_body_is_refused_without_it(shim):
    """The final answer comes instead of the interim one."""
    with shim.connect() as raw:
        path = b"/v1/projects/p/jobs/manual"
        raw.send(
            b"PUT %b HTTP/1.1\r\nHost: shim\r\nContent-Length: 999999\r\nExpect: 100-continue\r\n\r\n" % path
        )
        assert raw.answer()[0] == 413


@pytest.mark.parametrize("chunked", [False, True])
def test_caller_who_sends_too_much_gets_the_answer_not_a_reset(shim, chunked):
    """413 reaches a caller who is still sending, with or without a length given before."""
    body = b'{"backoffLimit":1,"a":"' + b"x" * 3_000_000 + b'"}'
    with shim.connect() as raw:
        if chunked:
            raw.send(
                b"PUT /v1/projects/p/jobs/manual HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\n\r\n"
            )
            raw.send(b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))
        else:
            raw.send(put(body))
        assert raw.answer()[0] == 413


def test_chunked_bodies_go_both_ways(shim, upstream):
    """A chunked old call is translated; a chunked other request and answer pass; trailers are left out."""
    chunks = b'5\r\n{"bac\r\n1;e=x\r\nk\r\nc\r\noffLimit":4}\r\n0\r\nX-Tr: 1\r\nHost: evil\r\n\r\n'
    with shim.connect() as raw:
        raw.send(
            b"PUT /v1/projects/p/jobs/manual HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunks
        )
        assert raw.answer()[0] == 200
        assert upstream.requests[-1].body == b'{"settings":{"backoffLimit":4}}'
        assert not upstream.requests[-1].values("x-tr")
        raw.send(b"POST /echo HTTP/1.1\r\nHost: s\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks)
        assert raw.answer()[2] == b'{"backoffLimit":4}'
        raw.send(b"GET /chunked HTTP/1.1\r\nHost: s\r\n\r\n")
        status, fields, content = raw.answer()
        assert (status, content) == (200, b"abcde")
        assert "x-t" not in fields


def test_large_bodies_stream_both_ways(shim):
    """30 MB pass through, far beyond the limit for calls to be translated."""
    body = bytes(range(256)) * 120_000
    with shim.connect() as raw:
        raw.socket.settimeout(60)
        raw.send(_post(HOST + b"Content-Length: %d\r\n" % len(body)))
        sender = asyncio.new_event_loop()
        try:
            sending = sender.run_in_executor(None, raw.send, body)
            status, _, content = raw.answer()
            sender.run_until_complete(sending)
        finally:
            sender.run_until_complete(sender.shutdown_default_executor())
            sender.close()
    assert (status, content) == (200, body)


@pytest.mark.parametrize(
    ("method", "path", "status", "length"),
    [
        ("GET", "/204", 204, None),
        ("GET", "/304", 304, None),
        ("HEAD", "/head", 200, "700"),
        ("HEAD", "/204", 204, None),
    ],
)
def test_answers_without_content_have_none(shim, method, path, status, length):
    """204, 304 and HEAD: no content and no false length; the connection goes on."""
    with shim.connect() as raw:
        for _ in range(2):
            raw.send(f"{method} {path} HTTP/1.1\r\nHost: s\r\n\r\n".encode())
            found, fields, _ = raw.answer(bodiless=True)
            assert (found, fields.get("content-length")) == (status, length)
            assert "transfer-encoding" not in fields


def test_redirect_is_relayed_not_followed(shim):
    """The caller gets the redirect."""
    with shim.connect() as raw:
        raw.send(b"GET /redirect HTTP/1.1\r\nHost: s\r\n\r\n")
        status, fields, _ = raw.answer()
    assert (status, fields["location"]) == (307, "http://elsewhere.test/v1")


def test_interim_answers_of_the_upstream_are_not_taken_for_the_answer(shim):
    """A 103 goes by; the answer after it counts."""
    with shim.connect() as raw:
        raw.send(b"GET /early HTTP/1.1\r\nHost: s\r\n\r\n")
        assert raw.answer()[::2] == (200, b"late")


def test_old_clients_get_what_they_understand(shim):
    """HTTP/1.0: a length instead of chunks, then the end of the connection."""
    for path in (b"/chunked", b"/until-end"):
        with shim.connect() as raw:
            raw.send(b"GET %b HTTP/1.0\r\n\r\n" % path)
            text = raw.read_all()
        assert b"chunked\r\n" not in text.lower()
        assert text.endswith((b"\r\n\r\nabcde", b"\r\n\r\nto the end"))


@pytest.mark.parametrize(
    "target",
    [
        "/a/../b//c/./d",
        "/%zz%2F%41?q=%zz+&&=",
        "/x;y=1,2?a=b?c",
        "//evil.test/x",
        "/\\x@y:80/",
        "/x?",
        "/x??",
        "/?",
    ],
)
def test_targets_pass_as_they_are(shim, upstream, target):
    """Nothing in a path or query is decoded, folded or taken for a host."""
    with shim.connect() as raw:
        raw.send(f"GET {target} HTTP/1.1\r\nHost: s\r\n\r\n".encode())
        raw.answer()
    assert upstream.requests[-1].target == target


def test_upgrade_that_is_not_offered_is_ignored(shim):
    """The request is answered as if it had not asked; the connection ends, so nothing behind it hangs."""
    fields = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n"
    with shim.connect() as raw:
        raw.send(b"GET /early HTTP/1.1\r\nHost: s\r\n" + fields + b"\r\n" + GET)
        status, seen, _ = raw.answer()
        assert (status, seen["connection"], raw.read_all()) == (200, "close", b"")


@pytest.mark.parametrize(
    ("method", "fields"),
    [
        (b"PUT", b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n"),
        (b"PUT", b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"),
        (b"POST", b"Connection: Upgrade\r\nUpgrade: TLS/1.0\r\n"),
    ],
)
def test_call_that_offers_an_upgrade_is_translated(shim, upstream, method, fields):
    """Java's client and curl --http2 offer h2c with every request: the request itself is answered."""
    call = put(fields=fields).replace(b"PUT", method, 1)
    with shim.connect() as raw:
        raw.send(call[:-5])
        raw.send(call[-5:] + GET)
        status, seen, _ = raw.answer()
        assert (status, seen["connection"], raw.read_all()) == (200, "close", b"")
    assert upstream.requests[-1].body == b'{"settings":{"backoffLimit":1}}'
    assert upstream.requests[-1].values("upgrade") == []


@pytest.mark.parametrize("target", ["/v1/projects/p/jobs/manual?", "/v1/projects/p/jobs/manual?a="])
def test_query_of_a_translated_call_passes_as_it_is(shim, upstream, target):
    """Also a question mark that nothing follows."""
    with shim.connect() as raw:
        raw.send(put(path=target.encode()))
        raw.answer()
    assert upstream.requests[-1].target == target.replace("/manual", "")


def test_server_as_a_whole_can_be_asked(shim, upstream):
    """OPTIONS * is passed on as it is (RFC 9112 §3.2.4)."""
    with shim.connect() as raw:
        raw.send(b"OPTIONS * HTTP/1.1\r\nHost: s\r\n\r\n")
        raw.answer()
    assert (upstream.requests[-1].method, upstream.requests[-1].target) == ("OPTIONS", "*")


def test_hops_are_counted(shim, upstream):
    """Max-Forwards goes down by one; at 0 the shim is the last recipient (RFC 9110 §7.6.2)."""
    before = len(upstream.requests)
    with shim.connect() as raw:
        for method, status in ((b"OPTIONS", 204), (b"TRACE", 501)):
            raw.send(method + b" /echo HTTP/1.1\r\nHost: s\r\nMax-Forwards: 0\r\n\r\n")
            assert raw.answer()[0] == status
        assert len(upstream.requests) == before
        raw.send(b"TRACE /echo HTTP/1.1\r\nHost: s\r\nMax-Forwards: 5\r\n\r\n")
        raw.answer()
    assert upstream.requests[-1].values("max-forwards") == ["4"]


def test_answers_have_a_date(shim):
    """The upstream's where it gave one, else the shim's: one, also on refusals (RFC 9110 §6.6.1)."""
    for request in (GET, put(), put(b"{"), b"GET /x HTTP/1.1\r\n\r\n"):
        with shim.connect() as raw:
            raw.send(request)
            head = raw.until(b"\r\n\r\n").lower()
        assert head.count(b"\r\ndate: ") == 1
        assert b" gmt\r\n" in head


@pytest.mark.parametrize(
    ("target", "arrives"), [("http://evil.test", "/"), ("HTTPS://u@evil.test?q", "/?q"), ("http://e/?", "/?")]
)
def test_absolute_target_without_a_path(shim, upstream, target, arrives):
    """It is the root's (RFC 9112 §3.2.1)."""
    with shim.connect() as raw:
        raw.send(f"GET {target} HTTP/1.1\r\nHost: evil.test\r\n\r\n".encode())
        raw.answer()
    assert upstream.requests[-1].target == arrives


def test_absolute_target_goes_to_the_one_upstream(shim, upstream):
    """The host that a request names chooses nothing."""
    with shim.connect() as raw:
        raw.send(b"GET http://evil.test/p?q HTTP/1.1\r\nHost: evil.test\r\n\r\n")
        raw.answer()
    assert upstream.requests[-1].target == "/p?q"
    assert upstream.requests[-1].values("host") == [f"127.0.0.1:{upstream.port}"]


@pytest.mark.parametrize("start", [b"", b"GET /v1 HTTP/1.1\r\nHo", b"\r\n", GET + b"GET /v1"])
def test_header_that_does_not_come_ends_the_connection(shim, start):
    """A caller who drips or says nothing holds no connection for long."""
    with shim.connect() as raw:
        raw.send(start)
        if start.startswith(GET):
            raw.answer()
        assert raw.read_all() == b""
