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
import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from migrate import git, gitsearch, sieve
from migrate.errors import UsageError
from migrate.model import Candidate
from migrate.patterns import matcher

_MANY_UNTRACKED = 500
"""From so many untracked files on, git searches them faster than Python does."""

_MANY_ENTRIES = 1000
"""So many names and more are not given to git one by one."""

_MOST_PARTS = 4
"""Parts of a plain folder that are searched at the same time."""


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
    wanted: Callable[[str], bool] | None = None,
) -> Discovery:
    """Find the candidates in folders, and take files that are named as they are.

    exclude: patterns as in .gitignore, relative to `exclude_base` (the current directory). jobs:
    threads that search (0: as many as there are processors). wanted: tells by its path as shown
    whether a file is a candidate whatever it holds. Raises UsageError for a path that is not there.
    """
    search = _Search(matcher(tuple(exclude), exclude_base, "exclude"), jobs or os.cpu_count() or 1, wanted)
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


@dataclass(slots=True)
class _Search:
    """One search over several folders, and what it has found so far (by path as shown)."""

    excluded: Callable[[str], bool]
    threads: int
    wanted: Callable[[str], bool] | None = None
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
            with ExitStack() as stack:
                repository = stack.enter_context(git.passing_repository(folder))
                self._with_pretended_index(repository, because, stack)
        except OSError as error:
            self._add(folder + "/", folder, _folder_reason(error.strerror or str(error)))
        except git.GitError as error:
            self.notes.append(f"{error.message}. Searched without git, which is slower.")
            self._walk(folder, because)

    def _with_git(self, repository: git.Repository, folder: str, because: str) -> None:
        """Search a work tree: git lists and searches what is tracked; the rest is searched after it."""
        top, within = repository.top, os.path.relpath(folder, repository.top)
        with gitsearch.Listing(repository, [within]) as listing, self._grep(repository, within) as grep:
            listing.read()  # while git still searches
            for hit in grep.hits():
                self._look(_join(top, hit), top, folder, because)
        others = listing.untracked
        if len(others) > _MANY_UNTRACKED:
            with git.passing_repository(top) as other:
                others = [*self._pretended(other, others), *filter(gitsearch.is_odd, others)]
        if grep.complained:
            others = [
                *others,
                *(each for each in listing.files() if not os.access(_join(top, each), os.R_OK)),
            ]
        for path in (*others, *listing.special):
            self._look(_join(top, path), top, folder, because)
        self._rest(listing, because)

    def _with_pretended_index(self, repository: git.Repository, because: str, stack: ExitStack) -> None:
        """Search a plain folder: git lists it in parts, and each part is searched as if it were tracked."""
        top = repository.top
        listings = [
            stack.enter_context(
                gitsearch.Listing(replace(repository, index=f"{repository.git_dir}/index{number}"), part)
            )
            for number, part in enumerate(_parts(top, min(self.threads, _MOST_PARTS)))
        ]
        greps = []
        for listing in listings:
            listing.read()
            listing.repository.pretend(each for each in listing.untracked if not gitsearch.is_odd(each))
            greps.append(stack.enter_context(self._grep(listing.repository, ".")))
        for listing, grep in zip(listings, greps, strict=True):
            self._rest(listing, because)
            others = list(filter(gitsearch.is_odd, listing.untracked))
            for hit in (*grep.hits(), *others):
                self._look(_join(top, hit), top, top, because)
            for path in listing.untracked if grep.complained else ():
                if not os.access(_join(top, path), os.R_OK):
                    self._look(_join(top, path), top, top, because)

    def _pretended(self, repository: git.Repository, paths: Sequence[str]) -> list[str]:
        repository.pretend(each for each in paths if not gitsearch.is_odd(each))
        with self._grep(repository, ".") as grep:
            hits = list(grep.hits())
        if grep.complained:
            hits += [each for each in paths if not os.access(_join(repository.top, each), os.R_OK)]
        return hits

    def _grep(self, repository: git.Repository, within: str) -> gitsearch.Grep:
        return gitsearch.Grep(repository, within, self.threads)

    def _rest(self, listing: gitsearch.Listing, because: str) -> None:
        """What git lists and does not search."""
        top = listing.repository.top
        self.searched += listing.count
        for path in listing.files() if self.wanted else ():
            self._want(_join(top, path), top)
        for path in listing.links:
            self._link(_join(top, path), top)
        for path, why in listing.unreadable:
            self._add(_join(top, path), top, _folder_reason(why))
        for path in listing.nested:
            inner = _join(top, path)
            if os.path.lexists(_join(inner, ".git")):
                self._in_repository(inner, inner, because)
        for path in listing.submodules:
            inner = _join(top, path)
            if os.path.lexists(_join(inner, ".git")):
                reason = f"in the submodule `{shown(inner)}`: run nf-migrate in its own repository"
                self._in_repository(inner, inner, because or reason)

    def _walk(self, folder: str, because: str = "") -> None:
        from migrate.walk import walk  # noqa: PLC0415 (rarely needed)

        def on_error(error: OSError) -> None:
            self._add(os.fsdecode(error.filename) + "/", folder, _folder_reason(error.strerror or str(error)))

        for entry in walk(folder, on_error):
            if entry.is_link:
                self._link(entry.path, entry.root)
            else:
                self.searched += 1
                self._want(entry.path, entry.root)
                self._look(entry.path, entry.root, folder, because)

    def _want(self, path: str, root: str) -> None:
        if self.wanted and self.wanted(shown(path)) and os.path.isfile(path):
            self._add(path, root, sieve.too_large(path))

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


def _join(top: str, path: str) -> str:
    return f"{top.rstrip('/')}/{path}"


def _parts(folder: str, count: int) -> list[list[str]]:
    """The entries of a folder, dealt out into parts to be listed and searched at the same time."""
    entries = sorted(each for each in os.listdir(folder) if each != ".git")
    if len(entries) > _MANY_ENTRIES:
        return [["."]]
    return [part for part in (entries[first::count] for first in range(count)) if part]
