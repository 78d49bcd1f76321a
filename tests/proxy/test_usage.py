"""Who still calls: the record, what must never be in it, the admin address, and the report."""

import json
import os
import re
import signal
import sqlite3
import stat
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from prometheus_client.parser import text_string_to_metric_families

from migrate.errors import UsageError
from migrate.proxy import usage as records
from migrate.proxy.commands import usage
from migrate.proxy.journal import Journal, recover
from migrate.proxy.report import Finding, Usage, as_html, findings_of, language_of
from migrate.proxy.usage import Caller, Fingerprints, Ledger, Seen, Store, read_key
from tests.proxy.fake import Stand
from tests.proxy.servers import ROOT, Shim, Upstream, put

DAY = 86_400
CANARY = "canary-0f8c2a77d1e94b"
ONE = Caller("", "web", "put.job.manual", "curl/8", "aa", "translated")


def test_record_survives_restarts_and_is_shared(tmp_path):
    """Two processes and a restart: the counts add up, first and last seen are those of all."""
    database = str(tmp_path / "deep" / "usage.sqlite3")
    token = b"Authorization: Bearer one\r\nUser-Agent: agent/1\r\n"
    with Upstream() as upstream:
        for _ in range(2):
            with (
                Shim(upstream.url, database=database) as first,
                Shim(upstream.url, database=database) as second,
                first.connect() as one,
                second.connect() as other,
            ):
                for raw in (one, other, one):
                    raw.send(put(fields=token))
                    assert raw.answer()[0] == 200
                one.send(put(fields=token, path=b"/v1/teams/t/projects/q/jobs/manual"))
                one.answer()
    store = Store(database)
    found = store.calls()
    assert {(each.team, each.project): seen.count for each, seen in found.items()} == {
        ("", "p"): 6,
        ("t", "q"): 2,
    }
    assert len({each.caller for each in found}) == 1
    for each, seen in found.items():
        assert (each.operation, each.user_agent, each.outcome) == ("put.job.manual", "agent/1", "translated")
        assert seen.first_seen < seen.last_seen <= time.time()
        assert (seen.last_status, seen.last_sent.split()[0]) == (200, "PUT")
    assert store.processes(time.time()) == []
    assert len(store.watched()) >= 1
    store.close()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_process_loses_no_call(tmp_path, workers):
    """SIGKILL right after an answer: the next start takes over what was not yet in the database, once."""
    database = str(tmp_path / "usage.sqlite3")
    with Upstream() as upstream:
        for _ in range(2):
            shim = Shim(upstream.url, "--workers", workers, database=database)
            with shim.connect() as raw:
                for _ in range(20):
                    raw.send(put())
                    assert raw.answer()[0] == 200
            processes = [int(each) for each in _children(shim.process.pid)] if workers != "1" else []
            for each in (shim.process.pid, *processes):
                os.kill(each, signal.SIGKILL)
            shim.process.wait()
            shim.log_file.close()
        with Shim(upstream.url, database=database) as shim, shim.connect() as raw:
            raw.send(put())
            raw.answer()
    store = Store(database)
    assert sum(seen.count for seen in store.calls().values()) == 41
    store.close()
    assert [path.name for path in tmp_path.iterdir() if "journal" in path.name] == []


def _children(parent):
    """Process IDs of the children of a process."""
    return Path(f"/proc/{parent}/task/{parent}/children").read_text().split()


def test_journal_is_taken_over_from_where_the_database_ends(tmp_path):
    """Not what is written already, not a torn line, not the file of a process that lives."""
    database = str(tmp_path / "usage[1].sqlite3")
    store = Store(database)
    journal, alive = Journal(database), Journal(database)
    for each in (journal, journal, alive):
        each.append(ONE, 5.0, 200, "PUT /x")
    store.save({ONE: Seen(5.0, 5.0, 2, 200, "PUT /x")}, {}, 0, 6.0, journal.marks())
    journal.append(ONE, 7.0, 201, "PUT /y")
    journal.close(saved=False)
    (left,) = [path for path in tmp_path.glob("*journal-*") if path.stat().st_size > alive._file.size]
    with left.open("ab") as file:
        file.write(b'["torn')

    for _ in range(2):
        recover(database, store)

    assert store.calls() == {ONE: Seen(5.0, 7.0, 3, 201, "PUT /y")}
    assert not left.exists()
    alive.close(saved=True)
    store.close()


