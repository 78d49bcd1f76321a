"""Finds the files that can hold a use, without reading more than it must.

In a git work tree git searches: tracked files and untracked ones that are not ignored. In any
other folder git searches too, through a throw-away empty repository; where there is no git, a
walker lists and Python searches. All look for stems of the contract's needles; each hit is then
looked at for the needles themselves.

What is not looked at is listed with the reason if it holds a needle: copies of other projects,
build results, submodules, links that lead out, files that are too large. Folders behind links and
ignored files are not searched, as with git itself.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Self

from migrate import git, sieve
from migrate.errors import UsageError
from migrate.model import Candidate

_MANY_UNTRACKED = 500
"""From so many untracked files on, git searches them faster than Python does."""

_NOT_OPENED = re.compile(r"could not open directory '(?P<path>.*?)/?': (?P<why>[^:\n]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Discovery:
    """What was found.

    candidates: sorted by path, each once; searched: number of files searched; notes: what the
    user should know about how it was searched.
    """

    candidates: tuple[Candidate, ...] = ()
    searched: int = 0
    notes: tuple[str, ...] = ()


def discover(
    paths: Sequence[str],
    exclude: Sequence[str] = (),
    exclude_base: str = "",
    jobs: int = 0,
    definitions: Sequence[str] = (),
) -> Discovery:
    """Find the candidates in folders, and take files that are named as they are.

    exclude: patterns as in .gitignore, relative to `exclude_base` (the current directory). jobs:
    threads that search (0: as many as there are processors). definitions: patterns relative to the
    current directory; files that match are candidates whatever they hold. Raises UsageError for a
    path that is not there.
    """
    search = _Search(
        _excluder(exclude, exclude_base or os.getcwd()), jobs or os.cpu_count() or 1, tuple(definitions)
    )
    folders: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            folders.append(os.path.realpath(path))
        else:
            search.named(path)
    for folder in _outermost(folders):
        search.folder(folder)
    found = sorted(search.found.values(), key=lambda each: each.path)
    return Discovery(tuple(found), search.searched, tuple(search.notes))


def shown(path: str) -> str:
    """The form of an absolute path in results: relative to the current directory if below it."""
    here = os.getcwd()
    if path == here:
        return "."
    inside = here if here.endswith("/") else here + "/"
    return path.removeprefix(inside)


def _outermost(folders: Iterable[str]) -> list[str]:
    kept: list[str] = []
    for folder in sorted(set(folders)):
        if not any(folder.startswith(each.rstrip("/") + "/") for each in kept):
            kept.append(folder)
    return kept


def _excluder(patterns: Sequence[str], base: str) -> Callable[[str], bool]:
    """Whether an absolute path is excluded by patterns that are relative to `base`.

    To files that are not below it, patterns without a place of their own still apply.
    """
    if not patterns:
        return lambda _: False
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 (rarely needed)

    try:
        spec = GitIgnoreSpec.from_lines(patterns)
    except ValueError as error:
        raise UsageError(f"exclude: {error}", "Patterns are written as in .gitignore.") from error
    inside = os.path.realpath(base).rstrip("/") + "/"
    return lambda path: spec.match_file(path.removeprefix(inside).lstrip("/"))


@dataclass(slots=True)
class _Search:
    """One search over several folders, and what it has found so far (by path as shown)."""

    excluded: Callable[[str], bool]
    threads: int
    definitions: tuple[str, ...] = ()
    found: dict[str, Candidate] = field(default_factory=dict)
    searched: int = 0
    notes: list[str] = field(default_factory=list)

    def named(self, path: str) -> None:
        """A file that the user names: a candidate in any case."""
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            said = getattr(error, "strerror", None) or error
            raise UsageError(f"{path}: {said}", "Name files or folders that are there.") from error
        if not stat.S_ISREG(mode):
            raise UsageError(f"{path} is neither a file nor a folder.", "Name files or folders.")
        folder = os.path.realpath(os.path.dirname(path) or ".")
        absolute = os.path.join(folder, os.path.basename(path))
        root = git.top_of(folder) or (os.getcwd() if shown(absolute) != absolute else folder)
        reason = _leads_out(absolute, root)
        if not reason:  # a link inside stands for its target, so that no file comes twice
            absolute = os.path.realpath(absolute)
            reason = sieve.too_large(absolute)
        if self.excluded(absolute):
            reason = "excluded by a pattern"
        self.searched += 1
        self.found[shown(absolute)] = Candidate(shown(absolute), shown(root), reason, explicit=True)

    def folder(self, folder: str) -> None:
        """All files below an absolute real path."""
        top = git.top_of(folder)
        if not git.installed():
            self._walk(folder)
        elif top is None:
            self._in_plain(folder)
        else:
            before = self.searched
            self._in_repository(top, folder)
            if self.searched == before and folder != top:
                self.notes.append(f"git ignores {shown(folder)}: searched as a plain folder.")
                self._in_plain(folder)

    def _in_repository(self, top: str, folder: str, because: str = "") -> None:
        try:
            self._with_git(git.Repository(top), folder, because)
        except git.GitError as error:
            self.notes.append(
                f"{error.message}. Searched as a plain folder, "
                "without files that are tracked although .gitignore names them."
            )
            self._in_plain(folder, because)

    def _in_plain(self, folder: str, because: str = "") -> None:
        try:
            with git.passing_repository(folder) as repository:
                self._with_git(repository, folder, because)
        except git.GitError as error:
            self.notes.append(f"{error.message}. Searched without git, which is slower.")
            self._walk(folder, because)

    def _with_git(self, repository: git.Repository, folder: str, because: str) -> None:
        top, within = repository.top, os.path.relpath(folder, repository.top)
        base = top.rstrip("/") + "/"
        untracked = bool(repository.git_dir)
        with _Listing(repository, within) as listing:
            grep = _Grep(repository, within, self.threads, untracked=untracked)
            for hit in grep.hits():
                self._look(base + hit, top, folder, because)
            listing.read()
        self.searched += listing.count
        self._definitions((base + path for path in listing.files()), top, folder, because)
        others: Iterable[str] = () if untracked else listing.untracked
        if len(listing.untracked) > _MANY_UNTRACKED and not untracked:
            others = _Grep(repository, within, self.threads, untracked=True).hits()
        if grep.complained:
            others = (*others, *(each for each in listing.files() if not os.access(base + each, os.R_OK)))
        for path in (*others, *listing.special):
            self._look(base + path, top, folder, because)
        for path in listing.links:
            self._link(base + path, top)
        for path, reason in listing.unreadable:
            self._add(base + path, top, reason)
        for path in listing.nested:
            if os.path.lexists(os.path.join(base + path, ".git")):
                self._in_repository(base + path, base + path, because)
        for path in listing.submodules:
            if os.path.lexists(os.path.join(base + path, ".git")):
                reason = f"in the submodule `{shown(base + path)}`: run nf-migrate in its own repository"
                self._in_repository(base + path, base + path, because or reason)

    def _walk(self, folder: str, because: str = "") -> None:
        from migrate.walk import walk  # noqa: PLC0415 (rarely needed)

        def on_error(error: OSError) -> None:
            self._add(os.fsdecode(error.filename) + "/", folder, _folder_reason(error.strerror or str(error)))

        for entry in walk(folder, on_error):
            if entry.is_link:
                self._link(entry.path, entry.root)
            else:
                self.searched += 1
                self._look(entry.path, entry.root, folder, because)
                self._definitions([entry.path], entry.root, folder, because)

    def _definitions(self, paths: Iterable[str], root: str, folder: str, because: str) -> None:
        """Files that are named as definitions need not name the endpoint."""
        if not self.definitions:
            return
        from migrate.definitions import is_named  # noqa: PLC0415 (rarely needed)

        for path in paths:
            if is_named(shown(path), self.definitions):
                relative = path[len(folder.rstrip("/")) + 1 :]
                self._add(path, root, because or sieve.reason_to_skip(path, relative))

    def _look(self, path: str, root: str, folder: str, because: str) -> None:
        if sieve.worth_looking(path):
            relative = path[len(folder.rstrip("/")) + 1 :]
            self._add(path, root, because or sieve.reason_to_skip(path, relative))

    def _link(self, path: str, root: str) -> None:
        """A link to a file elsewhere is told; one to a file inside is found as that file."""
        reason = _leads_out(path, root)
        target = os.path.realpath(path)
        if reason and os.path.isfile(target) and sieve.worth_looking(target):
            self._add(path, root, reason)

    def _add(self, path: str, root: str, reason: str) -> None:
        name = shown(path)
        if name in self.found or self.excluded(path):
            return
        if reason and not path.endswith("/") and not sieve.may_hold_use(path):
            return
        self.found[name] = Candidate(name, shown(root), reason)


def _leads_out(path: str, root: str) -> str:
    target = os.path.realpath(path)
    if target == path or target.startswith(root.rstrip("/") + "/"):
        return ""
    return f"a symbolic link to `{target}`, outside of `{shown(root)}`"


def _folder_reason(why: str) -> str:
    return f"the folder can't be read: {why}"


class _Grep:
    """A search by git for files that hold a needle or begin like UTF-16.

    complained: whether git had something to say, a file that it couldn't read for one.
    """

    def __init__(self, repository: git.Repository, within: str, threads: int, *, untracked: bool) -> None:
        self._repository = repository
        self._within = within
        self._options = ["--untracked", "--exclude-standard"] if untracked else []
        self._options.append(f"--threads={threads + 1}")
        self.complained = False

    def hits(self) -> Iterator[str]:
        """Paths below the top, as git finds them; some may hold no needle. Raises GitError."""
        try:
            yield from self._run("-P", sieve.PERL_PATTERNS)
        except git.GitError:  # a git without Perl's expressions, as Apple's
            yield from self._run("-F", sieve.LITERALS)

    def _run(self, syntax: str, patterns: Iterable[bytes]) -> Iterator[str]:
        arguments = ["grep", "-l", "-z", "-a", syntax, "--no-color", "--full-name", *self._options]
        for pattern in patterns:
            arguments += ["-e", os.fsdecode(pattern)]
        with TemporaryFile() as errors:
            process = self._repository.start(*arguments, "--", self._within, stderr=errors.fileno())
            with process:
                assert process.stdout is not None  # noqa: S101 (it is a pipe)
                for record in _records(process.stdout):
                    yield os.fsdecode(record)
            errors.seek(0)
            said = git.text_of(errors.read())
        self.complained = bool(said)
        if process.returncode not in (0, 1):
            raise git.GitError(f"git grep failed in {self._repository.top}: {said}")


def _records(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := stream.read1(65536):  # type: ignore[attr-defined]  # a pipe is a BufferedReader
        *records, rest = (rest + chunk).split(b"\0")
        yield from records


class _Listing:
    """What git knows of the files below a folder; git lists while the search goes on.

    untracked: files that ``git grep`` leaves out by default;
    special: files whose index entry hides the disk from it (assume-unchanged, sparse checkout);
    links, nested (untracked repositories), submodules: by path; unreadable: path and reason.
    """

    def __init__(self, repository: git.Repository, within: str) -> None:
        self._repository = repository
        self._within = within
        self._plain: list[bytes] = []
        self.untracked: list[str] = []
        self.special: list[str] = []
        self.links: list[str] = []
        self.nested: list[str] = []
        self.submodules: list[str] = []
        self.unreadable: list[tuple[str, str]] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._output = stack.enter_context(TemporaryFile())
            self._errors = stack.enter_context(TemporaryFile())
            arguments = ("ls-files", "-z", "-v", "-s", "--cached", "--others", "--exclude-standard")
            self._process = stack.enter_context(
                self._repository.start(
                    *arguments,
                    "--",
                    self._within,
                    stdout=self._output.fileno(),
                    stderr=self._errors.fileno(),
                )
            )
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def count(self) -> int:
        """Number of files to be searched."""
        return len(self._plain) + len(self.untracked) + len(self.special)

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
            raise git.GitError(f"git ls-files failed in {self._repository.top}: {git.text_of(errors)}")
        self._output.seek(0)
        records = self._output.read().split(b"\0")
        self._plain = [record for record in records if record.startswith(b"H 100")]
        for record in records:
            if record and not record.startswith(b"H 100"):
                self._sort(record)
        for found in _NOT_OPENED.finditer(os.fsdecode(errors)):
            self.unreadable.append((found["path"] + "/", _folder_reason(found["why"])))

    def _sort(self, record: bytes) -> None:
        if record.startswith(b"? "):
            self._sort_untracked(os.fsdecode(record[2:]))
            return
        about, _, name = record.partition(b"\t")
        path = os.fsdecode(name)
        mode = about[2:8]
        if mode == b"160000":
            self.submodules.append(path)
        elif mode == b"120000":
            self.links.append(path)
        else:
            self.special.append(path)

    def _sort_untracked(self, path: str) -> None:
        if path.endswith("/"):
            self.nested.append(path.rstrip("/"))
        elif os.path.islink(os.path.join(self._repository.top, path)):
            self.links.append(path)
        else:
            self.untracked.append(path)
