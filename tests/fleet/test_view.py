"""What is seen meanwhile, and said at the end."""

import io

from migrate.fleet.model import Record, Repository, Status, Summary, UseRow
from migrate.fleet.overview import failures, overview
from migrate.fleet.view import Step, watching


class Terminal(io.StringIO):
    """A stream that says it is one."""

    def isatty(self):
        """It is."""
        return True


def failed(name, reason):
    """A record of a failed repository."""
    return Record(Repository(name, f"https://h.example/{name}.git"), Status.FAILED, reason)


def test_live_view_counts_repositories_uses_and_failures():
    """On a terminal one line is kept up to date."""
    stream = Terminal()
    with watching(2, stream) as told:
        told(Step("a", 3))
        told(Step("b", failure="no"))
    assert "2 of 2 repositories" in stream.getvalue()
    assert "3 uses, 1 failure" in stream.getvalue()


def test_plain_lines(capsys):
    """Elsewhere there is a line for each repository that changed, and the sums."""
    with watching(3, io.StringIO()) as told:
        told(Step("a", 1))
        told(Step("b\x1b[2J", failure="can't\nbe"))
        told(Step("c", 2, unchanged=True))
    assert capsys.readouterr().err.splitlines() == [
        "[1/3] a: 1 use",
        "[2/3] b\\x1b[2J: failed: can't be",
        "3 of 3 repositories (1 unchanged), 3 uses, 1 failure.",
    ]


def test_quiet_says_nothing(capsys):
    """Nothing at all."""
    with watching(1, quiet=True) as told:
        told(Step("a"))
    assert capsys.readouterr().err == ""


def test_failures_are_grouped_by_message():
    """What names one repository alone does not keep a message apart from its like."""
    records = [
        failed(f"acme/r{n}", f"'https://h.example/acme/r{n}.git' not found ({n:040x})") for n in range(7)
    ]
    records.append(failed("acme/x", "out of memory"))
    assert failures(records) == (
        "Failed:\n"
        "- '…' not found (…)\n    acme/r0, acme/r1, acme/r2, acme/r3, acme/r4 and 2 more\n"
        "- out of memory\n    acme/x"
    )


def test_overview_cannot_steer_a_terminal():
    """Names and reasons of others are shown, not obeyed."""
    rows = (UseRow("a", "k", "o", "python", "rewrite"),)
    text = overview(
        [
            failed("a\x1b[2Jb", "\x1b]0;x"),
            Record(Repository("c", "/c"), Status.SCANNED, summary=Summary(rows)),
        ]
    )
    assert "\x1b" not in text
    assert "c          scanned: 1 to rewrite" in text