def test_full_journal_makes_room(tmp_path, monkeypatch):
    """A large file is replaced, and removed once the database has all of it."""
    monkeypatch.setattr("migrate.proxy.journal._LARGEST", 10)
    database = str(tmp_path / "usage.sqlite3")
    journal = Journal(database)
    journal.append(ONE, 5.0, 200, "PUT /x")
    assert min(journal.marks().values()) == 0
    assert len(list(tmp_path.iterdir())) == 2
    assert len(journal.saved()) == 1
    assert len(list(tmp_path.iterdir())) == 1
    journal.close(saved=True)
    assert list(tmp_path.iterdir()) == []


def test_no_secret_is_written_anywhere(tmp_path):
    """A canary in every place where a token may stand: not in log, database, key, metrics or problems."""
    database = tmp_path / "usage.sqlite3"
    body = b'{"backoffLimit":1,"name":"%b"}' % CANARY.encode()
    canary = CANARY.encode()
    secrets = b"Authorization: Bearer %b\r\nCookie: s=%b\r\nX-Api-Key: %b\r\n" % (canary, canary, canary)

    async def resets(seen, reader, writer):
        if "reset" in seen.target:
            writer.transport.abort()
            return False
        from tests.proxy.servers import api

        return await api(seen, reader, writer)

    with (
        Upstream(resets) as upstream,
        Shim(upstream.url, "--log-level", "debug", database=str(database)) as shim,
    ):
        for query in (b"?token=" + canary, b"?reset&token=" + canary):
            for fields in (secrets, secrets + b"User-Agent: script with %b\r\n" % canary):
                for path in (b"/v1/projects/p/jobs/manual", b"/v1/projects/p/other"):
                    for text in (body, b"{" + body):
                        with shim.connect() as raw:
                            raw.send(put(text, fields, path + query))
                            raw.answer()
        with shim.connect() as raw:
            raw.send(b"GET /%b HTTP/1.1\r\nHost : %b\r\n\r\n" % (canary, canary))
            raw.read_all()
        metrics = shim.metrics()
        shim.stop()
        log = shim.log()
    written = [path.read_bytes() for path in tmp_path.iterdir()]
    assert all(seen.values("authorization") == [f"Bearer {CANARY}"] for seen in upstream.requests)
    assert len(written) >= 2
    assert CANARY not in log
    assert CANARY not in metrics
    assert all(canary not in content for content in written)
    assert "script with [redacted]" in log
    assert stat.S_IMODE(Path(f"{database}.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(database.stat().st_mode) == 0o600


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("agent", "recorded"),
    [
        ("Bearer canary-12345678", "Bearer [redacted]"),
        ("ci/1 (token=canary-12345678; x)", "ci/1 (token=[redacted]; x)"),
        ("ci NORTHFLANK_TOKEN: canary-12345678", "ci NORTHFLANK_TOKEN: [redacted]"),
        ("x eyJhbGciOiJIUzI1NiJ9.eyJjYW5hcnkiOjF9.canary y", "x [redacted] y"),
        ("token-rotator/1.2 python-requests/2.32.0", "token-rotator/1.2 python-requests/2.32.0"),
        (
            "Mozilla/5.0 (X11; Linux x86_64) basic-client/1.0",
            "Mozilla/5.0 (X11; Linux x86_64) basic-client/1.0",
        ),
    ],
)
async def test_tokens_in_user_agents_are_replaced(agent, recorded):
    """Also where the caller sends no Authorization field."""
    stand = Stand()
    await stand.call("PUT", "/v1/projects/p/jobs/manual", '{"backoffLimit":1}', User_Agent=agent)
    assert [caller.user_agent for caller in stand.ledger.calls] == [recorded]


def test_admin_address_tells_health_and_figures():
    """/healthz, /readyz and /metrics, apart from the callers' address; the text is Prometheus's."""
    with Upstream() as upstream, Shim(upstream.url) as shim:
        with shim.connect() as raw:
            for body in (b'{"backoffLimit":1}', b"{}", b"{"):
                raw.send(put(body))
                raw.answer()
            raw.send(b"GET /metrics HTTP/1.1\r\nHost: s\r\n\r\n")
            assert raw.answer()[0] == 404
        families = {each.name: each for each in text_string_to_metric_families(shim.metrics())}
        old = {
            sample.labels["outcome"]: sample.value
            for sample in families["nf_migrate_proxy_old_calls"].samples
        }
        assert old == {"translated": 1, "refused:missing-required": 1, "refused:invalid-json": 1}
        buckets = families["nf_migrate_proxy_request_duration_seconds"].samples
        assert max(each.value for each in buckets if each.name.endswith("_count")) == 3
        assert shim.get("/healthz") == (200, "ok\n")
        assert shim.get("/readyz") == (200, "ready\n")
        assert shim.get("/other")[0] == 404


def test_many_different_callers_do_not_fill_the_disk(tmp_path, monkeypatch):
    """Beyond the limit callers share one row; no count is lost."""
    monkeypatch.setattr(records, "MOST_ROWS", 10)
    store = Store(str(tmp_path / "u.sqlite3"))
    for start in (0, 25):
        ledger = Ledger()
        for number in range(start, start + 50):
            ledger.call(ONE._replace(user_agent=f"agent/{number}"), 200, "", 1.0)
        store.save(*ledger.take(), 0, 1.0)
    found = store.calls()
    store.close()
    assert len(found) <= 11
    assert sum(seen.count for seen in found.values()) == 100


def test_what_can_not_be_written_is_kept(tmp_path):
    """A failing database loses nothing: the counts are given back and written later."""
    store = Store(str(tmp_path / "u.sqlite3"))
    ledger = Ledger()
    ledger.call(ONE, 200, "", 1.0)
    calls, counts = ledger.take()
    with sqlite3.connect(tmp_path / "u.sqlite3") as other:
        other.execute("DROP TABLE calls")
    other.close()
    with pytest.raises(sqlite3.Error):
        store.save(calls, counts, 0, 1.0)
    ledger.call(ONE, 500, "", 2.0)
    ledger.give_back(calls, counts)
    store.close()
    assert ledger.calls[ONE] == Seen(1.0, 2.0, 2, 500, "")


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to be taken for one" * 10, None]
)
def test_unusable_database_is_an_error_with_a_hint(tmp_path, content):
    """A file of another kind, or of another version, is left alone."""
    path = tmp_path / "u.sqlite3"
    if content is None:
        with sqlite3.connect(path) as other:
            other.execute("PRAGMA user_version = 99")
        other.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(UsageError, match="can't be used"):
        Store(str(path))
    assert path.read_bytes() == before


