"""The shim's translation, through the whole application without sockets."""

import gzip
import json
import zlib

import brotli
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate import contract
from migrate.contract import Untranslatable
from migrate.proxy import translate
from tests.proxy.cases import ANSWERED, BASE, REFUSED, TRANSLATED
from tests.proxy.fake import Stand

pytestmark = pytest.mark.asyncio
JSON = "application/json"


@pytest.mark.parametrize("case", TRANSLATED, ids=lambda case: case.name)
async def test_old_call_reaches_the_new_path_in_the_new_shape(case):
    """Path, query and body arrive as the contract says; numbers and order are kept to the byte."""
    stand = Stand()

    await stand.call(case.method, case.path, case.body, content_type=JSON)

    (request,) = stand.upstream.requests
    assert (request.method, request.url.raw_path.decode()) == (case.method, case.new_path)
    assert request.content.decode() == case.new_body
    assert request.headers["content-length"] == str(len(request.content))


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
async def test_unacceptable_call_is_refused_and_goes_nowhere(case):
    """A problem with type, status, field and advice; the upstream sees nothing."""
    stand = Stand()

    answer = await stand.call(case.method, case.path, case.body, content_type=JSON)

    assert stand.upstream.requests == []
    assert answer.status_code == case.status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"urn:x-nf-migrate:problem:{case.code}"
    assert problem["status"] == case.status
    assert problem.get("field", "") == case.field
    assert problem["title"]
    assert problem["advice"]
    assert "deprecation" in answer.headers


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case.name)
async def test_caller_sees_the_answer_of_the_old_operation(case):
    """Status and text are those that the old API would have given; what can't be translated is relayed."""
    stand = Stand(lambda _: httpx.Response(case.status, content=case.answer, headers=case.fields))

    answer = await stand.call(case.method, case.path, case.body)

    assert (answer.status_code, answer.text) == (case.status, case.seen)
    for name, value in case.fields.items():
        assert answer.headers[name] == value
    assert answer.headers["content-length"] == str(len(answer.content))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate", "br", "gzip, br", "GZIP"])
async def test_encoded_answers_are_translated(coding):
    """gzip, deflate (both readings of it), br and several at once: the caller gets plain text."""
    text = b'{"data":{"settings":{"backoffLimit":1}}}'
    raw = zlib.compressobj(wbits=-15)
    encoded = {
        "gzip": gzip.compress(text[:5]) + gzip.compress(text[5:]),
        "GZIP": gzip.compress(text),
        "deflate": zlib.compress(text),
        "raw deflate": raw.compress(text) + raw.flush(),
        "br": brotli.compress(text),
        "gzip, br": brotli.compress(gzip.compress(text)),
    }[coding]
    fields = {
        "Content-Type": JSON,
        "Content-Encoding": coding.removeprefix("raw "),
        "ETag": '"1"',
        "Digest": "sha-256=x",
        "Content-MD5": "x",
        "X-RateLimit-Remaining": "5",
        "Vary": "Accept-Encoding",
    }
    stand = Stand(lambda _: httpx.Response(200, content=encoded, headers=fields))

    answer = await stand.call(
        "PUT", f"{BASE}/jobs/manual", '{"backoffLimit":1}', accept_encoding="gzip;q=0.5, zstd, *, br"
    )

    assert answer.text == '{"data":{"backoffLimit":1}}'
    assert not {"content-encoding", "etag", "digest", "content-md5"} & set(answer.headers)
    assert answer.headers["x-ratelimit-remaining"] == "5"
    assert stand.upstream.requests[0].headers["accept-encoding"] == "gzip;q=0.5, br"


