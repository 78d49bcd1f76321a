"""Shallow clones of repositories that nobody vouches for, kept between runs.

A clone is fetched without history and, where the server allows it, without contents, which come
in one go when they are needed. Its files are written as they are stored: no filter (Git LFS), no
conversion of line ends, no hook, no submodule. Who the user is, git finds out by itself.
https://git-scm.com/docs/git-clone, https://git-scm.com/docs/partial-clone, https://git-scm.com/docs/gitattributes
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote

from migrate import git
from migrate.fleet.model import Repository

TIMEOUT = 900.0
"""Seconds for one call of git that fetches from a server."""
_ASK_TIMEOUT = 120.0
"""Seconds for a server to say where a head is."""
_CHATTER = re.compile(r"warning: filtering not recognized by server, ignoring\s*|\0")
"""What git says besides, where something else went wrong."""

_SETTINGS = (
    "advice.detachedHead=false",
    "core.autocrlf=false",
    "credential.interactive=false",
    "fetch.recurseSubmodules=false",
    "gc.auto=0",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=60",
    "maintenance.auto=false",
    "protocol.version=2",
)
_AS_STORED = "* !crlf !eol !filter !ident -text !working-tree-encoding\n"
"""``.git/info/attributes``, which goes before what a repository says."""

_BUSY = b"busy"
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Head:
    """What a repository's HEAD names: a commit ("" where there is none yet) on a branch ("" for none)."""

    commit: str
    branch: str


@dataclass(frozen=True, slots=True)
class Clone:
    """A clone with the files of a commit. folder: absolute path; commit, tree: their names."""

    folder: str
    commit: str
    tree: str

    @property
    def repository(self) -> git.Repository:
        """To call git in it."""
        return git.Repository(self.folder)


def default_cache() -> str:
    """Where clones are kept where nothing else is said: the user's cache folder (XDG)."""
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return str(Path(base).expanduser() / "nf-migrate" / "repositories")


def url_of(repository: Repository) -> str:
    """The URL that git fetches from: also a folder is fetched through one, so that no file is shared."""
    location = repository.location
    return "file://" + quote(os.fsencode(location)) if location.startswith("/") else location


def head_of(repository: Repository, cache: str) -> Head:
    """Ask where HEAD is, without fetching anything. Raises GitError."""
    arguments = ("ls-remote", "--symref", "--", url_of(repository), "HEAD")
    output = _remote(cache, "asking for its head", *arguments, timeout=_ASK_TIMEOUT)
    commit = branch = ""
    for line in output.decode("utf-8", "replace").splitlines():
        value, _, name = line.partition("\t")
        if name == "HEAD" and value.startswith("ref: "):
            branch = value.removeprefix("ref: ").removeprefix("refs/heads/")
        elif name == "HEAD":
            commit = value
    return Head(commit, branch)


def plain_head(repository: Repository) -> Head | None:
    """Where a folder's HEAD is, as its files say; None where only git can tell, or for a server.

    Saves two processes for each repository that has not changed.
    https://git-scm.com/docs/gitrepository-layout
    """
    if not repository.location.startswith("/"):
        return None
    folder = os.path.join(repository.location, ".git") if repository.is_checkout else repository.location
    said = _first_line(os.path.join(folder, "HEAD"))
    if _COMMIT.fullmatch(said):
        return Head(said, "")
    name = said.removeprefix("ref: ")
    if not name.startswith("refs/heads/") or ".." in name or name == said:
        return None
    commit = _first_line(os.path.join(folder, name)) or _packed(folder, name)
    return Head(commit, name.removeprefix("refs/heads/")) if _COMMIT.fullmatch(commit) else None


def _first_line(path: str) -> str:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return ""
        with open(path, "rb") as file:
            return file.readline(4096).decode("utf-8", "replace").rstrip("\n")
    except (OSError, ValueError):
        return ""


def _packed(folder: str, name: str) -> str:
    try:
        with open(os.path.join(folder, "packed-refs"), "rb") as file:
            end = f" {name}\n".encode()
            return next(
                (line[: -len(end)].decode("utf-8", "replace") for line in file if line.endswith(end)), ""
            )
    except OSError:
        return ""


@contextmanager
def held(repository: Repository, cache: str) -> Iterator[Place]:
    """The repository's place in the cache, for this process alone as long as it holds it."""
    os.makedirs(cache, mode=0o700, exist_ok=True)
    folder = os.path.join(os.path.realpath(cache), _name(repository))
    with open(folder + ".lock", "a+b") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Place(repository, folder, lock)


