"""Comments that let a use stay, in the syntax of each language; idle ones are reported."""

from dataclasses import replace

import pytest

from migrate import contract, plan
from migrate.examine import examine
from migrate.ignores import apply
from migrate.model import Action, Candidate, Edit, Findings, Options, Outcome
from migrate.pipeline import run
from migrate.source import Source

PLACE = "PLACE"
OPTIONS = Options(contract.DEFAULT_TARGET_PATH)


def found(text, path="a.py", kind="http-call", place=PLACE):
    """The uses after ignoring, with a use at each place."""
    source = Source(path, text.encode(), text)
    starts = [at for at in range(len(text)) if text.startswith(place, at)]
    uses = [
        source.use(
            (at, at + len(place)), kind=kind, language="x", action=Action.REVIEW, message="m", advice="a"
        )
        for at in starts
    ]
    return apply(source, Findings(tuple(uses))).uses


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "PLACE  # nf-migrate: ignore[http-call] retired in May\n"),
        ("a.py", "# nf-migrate: ignore[http-call] retired in May\nPLACE\n"),
        ("a.py", "  # nf-migrate: ignore[prose, http-call]: retired in May\r\n  PLACE\r\n"),
        ("a.py", "#nf-migrate:ignore - retired in May\rPLACE\r"),
        ("a.ts", "PLACE // nf-migrate: ignore[http-call] retired in May"),
        ("a.ts", "/* nf-migrate: ignore[http-call] retired in May */\nPLACE"),
        ("a.tsx", "{/* nf-migrate: ignore[http-call] retired in May */}\nPLACE"),
        ("a.vue", "<!-- nf-migrate: ignore[http-call] retired in May -->\nPLACE"),
        ("a.md", "<!-- nf-migrate: ignore[http-call] retired in May -->\nPLACE"),
        ("a.md", "```sh\nPLACE # nf-migrate: ignore[http-call] retired in May\n```"),
        ("a.md", "<!-- nf-migrate: ignore[http-call] retired in May -->\n\n```sh\n$ a\nPLACE\n```\n"),
        ("a.rst", ".. nf-migrate: ignore[http-call] retired in May\n\nPLACE\n"),
        ("a.sh", "# nf-migrate: ignore[http-call] retired in May\nPLACE"),
        ("a.yaml", "x: PLACE # nf-migrate: ignore[http-call] retired in May"),
        ("Dockerfile.dev", "# nf-migrate: ignore[http-call] retired in May\nRUN PLACE"),
        ("Makefile", "# nf-migrate: ignore[http-call] retired in May\n\tPLACE"),
        ("main.go", "PLACE // nf-migrate: ignore[http-call] retired in May"),
        ("main.tf", "# nf-migrate: ignore[http-call] retired in May\nPLACE"),
        ("a.sql", "-- nf-migrate: ignore[http-call] retired in May\nPLACE"),
        ("a.unknown", "; nf-migrate: ignore[http-call] retired in May\nPLACE"),
        ("t.yaml", "{{/* nf-migrate: ignore[http-call] retired in May */}}\nPLACE"),
        ("a.j2", "{# nf-migrate: ignore[http-call] retired in May #}\nPLACE"),
        ("a.ipynb", '"# nf-migrate: ignore[http-call] retired in May\\n",\n"PLACE"'),
    ],
)
def test_lets_a_use_stay_with_its_reason(path, text):
    """In each language the comment accepts the use on its line or the one below, for its reason."""
    (use,) = found(text, path)
    assert use.accepted == "ignored: retired in May"


@pytest.mark.parametrize(
    "text",
    [
        "# nf-migrate: ignore[prose]\nPLACE\n",
        "# nf-migrate: ignore[http-call]\n\nPLACE\n",
        "PLACE\n# nf-migrate: ignore[http-call]\n",
        "x = 1  # nf-migrate: ignore\nPLACE\n",
        "# nf-migrate: ignore[]\nPLACE\n",
    ],
)
def test_other_kind_or_other_line_is_not_ignored(text):
    """A comment for another kind, behind a gap, below, or at the end of another line accepts nothing."""
    first, second = sorted(found(text), key=lambda use: use.kind)
    assert (first.kind, first.accepted) == ("http-call", "")
    assert second.kind == "unused-ignore"