def test_fingerprints_are_keyed(tmp_path):
    """The same token and key give the same; another key gives another; the key file is made once."""
    path = tmp_path / "key"
    key = read_key(path)
    assert read_key(path) == key
    assert Fingerprints(key).of(b"Bearer abc") == Fingerprints(key).of(b"bearer  abc")
    assert Fingerprints(key).of(b"Bearer abc") != Fingerprints(b"another").of(b"Bearer abc")
    assert Fingerprints(key).of(b"") == "-"


# ── The report ───────────────────────────────────────────────────────────────────────────────


def _days(count):
    return [time.strftime("%Y-%m-%d", time.gmtime(100 * DAY - each * DAY)) for each in range(count)]


def _usage(last, watched, findings=None, agent="python-requests/2.32"):
    calls = [(ONE._replace(user_agent=agent), Seen(0.0, last, 3, 200, ""))] if last is not None else []
    return Usage(100.0 * DAY, calls, _days(watched), findings)


@pytest.mark.parametrize(
    ("last", "watched", "verdict"),
    [
        (99.0 * DAY, 60, "Still in use: the last call was 1.0 days ago."),
        (
            50.0 * DAY,
            60,
            "The last caller is gone since 50 days, and the shim watched all the time: safe to remove.",
        ),
        (50.0 * DAY, 10, "No call within 30 days, but the shim watched on 10 of them only."),
        (None, 60, "There never was a call, and the shim watched all the time: safe to remove."),
    ],
)
def test_verdict_needs_silence_and_somebody_who_listened(last, watched, verdict):
    """Safe to remove only when no call came while the shim was there to see it."""
    assert _usage(last, watched).verdict == verdict


