"""The accounting: every candidate has one outcome, and nothing is silent."""

import pytest

from migrate import contract, pipeline
from migrate.model import Action, Candidate, Options, Outcome

OPTIONS = Options(contract.DEFAULT_TARGET_PATH)


def run(root, *names, **more):
    """Run over files of a folder by name."""
    return pipeline.run(
        "rewrite", [Candidate(str(root / name), str(root)) for name in names], OPTIONS, **more
    )


def outcome(root, name, data, **candidate):
    """The result for one file with some bytes."""
    (root / name).write_bytes(data)
    found = pipeline.run("rewrite", [Candidate(str(root / name), str(root), **candidate)], OPTIONS)

    return found.files[0] if found.files else None


def test_a_file_without_the_endpoint_is_no_candidate(tmp_path):
    """What holds nothing is not listed, unless the user named it."""
    assert outcome(tmp_path, "a.txt", b"nothing here") is None
    assert outcome(tmp_path, "a.txt", b"nothing here", explicit=True).outcome is Outcome.CLEAN


def test_somebody_elses_path_is_not_ours_and_says_why(tmp_path):
    """A look-alike is listed with the reason."""
    found = outcome(tmp_path, "a.txt", b"POST /jobs/manual of our own backend\n")

    assert found.outcome is Outcome.NOT_OURS
    assert found.reason


def test_a_language_without_finder_is_reported(tmp_path):
    """Where the tool can't rewrite, it says the line and what to do."""
    found = outcome(tmp_path, "a.txt", b"northflank:\nPUT /v1/projects/p/jobs/manual\n")

    assert found.outcome is Outcome.REVIEW
    assert [(use.line, use.action) for use in found.uses] == [(2, Action.REVIEW)]
    assert found.uses[0].advice


@pytest.mark.parametrize("name", ["a.txt", "a.py", "a.md"])
def test_what_is_not_text_is_a_review_with_its_line(tmp_path, name):
    """A file that can't be decoded and holds the endpoint's name is shown, not shrugged off."""
    found = outcome(tmp_path, name, b"\xff\xfe broken\n\xff PUT /jobs/manual\n")

    assert found.outcome is Outcome.REVIEW
    assert [(use.kind, use.line) for use in found.uses] == [("unreadable", 2)]


def test_unreadable_and_skipped_files_keep_their_reason(tmp_path):
    """A missing file fails, a skipped one says why."""
    found = run(tmp_path, "none.py")

    assert found.files[0].outcome is Outcome.FAILED
    assert outcome(tmp_path, "a.js", b"jobs/manual", skip="minified").reason == "minified"


@pytest.mark.parametrize("jobs", [2, 3])
def test_any_number_of_workers_gives_the_same_result(tmp_path, jobs):
    """Results and their order don't depend on --jobs."""
    names = [f"{n}.txt" for n in range(40)]
    for name in names:
        (tmp_path / name).write_text(f"northflank {name} /jobs/manual\n")

    assert run(tmp_path, *names, jobs=jobs) == run(tmp_path, *names, jobs=1)


def test_contents_of_an_overlay_are_searched_instead_of_the_disk(tmp_path):
    """Standard input is a file that is not on the disk."""
    path = str(tmp_path / "stdin.txt")
    found = pipeline.run(
        "scan", [Candidate(path, str(tmp_path))], OPTIONS, overlay={path: b"northflank /jobs/manual\n"}
    )

    assert found.files[0].outcome is Outcome.REVIEW