def _name(repository: Repository) -> str:
    digest = hashlib.sha256(os.fsencode(repository.location)).hexdigest()[:16]
    return re.sub(r"[^A-Za-z0-9]+", "-", repository.name)[:60].strip("-") + "-" + digest


@dataclass(frozen=True, slots=True)
class Place:
    """Where the clone of a repository is or will be. lock: held; tells that a change is under way."""

    repository: Repository
    folder: str
    lock: BinaryIO

    def clone(self, commit: str = "") -> Clone:
        """A clone at a commit, or whatever HEAD is; what a killed run left behind is made anew.

        Raises GitError.
        """
        if self._is_busy() or not os.path.isdir(self.folder):
            return self._anew(commit)
        try:
            return self._at(commit)
        except git.GitError:
            return self._anew(commit)

    def write_files(self, clone: Clone) -> None:
        """Let the clone's folder hold the files of its commit. Raises GitError."""
        here = git.Repository(self.folder)
        if _checked_out(self.folder) == clone.commit:
            return
        with self._changing():
            arguments = ("checkout", "--quiet", "--force", "--detach", clone.commit)
            _remote(self.folder, "writing its files", "--work-tree=.", *arguments)
            _mark(here.top, clone.commit)

    def _at(self, commit: str) -> Clone:
        here = git.Repository(self.folder)
        names = _names(here, commit) if commit else None
        if names is None:
            with self._changing():
                _remote(
                    self.folder,
                    "fetching it",
                    *("fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-commit-graph"),
                    *("--update-shallow", "origin", "+HEAD:refs/remotes/origin/HEAD"),
                )
            names = _names(here, "refs/remotes/origin/HEAD")
        if names is None:
            raise git.GitError("fetching it brought no commit")
        return Clone(self.folder, *names)

    def _anew(self, commit: str) -> Clone:
        with self._changing():
            if os.path.lexists(self.folder):
                shutil.rmtree(self.folder)
            _remote(
                os.path.dirname(self.folder),
                "cloning it",
                *("clone", "--quiet", "--no-checkout", "--depth=1", "--single-branch", "--no-tags"),
                *("--template=", "--filter=blob:none", "--origin=origin", "--no-recurse-submodules"),
                *("--", url_of(self.repository), self.folder),
            )
            info = os.path.join(self.folder, ".git", "info")
            os.makedirs(info, exist_ok=True)
            Path(info, "attributes").write_text(_AS_STORED, encoding="ascii")
        here = git.Repository(self.folder)
        names = (_names(here, commit) if commit else None) or _names(here, "HEAD")
        if names is None:
            raise git.GitError("cloning it brought no commit")
        return Clone(self.folder, *names)

    def _is_busy(self) -> bool:
        self.lock.seek(0)
        return self.lock.read() == _BUSY

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Tell a run after this one that the clone is not whole, unless all goes well."""
        self.lock.truncate(0)
        self.lock.write(_BUSY)
        self.lock.flush()
        yield
        self.lock.truncate(0)
        self.lock.flush()


def _names(repository: git.Repository, revision: str) -> tuple[str, str] | None:
    """Names of a commit and its tree, None where the clone has it not."""
    try:
        output = repository.run("rev-parse", f"{revision}^{{commit}}", f"{revision}^{{tree}}")
    except git.GitError:
        return None
    commit, tree = output.decode().split()
    return commit, tree


def _marker(folder: str) -> Path:
    return Path(folder, ".git", "nf-migrate-files")


def _checked_out(folder: str) -> str:
    """The commit whose files were written last, "" for none."""
    try:
        return _marker(folder).read_text(encoding="ascii")
    except OSError:
        return ""


def _mark(folder: str, commit: str) -> None:
    _marker(folder).write_text(commit, encoding="ascii")


def _remote(folder: str, doing: str, *arguments: str, timeout: float = TIMEOUT) -> bytes:
    """Call git where it may talk to servers. Raises GitError."""
    process = git.start(folder, *arguments, settings=_SETTINGS, transports=git.TRANSPORTS)
    try:
        return git.finish(process, doing, timeout=timeout)
    except git.GitError as error:
        raise git.GitError(_CHATTER.sub("", error.message)) from None