def test_join_with_a_scan():
    """A finding that no call can be of was never seen; a caller whom no finding explains is told."""
    same = Finding("a.py", 1, "put.job.manual", "python")
    other_language = Finding("a.go", 2, "put.job.manual", "go")
    other_operation = Finding("b.py", 3, "patch.job.manual", "python")
    found = _usage(99.0 * DAY, 1, [same, other_language, other_operation])
    assert found.never_seen == [other_language, other_operation]
    assert found.unexplained == []
    assert [each.user_agent for each in _usage(99.0 * DAY, 1, [other_language]).unexplained] == [
        "python-requests/2.32"
    ]
    assert _usage(99.0 * DAY, 1, [other_language], agent="own/1").unexplained == []


@pytest.mark.parametrize(
    ("agent", "language"),
    [
        ("python-httpx/0.28", "python"),
        ("Go-http-client/2.0", "go"),
        ("axios/1.6", "javascript"),
        ("own/1", ""),
    ],
)
def test_languages_of_user_agents(agent, language):
    """What the well-known libraries call themselves."""
    assert language_of(agent) == language


def test_page_escapes_what_callers_sent():
    """A User-Agent is no markup."""
    text = as_html(_usage(1.0, 1, agent="<script>alert(1)</script>"))
    assert "<script" not in text
    assert "&lt;script&gt;" in text


def test_usage_command_writes_all_forms(tmp_path):
    """Table, JSON and HTML from a database and a scan's report; wrong files are errors with a hint."""
    database = tmp_path / "u.sqlite3"
    store = Store(str(database))
    ledger = Ledger()
    ledger.call(ONE, 200, "PUT /v1/projects/web/jobs moved: backoffLimit", time.time())
    store.save(*ledger.take(), 0, time.time())
    store.close()
    scan = tmp_path / "scan.json"
    scan.write_text(
        json.dumps({"uses": [{"path": "a.sh", "line": 3, "operation": "put.job.cron", "language": "shell"}]})
    )
    runner = CliRunner()
    arguments = ["--database", str(database), "--scan", str(scan)]
    table = runner.invoke(usage, arguments).output
    assert re.search(r"web +put.job.manual +curl/8 +aa +translated +1 ", table)
    assert "a.sh:3 put.job.cron" in table
    value = json.loads(runner.invoke(usage, [*arguments, "--format", "json"]).output)
    assert value["calls"][0]["count"] == 1
    assert value["never_seen"][0]["path"] == "a.sh"
    assert value["unexplained"][0]["user_agent"] == "curl/8"
    page = tmp_path / "out.html"
    assert runner.invoke(usage, [*arguments, "--format", "html", "--output", str(page)]).exit_code == 0
    assert page.read_text().startswith("<!doctype html>")
    assert isinstance(runner.invoke(usage, ["--database", str(tmp_path / "none")]).exception, UsageError)
    scan.write_text("[]")
    assert isinstance(runner.invoke(usage, arguments).exception, UsageError)


def test_scan_reports_of_the_tool_are_understood():
    """The fields that the join needs are in the schema of the scan's report."""
    schema = json.loads((ROOT / "migrate" / "schemas" / "report-v1.schema.json").read_text(encoding="utf-8"))
    text = json.dumps(schema)
    assert all(f'"{name}"' in text for name in ("uses", "path", "line", "operation", "language"))
    assert findings_of({"uses": []}) == []
