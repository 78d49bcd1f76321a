"""The baseline: what is known passes, what is new fails, and its file survives moved lines."""

import json

import pytest

from migrate import baseline, whereabouts
from migrate.accounts import Accounts, State
from migrate.errors import UsageError
from migrate.model import Run
from tests.report import sample


def states(run, known):
    """States of the uses once a baseline was applied."""
    uses = baseline.adjuster(known)(run.uses)
    return [("accepted" if use.accepted else "open") for use in uses]


def test_known_uses_are_accepted_and_new_ones_are_not(tmp_path):
    """All uses of the run that wrote it are known; a use in another file is not."""
    path = tmp_path / "baseline.json"
    run = sample.everything()
    path.write_text(baseline.text_of(run))
    known = baseline.load(str(path))
    assert set(states(run, known)) == {"accepted"}
    other = Run("scan", (sample.deploy_result("new.py"),))
    assert set(states(other, known)) == {"open"}


def test_known_in_each_folder_of_the_repository(tmp_path, monkeypatch):
    """A baseline written at the top knows the same uses when the command runs in a subfolder."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").touch()
    (tmp_path / "app").mkdir()
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "baseline.json"
    path.write_text(baseline.text_of(Run("scan", (sample.deploy_result("app/a.py"),)), whereabouts.current()))
    monkeypatch.chdir(tmp_path / "app")
    for name in ("a.py", str(tmp_path / "app" / "a.py")):
        uses = Run("scan", (sample.deploy_result(name),)).uses
        adjust = baseline.adjuster(baseline.load(str(path)), whereabouts.current())
        assert all(use.accepted for use in adjust(uses))


def test_ignored_uses_stay_out():
    """What a comment accepts is not written into the baseline; the rest is, in a stable order."""
    run = sample.everything()
    found = json.loads(baseline.text_of(run))
    assert len(found["uses"]) == len(run.uses) - Accounts.of(run).states[State.ACCEPTED]
    assert [each["path"] for each in found["uses"]] == sorted(each["path"] for each in found["uses"])
    assert baseline.text_of(run).isascii()


@pytest.mark.parametrize(
    "text",
    [None, "", "[]", "{", '{"version": 2, "uses": []}', '{"version": 1, "uses": [1]}', "[" * 100_000, "\xff"],
)
def test_bad_files_are_usage_errors(tmp_path, text):
    """A missing or broken file is told in words, with what to type."""
    path = tmp_path / "b.json"
    if text is not None:
        path.write_text(text, encoding="latin-1")
    with pytest.raises(UsageError) as caught:
        baseline.load(str(path))
    assert "--write-baseline" in caught.value.hint