@pytest.mark.parametrize(
    ("coding", "content"),
    [
        ("zstd", b"x"),
        ("gzip", b"not gzip"),
        ("gzip", gzip.compress(b'{"data":{}}')[:-4]),
        ("br", b"\xff\xff"),
        ("gzip", gzip.compress(b" " * 100_000)),
        ("br", brotli.compress(b" " * 100_000)),
        ("deflate", zlib.compress(b" " * 100_000)),
    ],
    ids=["unknown", "damaged", "cut", "damaged br", "gzip bomb", "br bomb", "deflate bomb"],
)
async def test_undecodable_answers_are_relayed_as_they_came(coding, content):
    """Unknown, damaged and exploding codings cost no memory and lose no byte."""
    fields = {"Content-Type": JSON, "Content-Encoding": coding}
    stand = Stand(
        lambda _: httpx.Response(200, stream=httpx.ByteStream(content), headers=fields), max_answer=50_000
    )
    transport = httpx.ASGITransport(app=stand.shim)
    async with httpx.AsyncClient(transport=transport, base_url="http://shim.test") as client:
        request = client.build_request("PUT", f"{BASE}/jobs/manual", content='{"backoffLimit":1}')
        answer = await client.send(request, stream=True)
        seen = b"".join([part async for part in answer.aiter_raw()])

    assert seen == content
    assert answer.headers["content-encoding"] == coding
    assert stand.ledger.counts["untranslated_answers_total", (("code", "undecodable"),)] == 1


async def test_too_large_an_answer_is_relayed_as_it_comes():
    """An answer beyond the limit is passed on whole, and counted."""
    text = b'{"data":{"settings":{"backoffLimit":1},"x":"' + b"x" * 10_000 + b'"}}'
    stand = Stand(
        lambda _: httpx.Response(200, content=text, headers={"Content-Type": JSON}), max_answer=1000
    )

    answer = await stand.call("PUT", f"{BASE}/jobs/manual", '{"backoffLimit":1}')

    assert answer.content == text
    assert stand.ledger.counts["untranslated_answers_total", (("code", "too-large"),)] == 1


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"{BASE}/jobs/manual"),
        ("DELETE", f"{BASE}/jobs/manual"),
        ("PATCH", f"{BASE}/jobs/manual"),
        ("PUT", f"{BASE}/jobs/manual/x"),
        ("POST", f"{BASE}/jobs/manual/runs"),
        ("PUT", f"{BASE}/jobs/manualx"),
        ("PUT", f"{BASE}/jobs"),
        ("PUT", "/v2/projects/web/jobs/manual"),
        ("PUT", "/other/v1/projects/web/jobs/manual"),
        ("PUT", f"{BASE}/x/jobs/manual"),
        ("PUT", f"{BASE}/jobs%2Fmanual"),
        ("PUT", f"{BASE}//jobs/manual"),
        ("GET", f"{BASE}/jobs/put-job"),
        ("POST", "/?q=/jobs/manual"),
    ],
)
async def test_look_alikes_pass_through_byte_for_byte(method, path):
    """Where `manual` is a job's own ID, or the path is another, nothing is touched or announced."""
    body = b'{"backoffLimit":NaN,"backoffLimit":1 }'
    stand = Stand(lambda _: httpx.Response(207, content=b'{"data":{"settings":{"backoffLimit":1}}}'))

    answer = await stand.call(method, path, body)

    (request,) = stand.upstream.requests
    assert (request.method, request.url.raw_path.decode(), request.content) == (method, path, body)
    assert (answer.status_code, answer.content) == (207, b'{"data":{"settings":{"backoffLimit":1}}}')
    assert "deprecation" not in answer.headers
    assert stand.ledger.calls == {}


async def test_documentations_name_taken_for_a_path_reaches_the_wire_path():
    """PUT …/jobs/put-job goes to …/jobs with its body untouched."""
    stand = Stand()

    await stand.call("PUT", f"{BASE}/jobs/put-job?a=1", b'{"settings" : {}}')

    (request,) = stand.upstream.requests
    assert request.url.raw_path == f"{BASE}/jobs?a=1".encode()
    assert request.content == b'{"settings" : {}}'


async def test_target_path_of_ones_own():
    """A gateway that exposes the documentation's name gets it, for PUT alone."""
    stand = Stand(target_path="/jobs/put-job")

    await stand.call("PUT", f"{BASE}/jobs/manual", '{"backoffLimit":1}')
    await stand.call("POST", f"{BASE}/jobs/manual", '{"backoffLimit":1}')
    await stand.call("PUT", f"{BASE}/jobs/put-job", "{}")

    paths = [request.url.path for request in stand.upstream.requests]
    assert paths == [f"{BASE}/jobs/put-job", f"{BASE}/jobs", f"{BASE}/jobs/put-job"]


