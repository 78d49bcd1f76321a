"""The report for people: complete, within its width, and harmless on any terminal."""

import re

import pytest
from rich.text import Text

from migrate.model import Action, FileResult, Outcome, Run, Use
from migrate.report import RENDERERS, RenderOptions
from tests.report import sample


def report(run, **options):
    """The text report."""
    return RENDERERS["text"](run, RenderOptions(**options))


@pytest.mark.parametrize("width", [80, 200])
@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("unicode", [False, True])
def test_every_open_use_is_there(width, color, unicode):
    """Each use that is not accepted is shown with place, message, evidence and what to do."""
    text = Text.from_ansi(report(sample.everything(), width=width, color=color, unicode=unicode)).plain
    flat = " ".join(text.split())
    for use in sample.everything().uses:
        if use.accepted:
            continue
        assert f"{use.line}:{use.column}" in flat
        assert use.message in flat
        assert all(fact in flat for fact in use.evidence)
        assert use.advice.replace("…", "…" if unicode else "...") in flat
    assert "-    return r.json()" in text


@pytest.mark.parametrize("width", [80, 200])
def test_prose_keeps_within_the_width(width):
    """Only code is ever wider than the terminal."""
    lines = report(sample.everything(), width=width).splitlines()
    too_wide = [line for line in lines if len(line) > width]
    assert all(line.lstrip()[0] in "-+" for line in too_wide)


def test_plain_ascii():
    """A terminal without UTF-8 gets ASCII only, and no escape sequence."""
    text = report(sample.everything(), unicode=False)
    assert text.isascii()
    assert "\x1b" not in text


def test_colour_changes_nothing_but_colour():
    """With the escape sequences taken out, the coloured report is the plain one."""
    coloured = report(sample.everything(), color=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == report(sample.everything())


def test_table_adds_up():
    """In the summary table, rows and columns add up to the footer."""
    lines = report(sample.everything(), unicode=False, width=200).splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    head, *rows, foot = cells
    assert head[0] == "kind of use"
    numbers = [[int(cell or 0) for cell in row[1:]] for row in rows]
    total = [int(cell) for cell in foot[1:]]
    assert [sum(column) for column in zip(*numbers, strict=True)] == total
    assert all(sum(row[:-1]) == row[-1] for row in [*numbers, total])


def test_steering_characters_are_shown():
    """Escape sequences and reordering marks in paths, code and messages never reach the terminal."""
    nasty = "a\x1b[2J\u202eb\r.py"
    use = Use(nasty, 0, 1, 1, 1, 1, 2, "http-call", "", "python", Action.REVIEW, "m\x1b]0;x\x07", "do\x1b[1m")
    files = (
        FileResult(nasty, Outcome.REVIEW, "", (use,), before=b"\x1b[31mred\n", after=b"\x9b31mgreen\n"),
        FileResult("b\udce9", Outcome.SKIPPED, "\x1b"),
    )
    text = report(Run("rewrite", files, notes=("\x1b[7m",)), color=False)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800-\udfff]", text)
    assert r"\x1b[2J" in text


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_a_path_stays_on_its_line(name):
    """Newlines and tabs of a file name are shown, so that a name can't forge a line of the report."""
    run = Run("rewrite", (sample.deploy_result("a\n\nb\tc.py"), FileResult("x\ny", Outcome.FAILED, "r")))
    text = RENDERERS[name](run, RenderOptions())
    assert "a\\n\\nb\\tc.py" in text
    assert not any(line.startswith(("b\t", "b<", "b`")) for line in text.splitlines())


def test_the_sentence_tells_uses_from_files():
    """What becomes of files is not said as if it were of uses, as a file can have several."""
    run = Run("rewrite", (sample.deploy_result(), sample.deploy_result("b.py")))
    text = RENDERERS["text"](run, RenderOptions(quiet=True))
    uses = len(run.uses)
    assert text == f"{uses} uses found. Of 2 candidate files, 2 would be rewritten.\n"


def test_quiet_is_the_last_sentence():
    """Quiet leaves the counts."""
    assert report(sample.everything(), quiet=True, width=300).count("\n") == 1


def test_verbose_shows_what_was_passed_over():
    """Verbose adds clean files, other people's places and accepted uses with their reasons."""
    text = report(sample.everything(), verbose=True, width=200)
    for word in (
        "app/clean.py",
        "server/routes.py",
        "a route that this program serves itself",
        "retired in May",
    ):
        assert word in text
        assert word not in report(sample.everything(), width=200)


def test_nothing_found():
    """A run that found nothing says so, and over how much."""
    assert report(sample.nothing()) == "12 files searched. No use of a deprecated operation found.\n"


def test_written():
    """After writing, the words are those of what happened."""
    text = report(sample.everything(written=True))
    assert "would be rewritten" not in text
    assert "1 rewritten" in text


def test_many_uses():
    """A report over thousands of uses is made, and nothing in it is cut."""
    one = sample.everything().files[2]
    text = report(Run("rewrite", (one,) * 500))
    assert text.count("@@ -5,6 +5,6 @@") == 500


@pytest.mark.parametrize("name", RENDERERS)
def test_what_failed_its_check_is_never_shown_as_an_edit(name):
    """No format shows the planned text of a file whose check failed."""
    assert "must never be shown" not in RENDERERS[name](sample.everything(), RenderOptions(verbose=True))
