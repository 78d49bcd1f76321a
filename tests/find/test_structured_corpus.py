"""Every case of corpus/yaml and corpus/definitions."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.model import Outcome
from tests import corpus
from tests.corpus import Case
from tests.test_corpus_python import check_reviews, named, told

CASES = corpus.cases("yaml") + corpus.cases("definitions")


@pytest.mark.parametrize("case", CASES, ids=named)
def test_case(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The case ends as its files say, and a second pass changes nothing more."""
    monkeypatch.chdir(tmp_path)
    run, after = corpus.migrate(case.before, case.options(), tmp_path)
    wanted = case.before if case.after is None else case.after

    assert Outcome.FAILED not in {each.outcome for each in run.files}, told(run)
    assert {name: data.decode() for name, data in after.items()} == {
        name: data.decode() for name, data in wanted.items()
    }, told(run)
    check_reviews(case, run)
    assert corpus.migrate(after, case.options(), tmp_path)[1] == after
