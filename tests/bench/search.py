"""How long a search takes that finds nothing, compared with ripgrep; and how much memory.

    python -m tests.bench.search [--rounds N] [--keep FOLDER] [TREE]

Without TREE a tree is built from the sources of the installed packages, copied as often as it
takes, without the files that hold a needle. It is searched as a git repository and as a plain
folder, each in turn with ``rg -l`` and the same needles, so that both see the same machine. The
figures are those of the whole command, the start of the interpreter included. A given TREE is
searched as it is.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from migrate import contract, sieve

FILES = 62_000
TARGET_RATIO = 1.3
TARGET_MEMORY = 150
"""MiB, of all processes together."""


def sources() -> Iterator[tuple[Path, bytes]]:
    """Relative path and bytes of each text file of the standard library and the installed packages."""
    for root in sorted({sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")}):
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(each for each in folders if each != "__pycache__")
            for name in sorted(names):
                path = Path(folder, name)
                if path.is_symlink() or path.suffix in (".so", ".pyc", ".a", ".exe"):
                    continue
                data = path.read_bytes()
                if b"\0" in data[:8192]:  # programs, among them some of a hundred megabytes
                    continue
                if not sieve.holds_needle(sieve.narrowed(data)):
                    yield path.relative_to(root), data


def build(target: Path) -> None:
    """Write a tree of `FILES` files without anything to find."""
    written = 0
    for copy in range(FILES):
        for relative, data in sources():
            path = target / f"copy{copy}" / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written += 1
            if written == FILES:
                return


def commit(tree: Path) -> None:
    """Make a git repository of a tree, everything tracked."""
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0"]
    for command in (
        ["init", "--quiet"],
        ["add", "--all", "--force"],
        ["commit", "--quiet", "--message=Tree"],
    ):
        subprocess.run(["git", *identity, *command], cwd=tree, check=True)


def seconds(command: Sequence[str], tree: Path, expected: tuple[int, ...]) -> float:
    """Wall time of a command in a tree."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=tree, capture_output=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode not in expected:
        sys.exit(f"{command[0]} ended with {done.returncode}: {done.stderr.decode()}")
    return taken


def memory(command: Sequence[str], tree: Path) -> float:
    """Peak of the resident memory of a command and its children together, in MiB (Linux only)."""
    peak = 0
    with subprocess.Popen(command, cwd=tree, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            peak = max(peak, sum(map(_resident, _family(process.pid))))
            threading.Event().wait(0.002)
    return peak / 1024 / 1024


def _family(pid: int) -> list[int]:
    found = [pid]
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _family(int(child))
    except OSError:  # it has just ended
        pass
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def measure(label: str, tree: Path, rounds: int) -> bool:
    """Measure in one tree and print the figures. Returns whether the targets hold."""
    needles = [part for needle in contract.NEEDLES for part in ("-e", needle)]
    ripgrep = ["rg", "-l", "-F", *needles, "."]
    ours = [sys.executable, "-m", "migrate", "scan", "."]
    theirs_taken, ours_taken = [], []
    for _ in range(rounds + 1):
        theirs_taken.append(seconds(ripgrep, tree, (0, 1)))
        ours_taken.append(seconds(ours, tree, (0, 1)))
    theirs, mine = theirs_taken[1:], ours_taken[1:]  # the first round warms the cache
    best, middle = min(mine) / min(theirs), statistics.median(mine) / statistics.median(theirs)
    peak = memory(ours, tree)
    print(
        f"{label}: rg {min(theirs):.3f} s, nf-migrate {min(mine):.3f} s, ratio {best:.2f} "
        f"(of medians {middle:.2f}), peak memory {peak:.0f} MiB"
    )
    return best <= TARGET_RATIO and peak <= TARGET_MEMORY


def main() -> int:
    """Measure; the status is 1 where a target is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tree", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--keep", type=Path, help="build the trees there, or use those that are there")
    options = parser.parse_args()
    if shutil.which("rg") is None:
        sys.exit("rg is not on PATH: install ripgrep (Debian: apt-get install ripgrep)")
    os.environ["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    if options.tree:
        return 0 if measure(str(options.tree), options.tree, options.rounds) else 1
    with tempfile.TemporaryDirectory() as temporary:
        place = options.keep or Path(temporary)
        plain, repository = place / "plain", place / "repository"
        if not plain.exists():
            build(plain)
        if not repository.exists():
            shutil.copytree(plain, repository)
            commit(repository)
        print(f"{FILES} files, {os.cpu_count()} processors")
        held = [measure("git", repository, options.rounds), measure("no git", plain, options.rounds)]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
