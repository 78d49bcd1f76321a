"""Definition files: those that a command reads, and those that the user names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from migrate import contract, definitions
from migrate.model import Options
from migrate.project import Project
from migrate.structured import move_edits
from migrate.structured.layout import apply
from tests.find.planned import planned

CURL = "curl -X PUT https://api.northflank.com/v1/projects/p/jobs/manual -d @job.json\n"


def project(files: dict[str, str]) -> Project:
    """A project whose files are in memory."""
    options = Options(target_path=contract.DEFAULT_TARGET_PATH)
    return Project(".", options, {path: text.encode() for path, text in files.items()})


UNTOUCHED = {
    "job.yaml": "apiVersion: batch/v1\nkind: Job\nspec: {backoffLimit: 0}\n",
    "flat.yaml": "apiVersion: batch/v1\nkind: CronJob\nschedule: x\nbackoffLimit: 0\n",
    "list.json": '{"items": [{"backoffLimit": 0, "name": "x"}]}',
    "new.json": '{"name": "x", "settings": {"backoffLimit": 0}}',
    "else.json": '{"env": {"backoffLimit": 0}, "name": "x"}',
}


@pytest.mark.parametrize("path", UNTOUCHED)
def test_look_alikes_stay_untouched_even_where_they_are_named(path: str) -> None:
    """Kubernetes manifests, migrated bodies and doubtful shapes are not edited."""
    result = planned({path: UNTOUCHED[path]}, definitions=("*.json", "*.yaml"))

    assert result.text == UNTOUCHED[path]
    assert result.uses == []


def test_files_that_are_not_named_stay_untouched() -> None:
    """A definition that nothing reads and nobody names is not looked at."""
    text = '{"name": "x", "backoffLimit": 0, "billing": {"deploymentPlan": "nf-compute-20"}}'

    assert planned({"job.json": text}).uses == []
    assert planned({"job.json": text}, definitions=("other/*.json",)).uses == []


SHAPES = {
    "a body": ('{"name": "x", "backoffLimit": 0}', '{"name": "x", "settings": {"backoffLimit": 0}}'),
    "with comments": (
        '{"name": "x", /* c */ "backoffLimit": 0,}',
        '{"name": "x", /* c */ "settings": {"backoffLimit": 0},}',
    ),
    "a body under a key": (
        '{"job": {"billing": {"deploymentPlan": "p"}, "backoffLimit": 0}}',
        '{"job": {"billing": {"deploymentPlan": "p"}, "settings": {"backoffLimit": 0}}}',
    ),
    "a list under a key": (
        '{"jobs": [{"billing": {"deploymentPlan": "p"}, "backoffLimit": 0}, {"x": 1}]}',
        '{"jobs": [{"billing": {"deploymentPlan": "p"}, "settings": {"backoffLimit": 0}}, {"x": 1}]}',
    ),
    "a scheduled job": (
        '{"schedule": "* * * * *", "backoffLimit": 0}',
        '{"settings": {"cron": {"schedule": "* * * * *"}, "backoffLimit": 0}}',
    ),
    "both levels": (
        '{"backoffLimit": 0, "settings": {"backoffLimit": 0}}',
        '{"settings": {"backoffLimit": 0}}',
    ),
}


@pytest.mark.parametrize(("before", "after"), SHAPES.values(), ids=SHAPES)
def test_named_definitions_are_rewritten(before: str, after: str) -> None:
    """Every shape that leaves no doubt; a second pass finds nothing."""
    assert planned({"d/job.json": before}, definitions=("d/",)).text == after
    assert planned({"d/job.json": after}, definitions=("d/",)).uses == []


def test_a_conflict_is_left_to_a_person() -> None:
    """Different values at both levels are reported with the reason."""
    result = planned(
        {"j.json": '{"backoffLimit": 0, "settings": {"backoffLimit": 1}}'}, definitions=("j.json",)
    )

    assert result.kinds == [("definition", "review")]
    assert "different values" in result.uses[0].message


def test_several_documents_are_edited_each_for_itself() -> None:
    """Every document of a stream that is named."""
    before = "name: x\nbackoffLimit: 0\n---\nname: y\nbackoffLimit: 1\n"
    after = "name: x\nsettings:\n  backoffLimit: 0\n---\nname: y\nsettings:\n  backoffLimit: 1\n"

    assert planned({"j.yaml": before}, definitions=("*.yaml",)).text == after


def test_a_definition_moves_with_every_command_that_reads_it() -> None:
    """Two scripts that read one file change together with it."""
    files = {"a.sh": CURL, "b.sh": CURL, "job.json": '{"backoffLimit": 0}'}
    result = planned(files)

    assert result.texts == {
        "a.sh": CURL.replace("/manual", ""),
        "b.sh": CURL.replace("/manual", ""),
        "job.json": '{"settings": {"backoffLimit": 0}}',
    }


def test_a_definition_stays_where_one_of_its_readers_stays() -> None:
    """All or none: one command that a person must look at keeps the others back."""
    files = {
        "a.sh": CURL,
        "b.sh": "# northflank\ncurl -X PUT $URL/jobs/manual -d @job.json $(more)\n",
        "c.sh": CURL.replace("PUT", "POST").replace("job.json", "conflict.json"),
        "job.json": '{"backoffLimit": 0}',
        "conflict.json": '{"backoffLimit": 0, "settings": {"backoffLimit": 1}}',
    }
    result = planned(files)

    assert result.texts["c.sh"] == files["c.sh"]
    assert result.texts["conflict.json"] == files["conflict.json"]
    both = {result.texts["a.sh"] == files["a.sh"], result.texts["job.json"] == files["job.json"]}
    assert len(both) == 1


def test_a_definition_that_is_read_for_two_operations_is_left_to_a_person() -> None:
    """One file can't be in the shapes of a manual and a scheduled job at once."""
    files = {
        "a.sh": CURL,
        "b.sh": CURL.replace("manual", "cron"),
        "job.json": '{"backoffLimit": 0, "schedule": "* * * * *"}',
    }
    result = planned(files)

    assert result.texts == files
    assert {action for _, action in result.kinds} == {"review"}