async def test_request_that_must_not_be_transformed_is_not():
    """Cache-Control: no-transform on an old call: forwarded unchanged (RFC 9110 §7.7) and recorded."""
    stand = Stand()

    answer = await stand.call(
        "PUT", f"{BASE}/jobs/manual", '{"backoffLimit":1 }', cache_control="no-transform"
    )

    assert stand.upstream.requests[0].content == b'{"backoffLimit":1 }'
    assert stand.upstream.requests[0].url.path == f"{BASE}/jobs/manual"
    assert "deprecation" in answer.headers
    assert next(iter(stand.ledger.calls)).outcome == "no-transform"


@pytest.mark.parametrize("key", ["\\ud800", "x" * 100_000])
async def test_problem_about_an_odd_key_can_be_written(key):
    """Half a surrogate pair or an endless name in a key that stands twice: a short, valid problem."""
    stand = Stand()

    answer = await stand.call("PUT", f"{BASE}/jobs/manual", f'{{"backoffLimit":1,"{key}":1,"{key}":2}}')

    assert answer.json()["type"].endswith("duplicate-key")
    assert len(answer.content) < 1000


async def test_encoded_request_is_refused():
    """A body with a content coding can't be read as JSON: 415 that says which codings are."""
    stand = Stand()

    answer = await stand.call("PUT", f"{BASE}/jobs/manual", gzip.compress(b"{}"), content_encoding="gzip")

    assert (answer.status_code, answer.headers["accept-encoding"]) == (415, "identity")
    assert stand.upstream.requests == []


_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=8,
)
_BODIES = st.dictionaries(
    st.sampled_from([*contract.MOVED_KEYS, "name", "x"]) | st.text("abc", min_size=1), _VALUES, max_size=8
)


@given(body=_BODIES, operation=st.sampled_from(contract.OPERATIONS))
async def test_translation_of_text_is_the_contracts(body, operation):
    """For any body, the translated text means what `contract.upgrade_request` says, or both refuse."""
    text = json.dumps(body).encode()
    try:
        expected = contract.upgrade_request(operation, body)
    except Untranslatable as error:
        with pytest.raises(Untranslatable) as caught:
            translate.translate_request(operation, text, 64)
        assert (caught.value.code, caught.value.field) == (error.code, error.field)  # noqa: PT017 (the law)
        return

    result = translate.translate_request(operation, text, 64)

    assert json.dumps(json.loads(result)) == json.dumps(expected)


@given(data=_BODIES, operation=st.sampled_from(contract.OPERATIONS))
async def test_translation_of_answers_is_the_contracts(data, operation):
    """For any answer, the translated text means what `contract.downgrade_response` says."""
    upgraded = contract.move_keys(operation, {**data, "jobType": operation.job_type})
    answer = {"data": upgraded}

    result = translate.translate_answer(operation, json.dumps(answer).encode(), 64)

    assert json.dumps(json.loads(result)) == json.dumps(contract.downgrade_response(operation, answer))


@given(st.binary(max_size=60))
async def test_any_bytes_are_parsed_or_refused_with_a_reason(text):
    """No bytes make the parser fail in another way, and what it takes is what Python's parser takes."""
    try:
        members = translate.parse_object(text, 8)
    except Untranslatable as error:
        assert error.reason  # noqa: PT017 (one of two outcomes)
        return
    assert list(members) == list(json.loads(text))


@pytest.mark.parametrize(
    ("body", "word"),
    [
        (b'\xef\xbb\xbf{"backoffLimit":1}', "begins with a byte order mark"),
        (b'{"backoffLimit":1,"a":"\\ud800"}', "half a surrogate pair"),
        (b'{"backoffLimit":1,"\\udc00":' + b"1" * 5000 + b"}", "half a surrogate pair"),
        (b'{"backoffLimit":1', "character 17"),
    ],
)
async def test_reason_names_what_is_wrong(body, word):
    """What people can't see in an editor is said in words."""
    with pytest.raises(Untranslatable, match=word):
        translate.translate_request(contract.PUT_MANUAL, body, 64)
