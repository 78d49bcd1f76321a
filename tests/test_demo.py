"""The demonstration repository: what is migrated works afterwards, what must stay stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests import corpus
from tests.test_programs import rewrite

MUST_STAY = (
    "service/app.py",
    "k8s/backup.yaml",
    "scripts/apply.py",
    "deploy/client.py",
    "deploy/__init__.py",
)


def own_tests(folder: Path) -> str:
    """Run the repository's own tests; their output."""
    done = subprocess.run(
        [
            sys.executable,
            "-B",
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "-c",
            os.devnull,
            "--rootdir",
            ".",
            "tests",
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_demo(tmp_path: Path) -> None:
    """The demo's own tests pass before and after; look-alikes are untouched; one call is for a person."""
    folder = tmp_path / "shop"
    before = corpus.files(corpus.CORPUS / "demo")
    corpus.write(before, folder)

    assert "2 passed" in own_tests(folder)
    report = rewrite(folder, ())
    after = {path: data for path, data in corpus.files(folder).items() if path in before}

    assert [path for path in MUST_STAY if before[path] != after[path]] == []
    changed = {path for path in before if before[path] != after[path]}
    assert changed >= {
        "deploy/jobs.py",
        "scripts/nightly.py",
        "scripts/import_orders.py",
        "jobs/import-orders.json",
    }
    assert "tests/test_deploy.py" in changed
    left = {(use["path"], use["kind"]) for use in report["uses"] if use["action"] == "review"}
    assert ("scripts/apply.py", "http-call") in left
    assert not {path for path, _ in left} & {"service/app.py", "k8s/backup.yaml"}
    assert "2 passed" in own_tests(folder)
