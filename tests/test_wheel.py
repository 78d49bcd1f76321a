"""The built wheel, installed into an empty environment, works by itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import migrate
from tests import corpus

ROOT = Path(__file__).parent.parent
SAMPLE = corpus.read_file(corpus.CORPUS / "python" / "put_inline_dict.py")


def run(*command: str | Path, cwd: Path, codes: tuple[int, ...] = (0,)) -> str:
    """Run a program away from the source tree; its standard output."""
    environment = {
        key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")
    }
    done = subprocess.run(
        [str(each) for each in command],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode in codes, f"{command}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, installed from a freshly built wheel into an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = ("-m", "pip", "--quiet", "--disable-pip-version-check")
    run(sys.executable, *pip, "wheel", "--no-deps", "--wheel-dir", folder / "dist", ROOT, cwd=folder)
    run(sys.executable, "-m", "venv", folder / "env", cwd=folder)
    (wheel,) = (folder / "dist").glob("*.whl")
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", *pip, "install", wheel, cwd=folder)
    return scripts / "nf-migrate"


def test_version(program: Path, tmp_path: Path) -> None:
    """The command is there and says the package's version."""
    assert migrate.__version__ in run(program, "--version", cwd=tmp_path)


def test_scan_and_rewrite(program: Path, tmp_path: Path) -> None:
    """It finds and rewrites a sample as it does in the source tree."""
    corpus.write(SAMPLE.before, tmp_path)
    report = json.loads(run(program, "scan", "--format", "json", ".", cwd=tmp_path, codes=(1,)))

    assert [use["action"] for use in report["uses"]] == ["rewrite"]

    run(program, "rewrite", "--write", "--force", ".", cwd=tmp_path)

    assert corpus.files(tmp_path) == SAMPLE.after


def test_module(program: Path, tmp_path: Path) -> None:
    """``python -m migrate`` is the same program, and explains what it finds."""
    python = program.parent / "python"

    assert migrate.__version__ in run(python, "-m", "migrate", "--version", cwd=tmp_path)
    assert "deprecated" in run(python, "-m", "migrate", "explain", "http-call", cwd=tmp_path)
