"""Modes, brownouts and the fields that announce the end, checked with httplint."""

from datetime import UTC, datetime

import httplint
import httpx
import pytest
from click.testing import CliRunner

from migrate.errors import UsageError
from migrate.proxy.commands import proxy
from migrate.proxy.settings import Mode, Settings, checked, window
from tests.proxy.cases import BASE
from tests.proxy.fake import NOW, Stand

SUNSET = datetime(2027, 3, 1, tzinfo=UTC)
OLD = ("PUT", f"{BASE}/jobs/manual", '{"backoffLimit":1}')


def _lint(answer: httpx.Response) -> list[str]:
    """What httplint has to say of the fields that announce a deprecation."""
    linter = httplint.HttpResponseLinter()
    linter.process_response_topline(b"HTTP/1.1", str(answer.status_code).encode(), b"Status")
    linter.process_headers(answer.headers.raw)
    linter.feed_content(answer.content)
    linter.finish_content(True)
    names = ("deprecation", "sunset", "link", "retry-after", "content-length", "content-type")
    bad = (httplint.levels.BAD, httplint.levels.WARN)
    return [
        str(note)
        for note in linter.notes
        if note.level in bad and any(name in note.subject for name in names)
    ]


@pytest.mark.asyncio
@pytest.mark.parametrize("body", ['{"backoffLimit":1}', "{}", "{"])
@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("status", [200, 404, 500])
async def test_every_answer_to_an_old_call_announces_the_end(mode, body, status):
    """Translated, observed, refused, blocked or failed: Deprecation, Sunset and Link, valid to httplint."""
    stand = Stand(
        lambda _: httpx.Response(
            status, json={"data": {}}, headers={"Deprecation": "@1", "Link": "</x>; rel=self"}
        ),
        mode=mode,
        sunset=SUNSET,
        sunset_link="https://status.test/gone",
    )

    answer = await stand.call("PUT", f"{BASE}/jobs/manual", body)

    assert _lint(answer) == []
    assert answer.headers["sunset"] == "Mon, 01 Mar 2027 00:00:00 GMT"
    assert "@1795478400" in answer.headers["deprecation"]
    links = answer.headers["link"]
    assert f'<{BASE}/jobs>; rel="successor-version"' in links
    assert 'put-manual-job>; rel="deprecation"' in links
    assert '<https://status.test/gone>; rel="sunset"' in links


@pytest.mark.asyncio
async def test_block_answers_410_with_the_successor():
    """Nothing is sent; the problem names what to call instead."""
    stand = Stand(mode=Mode.BLOCK)

    answer = await stand.call(*OLD)

    assert answer.status_code == 410
    assert f"PUT {BASE}/jobs" in answer.json()["advice"]
    assert stand.upstream.requests == []
    assert next(iter(stand.ledger.calls)).outcome == "refused:blocked"


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ('{"backoffLimit":1 }', "observed"),
        ("{}", "observed:missing-required"),
        ("nonsense", "observed:invalid-json"),
    ],
)
async def test_observe_forwards_unchanged_and_notes_what_would_be_sent(body, outcome):
    """The upstream gets the old call byte for byte, the caller its answer; the record tells the rest."""
    stand = Stand(lambda _: httpx.Response(201, content=b"{ }"), mode=Mode.OBSERVE)

    answer = await stand.call("PUT", f"{BASE}/jobs/manual?a=1", body)

    (request,) = stand.upstream.requests
    assert (request.url.raw_path.decode(), request.content.decode()) == (f"{BASE}/jobs/manual?a=1", body)
    assert (answer.status_code, answer.content) == (201, b"{ }")
    ((caller, seen),) = stand.ledger.calls.items()
    assert caller.outcome == outcome
    assert seen.last_sent == (f"PUT {BASE}/jobs moved: backoffLimit" if outcome == "observed" else "")


@pytest.mark.asyncio
async def test_observe_forwards_what_is_too_large_to_be_understood():
    """A body beyond the limit streams through whole."""
    stand = Stand(mode=Mode.OBSERVE, max_body=10)

    async def parts():
        for _ in range(10):
            yield b"x" * 10

    await stand.call("PUT", f"{BASE}/jobs/manual", parts())

    assert stand.upstream.requests[0].content == b"x" * 100
    assert next(iter(stand.ledger.calls)).outcome == "observed:too-large"


@pytest.mark.asyncio
@pytest.mark.parametrize("status", [503, 410])
async def test_brownout_refuses_old_calls_for_a_while(status):
    """Inside the window a problem of its own type (503 with Retry-After, or 410); other requests pass."""
    stand = Stand(brownouts=(window("2026-12-01T11:30/PT1H"),), brownout_status=status)

    answer = await stand.call(*OLD)
    other = await stand.call("GET", "/v1/projects")

    assert answer.status_code == status
    assert answer.json()["type"] == "urn:x-nf-migrate:problem:brownout"
    assert answer.headers.get("retry-after") == ("1800" if status == 503 else None)
    assert _lint(answer) == []
    assert other.status_code == 200
    assert len(stand.upstream.requests) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("span", ["2026-12-01T12:00:01/PT1H", "2026-12-01T11:00/2026-12-01T12:00"])
async def test_outside_of_a_brownout_calls_are_translated(span):
    """The end is exclusive."""
    stand = Stand(brownouts=(window(span),), now=NOW)

    assert (await stand.call(*OLD)).status_code == 200