def test_comments_can_be_stacked():
    """Several comments above one line all speak for it."""
    (use,) = found("# nf-migrate: ignore[http-call] a\n# nf-migrate: ignore[http-call] b\nPLACE")
    assert use.accepted == "ignored: a"
    uses = found("# nf-migrate: ignore[prose] a\n# nf-migrate: ignore[http-call] b\nPLACE")
    assert [use.accepted for use in uses if use.kind == "http-call"] == ["ignored: b"]


def test_one_comment_for_all_uses_of_its_line():
    """Two uses in a line are both accepted by one comment; a use over several lines by any of them."""
    assert all(use.accepted for use in found("PLACE PLACE  # nf-migrate: ignore\n"))
    (use,) = found("call(\n  a, # nf-migrate: ignore\n  b)", place="call(\n  a, # nf-migrate: ignore\n  b)")
    assert use.accepted == "ignored: no reason given"


def test_unknown_kinds_are_named():
    """A slip in the kind's name is said, with the names there are."""
    use = next(use for use in found("# nf-migrate: ignore[http-cal]\nPLACE") if use.kind == "unused-ignore")
    assert "'http-cal'" in use.message
    assert "http-call" in use.advice


@pytest.mark.parametrize(("path", "number"), [("a.md", 0), ("a.json", 0), ("a.py", 1), ("a.unknown", 1)])
def test_only_what_surely_is_a_comment_is_reported_as_unused(path, number):
    """A sample of the comment in a document is no idle comment."""
    assert len(found("# nf-migrate: ignore[http-call]\n", path)) == number


def test_ignored_uses_are_not_edited():
    """A rewrite that is ignored is not applied, and what is tied to it goes to a person."""
    edit = Edit("b.py", 0, 1, b"a", b"b")
    text = "PLACE # nf-migrate: ignore\n"
    (ignored,) = found(text)
    one = replace(ignored, action=Action.REWRITE, edits=(edit,))
    other = replace(one, path="b.py", accepted="")
    planned = plan.make([one, other])
    assert not planned.applied
    assert planned.uses["a.py"][0].action is Action.REWRITE
    assert planned.uses["b.py"][0].action is Action.REVIEW
    assert "a.py:1" in planned.uses["b.py"][0].message


def test_through_the_pipeline(tmp_path, monkeypatch):
    """A file whose uses are all ignored is accepted, with the reason; an idle comment alone is found."""
    monkeypatch.chdir(tmp_path)
    old = contract.PUT_MANUAL
    (tmp_path / "a.txt").write_text(
        f"; nf-migrate: ignore legacy\nnorthflank put job {contract.MANUAL} for {old.old_path}\n"
    )
    (tmp_path / "b.py").write_text("# nf-migrate: ignore[http-call] long gone\nx = 1\n")
    first, second = run("scan", [Candidate("a.txt", "."), Candidate("b.py", ".")], OPTIONS).files
    assert (first.outcome, first.reason) == (Outcome.ACCEPTED, "every use here is accepted as it is")
    assert all(use.accepted == "ignored: legacy" for use in first.uses)
    assert second.outcome is Outcome.REVIEW
    assert [use.kind for use in second.uses] == ["unused-ignore"]
    assert second.repository == "."


def test_order_is_kept():
    """Uses stay ordered by place with idle comments among them."""
    text = "PLACE\n# nf-migrate: ignore[prose]\nPLACE\nPLACE\n"
    uses = found(text)
    assert [use.start for use in uses] == sorted(use.start for use in uses)
    assert list(examine([], OPTIONS, {})) == []


def test_above_a_block_it_speaks_for_the_block_alone():
    """Above a fenced block of a document a comment lets all uses in it stay, and none after it."""
    text = "<!-- nf-migrate: ignore -->\n~~~\nPLACE\n```\nPLACE\n~~~\nPLACE\n"
    assert [bool(use.accepted) for use in found(text, "a.md")] == [True, True, False]
    assert [use.kind for use in found("<!-- nf-migrate: ignore -->\n\nx\nPLACE\n", "a.md")] == [
        "unused-ignore",
        "http-call",
    ]


def test_a_wrong_kind_is_told_the_right_one():
    """Where a comment names another kind than the use's, the advice says which to name."""
    idle, use = found("# nf-migrate: ignore[prose] x\nPLACE\n")
    assert not use.accepted
    assert "http-call" in idle.message
    assert "ignore[http-call]" in idle.advice