REASONS = {
    "missing.json": "can't be read",
    "job.txt": "neither JSON nor YAML",
    "two.yaml": "several documents",
    "wrong.json": "can't be understood",
    "list.json": "not an object",
    "refused.json": "refuses such a body",
}
FILES = {
    "job.txt": "x",
    "two.yaml": "a: 1\n---\nb: 1\n",
    "wrong.json": "{",
    "list.json": "[]",
    "refused.json": '{"name": "x"}',
}


@pytest.mark.parametrize("path", REASONS)
def test_what_cannot_be_moved_says_why(path: str) -> None:
    """Every refusal names the file and the reason, and has no edits."""
    found = definitions.read(project(FILES), path, contract.PUT_MANUAL)

    assert REASONS[path] in found.reason
    assert path in found.reason
    assert found.edits == ()


def test_template_suffixes_are_looked_through() -> None:
    """`job.json.j2` is JSON, and a file without a known suffix is if it starts with a brace."""
    assert definitions.syntax_of("a/job.json.j2") == "json"
    assert definitions.syntax_of("job.yaml.tmpl.example") == "yaml"
    assert definitions.syntax_of("payload", ' \n{"a": 1}') == "json"
    assert definitions.syntax_of("payload", "a: 1") is None


def test_a_body_below_a_key_is_read() -> None:
    """Code may take the body out of the file."""
    files = {"job.yaml": "job:\n  name: x\n  backoffLimit: 0\n"}
    found = definitions.read(project(files), "job.yaml", contract.PUT_MANUAL, ("job",))

    assert found.body == {"name": "x", "backoffLimit": 0}
    assert len(found.edits) == 1
    assert definitions.load(project(files), "job.yaml") == {"job": {"name": "x", "backoffLimit": 0}}


def test_the_examples_of_the_documentation_hold() -> None:
    """Each "before" of docs/definitions.md becomes its "after"."""
    text = (Path(__file__).parent.parent / "docs" / "definitions.md").read_text(encoding="utf-8")
    pairs = re.findall(r"```(json|yaml) before\n(.*?)```\n\n```\1 after\n(.*?)```", text, re.DOTALL)

    assert len(pairs) == text.count(" before\n") == 3
    for syntax, before, after in pairs:
        edits = move_edits(before, syntax, contract.PUT_MANUAL)
        assert apply(before, edits) == after


def test_a_named_definition_that_cannot_be_parsed_is_reported() -> None:
    """What the user names is never passed over in silence, if it has a moved key."""
    text = "name: [x\nbackoffLimit: 0\n"
    result = planned({"d/job.yaml": text}, definitions=("d/",))

    assert result.kinds == [("definition", "review")]
    assert "can't be parsed" in result.uses[0].message
    assert planned({"d/job.yaml": text}).uses == []
    assert planned({"d/job.yaml": "name: [x\n"}, definitions=("d/",)).uses == []