@pytest.mark.parametrize(
    "span", ["", "x", "2026-12-01T12:00", "2026-12-01/PT0S", "2026-12-02/2026-12-01", "2026-12-01/P1"]
)
def test_spans_that_are_none(span):
    """A window needs a start and a later end."""
    with pytest.raises(ValueError, match=r".+"):
        window(span)


@pytest.mark.parametrize(
    "settings",
    [
        {"sunset": datetime(2020, 1, 1, tzinfo=UTC)},
        {"upstream": "ftp://x"},
        {"upstream": "https://x/path"},
        {"upstream": "https://user:secret@x"},
        {"upstream": "https://x?q"},
        {"upstream": "http://x:99999"},
        {"upstream": "nowhere"},
        {"listen": "x"},
        {"listen": "x:99999"},
        {"listen": "x:0x1"},
        {"workers": 2},
        {"target_path": "jobs"},
        {"target_path": "/jobs/../../x"},
        {"target_path": '/jobs/$host;"'},
        {"target_path": "/jobs\r\nX: y"},
        {"sunset_link": "javascript:alert(1)"},
        {"sunset_link": 'https://x.test/>; rel="next'},
        {"sunset_link": "https://x.test/\r\nX: y"},
        {"upstream": "https://a b"},
        {"upstream": "https://a;b{}"},
        {"listen": "8080"},
        {"admin": "8081"},
    ],
    ids=str,
)
def test_settings_that_do_not_fit_are_refused_with_a_hint(settings):
    """Each error says what to type."""
    with pytest.raises(UsageError) as caught:
        checked(Settings(**settings))
    assert caught.value.hint


def test_password_in_an_address_is_not_repeated():
    """The error goes to logs that others read."""
    with pytest.raises(UsageError) as caught:
        checked(Settings(upstream="https://user:canary@x"))
    assert "canary" not in str(caught.value) + caught.value.message


@pytest.mark.parametrize("span", ["2026-12-01/P1D", "2026-12-01/PT24H", "2026-12-01/P0DT23H60M"])
def test_a_day_can_be_written_in_many_ways(span):
    """Days, hours, minutes and seconds."""
    assert window(span).end == datetime(2026, 12, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["timeout = nan", "timeout = inf", "timeout = true", "max-body = 1.5", "workers = true"]
)
def test_numbers_that_are_none_are_refused(tmp_path, monkeypatch, text):
    """A timer that never ends, or half a byte, is a mistake in the file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".nf-migrate.toml").write_text(f"[proxy]\n{text}\n")
    result = _export()
    assert result.exit_code == 2
    assert text.split()[0] in result.output


def _export(*arguments, **environment):
    return CliRunner().invoke(
        proxy, ["--export", "nginx", *arguments], env=environment, catch_exceptions=True
    )


def test_options_come_from_the_command_line_the_environment_and_the_file(tmp_path, monkeypatch):
    """In this order; also those that may be given several times."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".nf-migrate.toml").write_text(
        '[proxy]\nmax-body = 111\nmax_depth = 22\nbrownout = ["2026-12-01/PT1H"]\nsunset = 2027-01-01\n'
    )
    text = _export("--max-depth", "33", NF_MIGRATE_PROXY_MAX_DEPTH="44").output
    assert ('"maxBody": 111' in text, '"maxDepth": 33' in text) == (True, True)
    assert '"sunset": "Fri, 01 Jan 2027 00:00:00 GMT"' in text
    assert "1796083200000" in text
    assert "1796083200000" not in _export(NF_MIGRATE_PROXY_BROWNOUT="2026-12-02/PT1H 2026-12-03/PT1H").output
    assert '"maxDepth": 44' in _export(NF_MIGRATE_PROXY_MAX_DEPTH="44").output
    assert '"maxDepth": 22' in _export().output


@pytest.mark.parametrize(
    ("kind", "names"), [("nginx", {"nginx.conf", "nf-migrate.js"}), ("envoy", {"envoy.yaml"})]
)
def test_export_writes_files_into_a_folder(tmp_path, kind, names):
    """With --output the files are written, and named on standard output."""
    folder = tmp_path / "conf"
    result = CliRunner().invoke(proxy, ["--export", kind, "--output", str(folder)])
    assert {path.name for path in folder.iterdir()} == names
    assert set(result.output.split()) == {str(folder / name) for name in names}


def test_output_that_can_not_be_written_is_an_error_with_a_hint(tmp_path):
    """A file where the folder should be."""
    (tmp_path / "file").touch()
    result = CliRunner().invoke(proxy, ["--export", "nginx", "--output", str(tmp_path / "file" / "conf")])
    assert isinstance(result.exception, UsageError)
    assert "--output" in result.exception.hint


def test_settings_in_pyproject(tmp_path, monkeypatch):
    """[tool.nf-migrate.proxy] holds where the own file says nothing."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.nf-migrate.proxy]\nmax-body = 5\n")
    assert '"maxBody": 5' in _export().output


@pytest.mark.parametrize("text", ["[proxy]\nmax-bodies = 1\n", "[proxy\n", "proxy = 3\n"])
def test_wrong_configuration_files_are_errors(tmp_path, monkeypatch, text):
    """An unknown setting or broken file stops the start, by name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".nf-migrate.toml").write_text(text)
    result = _export()
    assert isinstance(result.exception, UsageError)
    assert ".nf-migrate.toml" in result.exception.message
