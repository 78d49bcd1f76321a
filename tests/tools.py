"""Programs and files of others that judge what the tool makes: fetched once, kept outside of the tree.

Each is pinned. They come from the registries' own clients and land in the user's cache folder.
"""

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.need import need

REVIEWDOG = "github.com/reviewdog/reviewdog/cmd/reviewdog@v0.21.0"
SARIF_MULTITOOL = "@microsoft/sarif-multitool-linux@5.7.0"
RDFORMAT_VALIDATOR = "@umbrelladocs/rdformat-validator@1.0.1"
CODECLIMATE_TYPES = "codeclimate-types@0.3.1"
TYPESCRIPT = "typescript@5.9.3"
PYTEST_SOURCES = "pytest==9.2.0"  # its sources hold the schema of JUnit XML of Jenkins' xUnit plugin
PRE_COMMIT = "pre-commit==4.7.0"


def cache() -> Path:
    """The folder that keeps what was fetched."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "nf-migrate-tests"


def once(name: str, make: Callable[[Path], None]) -> Path:
    """A cached folder, made by `make` in an empty one. Safe where several processes ask at once."""
    target = cache() / name.replace("/", "_")
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=".making-", dir=target.parent))
        try:
            make(fresh)
            fresh.rename(target)
        except OSError:
            if not target.exists():
                raise
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    return target


def run(command: list[str], folder: Path, **more: object) -> None:
    """A program that must succeed."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **more)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"


def npm(*packages: str) -> Path:
    """The ``node_modules`` folder with some packages of npm."""
    program = need("npm")

    def make(folder: Path) -> None:
        (folder / "package.json").write_text("{}")
        options = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
        run([program, "install", *options, *packages], folder)

    return once("npm-" + "+".join(packages), make) / "node_modules"


def go_program(module: str) -> Path:
    """A program of a Go module, built."""
    program = need("go")

    def make(folder: Path) -> None:
        run([program, "install", module], folder, env={**os.environ, "GOBIN": str(folder), "GOFLAGS": ""})

    name = module.partition("@")[0].rpartition("/")[2]
    return once("go-" + module, make) / name


def python_sources(requirement: str) -> Path:
    """The unpacked source archive of a package of PyPI."""

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        run([*command, "--no-deps", "--no-binary", ":all:", requirement], folder)
        (archive,) = folder.glob("*.tar.gz")
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")

    return next((once("sources-" + requirement, make)).glob("*/"))


def python_program(requirement: str, name: str) -> Path:
    """A program of a package of PyPI, in an environment of its own."""

    def make(folder: Path) -> None:
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        run([*command, "--target", str(folder / "lib"), requirement], folder)

    return once("python-" + requirement, make) / "lib" / "bin" / name
