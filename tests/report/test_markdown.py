"""The Markdown report, as a Markdown parser reads it."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from migrate.model import Outcome, Run
from migrate.report import RENDERERS, RenderOptions
from migrate.report.markdown import LIMIT, code, escaped
from tests.report import sample

PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")


def report(run, **options):
    """The Markdown report."""
    return RENDERERS["markdown"](run, RenderOptions(**options))


def words(text):
    """What a reader sees of inline Markdown, and which other things it makes."""
    tokens = [each for block in PARSER.parse(text) for each in block.children or ()]
    shown = "".join(each.content for each in tokens if each.type in ("text", "code_inline"))
    return shown, {each.type for each in tokens} - {"text", "code_inline"}


@given(st.text(alphabet="`ab <>*_[]()|@#!~&;\\", min_size=1, max_size=20))
def test_code_spans_hold_anything(text):
    """Any text shows as itself inside a code span."""
    shown, others = words("x " + code(text))
    assert not others
    if text.strip():
        assert shown.removeprefix("x ").strip() == text.strip()


@given(st.text(alphabet="ab <>*_[]()|#!~&;\\.h:/", min_size=1, max_size=20))
def test_text_is_never_markup(text):
    """Messages show as they are: no emphasis, link, image or HTML."""
    shown, others = words("x" + escaped(text) + "x")
    assert shown == f"x{text}x"
    assert not others


def test_nobody_is_mentioned():
    """An owner or a decorator in a message pings no one: names stand in code or are broken up."""
    assert not re.search(r"(?<!`)@\w", report(sample.everything()))
    assert "@<!-- -->route" in escaped("an @route")


def test_everything_is_there():
    """The summary adds up, every place for a person is a task, every change is in a closed block."""
    text = report(sample.everything())
    assert text.count("- [ ] ") == 3
    assert text.count("<details>") == text.count("</details>") == 1
    assert "| **all** | **2** | **1** | **1** | **1** | **1** | **1** | **7** |" in text
    assert "```diff" in text
    tables = [each for each in PARSER.parse(text) if each.type == "table_open"]
    assert len(tables) == 1


def test_fences_hold_fences():
    """A change in a file that itself has fences does not break out of its block."""
    file = replace(sample.deploy_result(), before=b"````\na\n", after=b"````\nb\n")
    fences = [each for each in PARSER.parse(report(Run("rewrite", (file,)))) if each.type == "fence"]
    assert [each.content for each in fences] == ["@@ -1,2 +1,2 @@\n ````\n-a\n+b\n"]


def moved(file, path):
    """The file at another path."""
    return replace(file, path=path, uses=tuple(replace(use, path=path) for use in file.uses))


@pytest.mark.parametrize("number", [30, 300, 3000])
def test_keeps_under_the_limit(number):
    """However much there is, the comment fits, and says how many items and files it leaves out."""
    some = sample.everything().files
    files = tuple(moved(each, f"{n}/{each.path}") for n in range(number) for each in some if each.uses)
    run = Run("rewrite", files)
    text = report(run)
    assert len(text) < LIMIT
    tasks, diffs = text.count("- [ ] "), text.count("<details>")
    more = re.search(r"\*([\d,]+) more items? left out", text)
    assert tasks + (int(more[1].replace(",", "")) if more else 0) == 3 * number
    lost = re.search(r"changes of ([\d,]+) more files? left out", text)
    assert diffs + (int(lost[1].replace(",", "")) if lost else 0) == number


def test_many_tasks_leave_room_for_changes():
    """However much is left for people, some of the changes are shown, too."""
    tasks = replace(sample.everything().files[-1], outcome=Outcome.REVIEW)
    assert tasks.uses
    files = tuple(replace(tasks, path=f"{n}.ts") for n in range(600))
    changes = tuple(replace(sample.deploy_result(f"{n}.py"), owners=()) for n in range(3))
    text = report(Run("rewrite", (*files, *changes)))
    assert len(text) < LIMIT
    assert "more items left out" in text
    assert text.count("<details>") == 3


def test_nothing_found():
    """A run without uses is two lines."""
    assert "No use of a deprecated operation found." in report(sample.nothing())
    assert report(sample.nothing(), unicode=False).isascii()
