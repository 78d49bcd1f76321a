"""On other people's code nothing happens: CPython's standard library and the installed packages."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import sysconfig
import warnings
from pathlib import Path

import pytest

from migrate import contract
from migrate.find import finder_of
from migrate.model import Action, Options, Outcome
from migrate.project import Project
from migrate.source import Source, UndecodableError
from tests import corpus
from tests.test_programs import rewrite

STDLIB = Path(sysconfig.get_paths()["stdlib"])
PACKAGES = Path(sysconfig.get_paths()["purelib"])
OPTIONS = Options(contract.DEFAULT_TARGET_PATH)
LARGEST = 20_000
"""Bytes: larger files are left out of the samples, which keeps the tests short."""

SAMPLE = 16

PROBE = """

def _probe():
    import requests

    # Größe – ✓
    return requests.put(
        "https://api.northflank.com/v1/projects/web/jobs/manual",
        json={"name": "Nightly", "backoffLimit": 0, "runOnSourceChange": "never"},
    )
"""
MIGRATED = PROBE.replace("/jobs/manual", "/jobs").replace(
    '"backoffLimit": 0, "runOnSourceChange": "never"',
    '"settings": {"backoffLimit": 0, "runOnSourceChange": "never"}',
)


def sample(folder: Path, count: int, seed: int) -> list[Path]:
    """Some Python files below a folder, the same ones for the same content and seed."""
    inside = (
        path for path in sorted(folder.rglob("*.py")) if "site-packages" not in path.relative_to(folder).parts
    )
    found = [path for path in inside if path.stat().st_size <= LARGEST]
    return random.Random(seed).sample(found, min(count, len(found)))  # noqa: S311 (no secret)


@pytest.mark.parametrize("folder", [STDLIB, PACKAGES], ids=["stdlib", "site-packages"])
def test_nothing_changes(folder: Path, tmp_path: Path) -> None:
    """A writing run over foreign code changes no byte, fails on no file and reports no rewrite."""
    copy = tmp_path / "tree"
    own = ("nf_migrate-*",)  # this package's own metadata holds its README
    ignored = shutil.ignore_patterns(*own, "site-packages", "__pycache__", "*.so", "*.so.*", "*.a", "*.exe")
    shutil.copytree(folder, copy, ignore=ignored, ignore_dangling_symlinks=True)
    before = corpus.files(copy)
    report = rewrite(copy, ())

    assert corpus.files(copy) == before
    assert not [each for each in report["files"] if each["outcome"] in ("failed", "rewritten")]
    assert not report["uses"]


@pytest.mark.parametrize("folder", [STDLIB, PACKAGES], ids=["stdlib", "site-packages"])
def test_finder_without_the_sieve(folder: Path) -> None:
    """The Python finder itself, forced over files that nobody would give it, crashes on none."""
    find = finder_of("python")
    project = Project(str(folder), OPTIONS)
    for path in sample(folder, SAMPLE, seed=1):
        try:
            # The last line is what an early exit of the finder's own would look for.
            source = Source.decode(str(path), path.read_bytes() + b"\n# jobs/manual\n")
        except UndecodableError:
            continue
        findings = find(source, project)
        assert not [use for use in findings.uses if use.action is Action.REWRITE], path


def parses(data: bytes) -> bool:
    """Whether this Python takes the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(data, "probe.py", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


@pytest.mark.parametrize("folder", [STDLIB, PACKAGES], ids=["stdlib", "site-packages"])
def test_only_the_probe_changes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a call of ours at its end, exactly that call changes in any file, and no other byte."""
    monkeypatch.chdir(tmp_path)
    files: dict[str, bytes] = {}
    wanted: dict[str, bytes] = {}
    for number, path in enumerate(sample(folder, SAMPLE, seed=2)):
        data = path.read_bytes()
        if not parses(data + PROBE.encode()):
            continue
        name = f"f{number}_{path.name}"
        files[name], wanted[name] = data + PROBE.encode(), data + MIGRATED.encode()
    run, after = corpus.migrate(files, OPTIONS, tmp_path)

    assert not [(each.path, each.reason) for each in run.files if each.outcome is Outcome.FAILED]
    assert [name for name in files if after[name] != wanted[name]] == []


def test_finder_can_be_imported_alone() -> None:
    """The finder's module can be imported by itself, as worker processes do, without a warning."""
    code = "import migrate.find as f; f.finder_of('python')"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
