"""What git lists and finds below a folder, as it runs: two processes, read while they work."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import cached_property
from tempfile import TemporaryFile
from typing import IO, Self

from migrate import git, sieve

_NOT_OPENED = re.compile(r"could not open directory '(?P<path>.*?)/?': (?P<why>[^:\n]+)$", re.MULTILINE)


class Grep:
    """A search by git for tracked files that hold a needle or begin like UTF-16. It starts at once.

    complained: whether git had something to say, a file that it couldn't read for one.
    """

    def __init__(self, repository: git.Repository, within: str, threads: int) -> None:
        self._repository = repository
        self._within = within
        self._threads = threads
        self._open = ExitStack()
        self.complained = False
        self._start("-P", sieve.PERL_PATTERNS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._open.close()

    def hits(self) -> Iterator[str]:
        """Paths below the top, as git finds them; some may hold no needle. Raises GitError."""
        try:
            yield from self._finish()
        except git.GitError:  # a git without Perl's expressions, as Apple's
            self._start("-F", sieve.LITERALS)
            yield from self._finish()

    def _start(self, syntax: str, patterns: Iterable[bytes]) -> None:
        arguments = ["grep", "-l", "-z", "-a", syntax, "--no-color", "--full-name"]
        arguments.append(f"--threads={self._threads + 1}")  # the one that hands out work does little
        for pattern in patterns:
            arguments += ["-e", os.fsdecode(pattern)]
        self._errors = self._open.enter_context(TemporaryFile())  # noqa: SIM115 (closed by the stack)
        self._process = self._open.enter_context(
            self._repository.start(*arguments, "--", self._within, stderr=self._errors.fileno())
        )

    def _finish(self) -> Iterator[str]:
        assert self._process.stdout is not None  # noqa: S101 (it is a pipe)
        for record in _records(self._process.stdout):
            yield os.fsdecode(record)
        status = self._process.wait()
        self._errors.seek(0)
        said = git.text_of(self._errors.read())
        self.complained = bool(said)
        if status not in (0, 1):
            raise git.GitError(f"git grep failed in {self._repository.top}: {said}")


def _records(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read1(65536):  # type: ignore[attr-defined]  # a pipe is a BufferedReader
        *records, rest = (rest + chunk).split(b"\0")
        yield from records


def is_odd(path: str) -> bool:
    """Whether git refuses to index a path: one with a part that is ``.git`` in any case."""
    lower = path.lower()
    return ".git" in lower and ".git" in lower.split("/")


class Listing:
    """What git knows of the files below a folder. It lists at once, while the search goes on.

    untracked: files that git does not track, links among them; special: files whose index entry
    hides the disk from ``git grep`` (assume-unchanged, sparse checkout); nested (untracked
    repositories), submodules: by path; unreadable: path of a folder, and why.
    """

    def __init__(self, repository: git.Repository, within: Sequence[str]) -> None:
        self.repository = repository
        self._plain: list[bytes] = []
        self._tracked_links: list[str] = []
        self.untracked: list[str] = []
        self.special: list[str] = []
        self.nested: list[str] = []
        self.submodules: list[str] = []
        self.unreadable: list[tuple[str, str]] = []
        self._open = ExitStack()
        self._output = self._open.enter_context(TemporaryFile())  # noqa: SIM115 (closed by the stack)
        self._errors = self._open.enter_context(TemporaryFile())  # noqa: SIM115 (the same)
        arguments = ("ls-files", "-z", "-v", "-s", "--cached", "--others", "--exclude-standard", "--")
        self._process = self._open.enter_context(
            repository.start(*arguments, *within, stdout=self._output.fileno(), stderr=self._errors.fileno())
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._open.close()

    @property
    def count(self) -> int:
        """Number of files to be searched."""
        links = len(self.links) - len(self._tracked_links)
        return len(self._plain) + len(self.untracked) - links + len(self.special)

    @cached_property
    def links(self) -> list[str]:
        """Symbolic links, tracked or not. Looks into the folder of each untracked file."""
        base = self.repository.top.rstrip("/") + "/"
        found: list[str] = []
        for folder in {path.rpartition("/")[0] for path in self.untracked}:
            with suppress(OSError), os.scandir(base + folder) as entries:
                found += [entry.path.removeprefix(base) for entry in entries if entry.is_symlink()]
        return [*self._tracked_links, *(set(found).intersection(self.untracked) if found else ())]

    def files(self) -> Iterator[str]:
        """Paths of all files to be searched."""
        yield from (os.fsdecode(record.partition(b"\t")[2]) for record in self._plain)
        yield from (*self.untracked, *self.special)

    def read(self) -> None:
        """Wait for git and sort what it listed. Raises GitError."""
        status = self._process.wait()
        self._errors.seek(0)
        errors = self._errors.read()
        if status:
            raise git.GitError(f"git ls-files failed in {self.repository.top}: {git.text_of(errors)}")
        self._output.seek(0)
        records = self._output.read().split(b"\0")
        self._plain = [record for record in records if record.startswith(b"H 100")]
        others = b"\0".join(record[2:] for record in records if record.startswith(b"? "))
        for path in os.fsdecode(others).split("\0") if others else ():
            if path.endswith("/"):
                self.nested.append(path.rstrip("/"))
            else:
                self.untracked.append(path)
        for record in records:
            if record and not record.startswith((b"H 100", b"? ")):
                self._sort(record)
        for found in _NOT_OPENED.finditer(os.fsdecode(errors)):
            self.unreadable.append((found["path"] + "/", found["why"]))

    def _sort(self, record: bytes) -> None:
        about, _, name = record.partition(b"\t")
        path = os.fsdecode(name)
        mode = about[2:8]
        if mode == b"160000":
            self.submodules.append(path)
        elif mode == b"120000":
            self._tracked_links.append(path)
        else:
            self.special.append(path)
