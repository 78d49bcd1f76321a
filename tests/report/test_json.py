"""The JSON report: valid by its schema, complete, and sums that add up."""

import json
from collections import Counter
from importlib import resources

import pytest
from jsonschema import Draft202012Validator

from migrate.model import Action, Edit, FileResult, Outcome, Run, Use
from migrate.report import RENDERERS, RenderOptions
from tests.report import sample

SCHEMA = json.loads(
    resources.files("migrate").joinpath("schemas/report-v1.schema.json").read_text(encoding="utf-8")
)
RUNS = {
    "everything": sample.everything(),
    "written": sample.everything(written=True),
    "nothing": sample.nothing(),
}


def report(run):
    """The document, read back."""
    return json.loads(RENDERERS["json"](run, RenderOptions()))


def test_schema_is_a_schema():
    """The published schema is valid by its own meta-schema."""
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", RUNS)
def test_valid_and_adds_up(name):
    """Every report is valid; uses and files are all there; states and outcomes add up to the totals."""
    found = report(RUNS[name])
    Draft202012Validator(SCHEMA).validate(found)
    for what, key in (("uses", "state"), ("files", "outcome")):
        counted = Counter(each[key] for each in found[what])
        totals = dict(found["totals"][what])
        assert totals.pop("total") == len(found[what]) == sum(totals.values())
        assert counted == Counter({name: number for name, number in totals.items() if number})
    assert sum(each["uses"] for each in found["files"]) == len(found["uses"])


def test_every_state_and_outcome_is_in_the_sample():
    """The sample that all formats are tested with leaves nothing out."""
    found = report(RUNS["everything"])
    assert all(number for number in found["totals"]["uses"].values())
    outcomes = found["totals"]["files"]
    assert [name for name, number in outcomes.items() if not number] == ["rewritten"]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_edits_give_the_new_file(encoding):
    """The edits, read from the report and made in order, turn the old bytes into the new ones."""
    text_of = sample.deploy_result(encoding=encoding)
    before = text_of.before
    if encoding == "latin-1":
        before = b"# coding: latin-1\n" + before
    shift = len(before) - len(text_of.before)
    uses = tuple(
        use_with(use, tuple(Edit(e.path, e.start + shift, e.end + shift, e.old, e.new) for e in use.edits))
        for use in text_of.uses
    )
    after = before[:shift] + text_of.after
    run = Run("rewrite", (FileResult(text_of.path, Outcome.WOULD_REWRITE, "", uses, (), before, after),))
    edits = [edit for use in report(run)["uses"] for edit in use["edits"]]
    result = before
    for edit in sorted(edits, key=lambda each: each["start"], reverse=True):
        assert result[edit["start"] : edit["end"]] == edit["old"].encode(edit["encoding"])
        new = edit["new"].encode(edit["encoding"])
        result = result[: edit["start"]] + new + result[edit["end"] :]
    assert result == after


def use_with(use, edits):
    """The use with other edits."""
    from dataclasses import replace

    return replace(use, edits=edits)


def test_path_that_is_not_utf8():
    """A file name of arbitrary bytes neither breaks the report nor makes it invalid Unicode."""
    path = b"caf\xe9.py".decode("utf-8", "surrogateescape")
    use = Use(path, 0, 1, 1, 1, 1, 2, "http-call", "", "python", Action.REVIEW, "m", "a")
    run = Run("scan", (FileResult(path, Outcome.REVIEW, "", (use,)),))
    found = report(run)
    Draft202012Validator(SCHEMA).validate(found)
    assert found["uses"][0]["path"] == r"caf\xe9.py"


def test_ascii_output():
    """Where the output can hold only ASCII, the JSON is the same in escapes."""
    text = RENDERERS["json"](RUNS["everything"], RenderOptions(unicode=False))
    assert text.isascii()
    assert json.loads(text) == report(RUNS["everything"])
