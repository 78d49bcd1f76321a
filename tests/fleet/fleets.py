"""States of fleets for the tests of the status: ordinary, hostile, empty and large."""

from migrate.fleet.model import HistoryRow, Record, Repository, Status, Summary, UseRow
from migrate.proxy.report import Usage
from migrate.proxy.usage import Caller, Seen

NOW = 1_795_521_600.0
DAY = 86_400.0
LOUD = '"><script>document.title="owned"</script><img src=x onerror="document.title=\'owned\'">`${1}`$style'


def record(name, status, rows=(), **more):
    """One record, scanned unless it is queued or failed."""
    scanned = status not in (Status.QUEUED, Status.FAILED) or bool(rows)
    summary = Summary(tuple(rows), 10) if scanned else None
    repository = Repository(name, f"https://github.test/{name}.git", False, "main", "github", "", name)
    return Record(repository, status, updated=NOW - DAY, summary=summary, **more)


def row(action, language="python", count=1, **more):
    """Some uses."""
    return UseRow(
        "a.py",
        more.get("kind", "http-call"),
        more.get("operation", "an-operation"),
        language,
        action,
        more.get("owners", ("@acme/ops",)),
        count,
    )


def ordinary():
    """A fleet in the middle of it."""
    return [
        record(
            "acme/billing", Status.SCANNED, [row("rewrite", count=7), row("review", "shell", 2, owners=())]
        ),
        record("acme/shop", Status.NEEDS_REVIEW, [row("review", "javascript", 3, owners=("@ann", "@bob"))]),
        record(
            "acme/infra",
            Status.PULL_REQUEST_OPEN,
            [row("rewrite", "yaml", 4), row("accepted", "yaml", 2)],
            pull_request="https://github.test/acme/infra/pull/12",
            pull_request_number=12,
        ),
        record(
            "acme/tools", Status.BRANCH_MADE, [row("rewrite", count=1)], reason="its pull request was closed"
        ),
        record("acme/docs", Status.CLEAN),
        record("acme/site", Status.MERGED),
        record("acme/new", Status.QUEUED),
        record(
            "acme/gone", Status.FAILED, reason="cloning https://github.test/acme/gone.git failed: not found"
        ),
        record(
            "acme/lost", Status.FAILED, reason="cloning https://github.test/acme/lost.git failed: not found"
        ),
    ]


def history():
    """Three weeks of scans."""
    counts = {0: 40, 3: 33, 7: 30, 10: 21, 14: 19, 18: 17}
    rows = []
    for day, count in counts.items():
        time = NOW - (20 - day) * DAY
        rows.append(HistoryRow(time, "acme/billing", "@acme/ops", "python", "rewrite", count // 2))
        rows.append(HistoryRow(time, "acme/billing", "", "shell", "review", 2))
        rows.append(
            HistoryRow(time + 60, "acme/shop", "@ann @bob", "javascript", "review", count - count // 2)
        )
    return sorted(rows, key=lambda each: (each.time, each.repository))


def hostile():
    """A fleet whose every text is an attack."""
    rows = [
        UseRow(LOUD, LOUD, LOUD, LOUD, "rewrite", (LOUD, "\x1b[31mred"), 3),
        UseRow("b", "http-call", "", "", "review", (), 1),
    ]
    loud = record(LOUD, Status.FAILED, rows, reason=LOUD, pull_request="javascript:alert(1)")
    steered = record("\u202ereversed\ud800", Status.SCANNED, rows, pull_request=f"https://x.test/{LOUD}")
    return [loud, steered]


def many(number=1500):
    """A large fleet."""
    states = list(Status)
    languages = ("python", "javascript", "yaml", "shell", "go", "terraform")
    return [
        record(
            f"acme/service-{index:04}",
            states[index % len(states)],
            [row("rewrite", languages[index % 6], 1 + index % 9, owners=(f"@acme/team-{index % 60}",))]
            if index % 3
            else [],
            reason=f"message {index % 4}" if states[index % len(states)] is Status.FAILED else "",
        )
        for index in range(number)
    ]


def usage(findings):
    """A record of two callers, one of which nothing explains."""
    calls = [
        (
            Caller("", "web", "an-operation", "python-requests/2.32", "c0ffee", "translated"),
            Seen(NOW - 9 * DAY, NOW - 3600, 812, 200, ""),
        ),
        (
            Caller("team", "batch", "another", f"curl/8 {LOUD}", "beef", "translated"),
            Seen(NOW - 40 * DAY, NOW - 5 * DAY, 3, 200, ""),
        ),
    ]
    return Usage(NOW, calls, ["2026-11-20"], findings)
