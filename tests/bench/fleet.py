"""What a fleet costs: time for each repository, memory of the coordinator, and a second run.

    python -m tests.bench.fleet [SIZE]...   (default: 1 10 100 1000)

Repositories are built from the sources of the standard library and the installed packages, twenty
files each, one of which sends the deprecated request. They are bare and on the local disk: what is
measured is this tool and git, not a network. Each size gets new repositories, an empty cache and an
empty state; the time to build them is not counted. The time of a run of no repositories but one
(start of the interpreter and of the workers, imports) is taken off before the time for each
repository is told.
"""

from __future__ import annotations

import argparse
import itertools
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.search import sources
from tests.fleet.tools import CALL
from tests.repository import ENVIRONMENT, git

FILES = 20
LARGEST = 20_000
"""Bytes of a source file that is taken."""


def build(folder: Path, number: int) -> list[Path]:
    """Bare repositories, each with other files."""
    small = (data for _, data in itertools.cycle(_small()))
    made = []
    for index in range(number):
        work = folder / f"r{index:04}"
        for part in range(FILES - 1):
            path = work / f"part{part % 4}" / f"module{part}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(next(small))
        (work / "jobs.py").write_text(f"NUMBER = {index}\n{CALL}")
        git(work, "init", "--quiet", "--initial-branch=main")
        git(work, "add", "--all")
        git(work, "commit", "--quiet", "--message=State")
        bare = folder / f"r{index:04}.git"
        (work / ".git").rename(bare)
        git(bare, "--git-dir=.", "config", "core.bare", "true")
        shutil.rmtree(work)
        made.append(bare)
    return made


def _small() -> list[tuple[Path, bytes]]:
    found: Iterator[tuple[Path, bytes]] = (
        (path, data) for path, data in sources() if path.suffix == ".py" and 500 < len(data) < LARGEST
    )
    return list(itertools.islice(found, 4_000))


def run(folder: Path, repositories: list[Path]) -> tuple[float, float]:
    """Seconds of one scan, and MiB that its first process took at most."""
    listed = folder / "repos.txt"
    listed.write_text("".join(f"{each}\n" for each in repositories))
    environment = ENVIRONMENT | {
        "HOME": str(folder / "home"),
        "XDG_STATE_HOME": str(folder / "home/state"),
        "XDG_CACHE_HOME": str(folder / "home/cache"),
    }
    command = [sys.executable, "-m", "migrate", "fleet", "scan", "--quiet", "--exit-zero", str(listed)]
    started = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    elapsed = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the scan ended with {process.returncode}")
    return elapsed, usage.ru_maxrss / 1024


def measure(size: int) -> tuple[float, float, float]:
    """Seconds of the first and of the second run, and the coordinator's MiB."""
    with tempfile.TemporaryDirectory(prefix="nf-migrate-bench-") as place:
        folder = Path(place)
        repositories = build(folder, size)
        first, memory = run(folder, repositories)
        second, again = run(folder, repositories)
        return first, second, max(memory, again)


def main() -> None:
    """Measure, and print a table."""
    parser = argparse.ArgumentParser(description="What a fleet costs.")
    parser.add_argument("sizes", nargs="*", type=int, default=[1, 10, 100, 1000])
    sizes = parser.parse_args().sizes
    start = min(measure(1)[0] for _ in range(2)) if sizes != [1] else 0.0
    print("| repositories | first run, s | for each, ms | second run, s | times faster | coordinator, MiB |")
    print("| --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        first, second, memory = measure(size)
        each = (first - start) / max(size - 1, 1) * 1000
        print(
            f"| {size:,} | {first:.2f} | {each:.1f} | {second:.2f} | {first / second:.1f} | {memory:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
