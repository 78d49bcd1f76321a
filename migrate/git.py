"""Runs git in repositories that nobody vouches for.

A repository's own configuration can name programs (``core.fsmonitor``, hooks, filters, pagers,
remote helpers). Everything here starts git so that none of them runs, whatever the repository
says: command line settings outrank its files, no transport is allowed, no index is written.
https://git-scm.com/docs/git-config, https://git-scm.com/docs/git#_environment_variables
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from migrate.errors import MigrateError

_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.quotePath=false",
    "color.ui=false",
    "diff.external=",
    "grep.fallbackToNoIndex=false",
    "submodule.recurse=false",
    "safe.bareRepository=explicit",
    "status.submoduleSummary=false",
)
_KEPT = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT")
_KEPT_PREFIXES = ("GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_", "GIT_AUTHOR_", "GIT_COMMITTER_")
_KEPT_TO_FETCH = ("GIT_ASKPASS", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_PROXY_COMMAND")
_KEPT_PREFIXES_TO_FETCH = ("GIT_SSL_", "GIT_HTTP_", "GIT_PROXY_SSL_")

NO_TRANSPORT = "none"
TRANSPORTS = "file:git:http:https:ssh"
"""What a repository may be fetched through. ``ext`` and ``fd`` would run what a URL says."""

_AT_ONCE = 200
"""Paths given to one git command, whose length is limited."""


class GitError(MigrateError):
    """git refused or failed; the message is its own."""


def environment(top: str, transports: str = NO_TRANSPORT) -> dict[str, str]:
    """Environment of a git process that works in `top` and looks for no repository above it.

    Variables that point git elsewhere (a hook sets GIT_DIR and GIT_INDEX_FILE) are dropped; the
    user's own configuration stays. transports: that may be used; with them the user's ways to say
    who they are stay too, but nothing ever asks.
    """
    fetches = transports != NO_TRANSPORT
    names = (*_KEPT, *_KEPT_TO_FETCH) if fetches else _KEPT
    prefixes = (*_KEPT_PREFIXES, *_KEPT_PREFIXES_TO_FETCH) if fetches else _KEPT_PREFIXES
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in names or name.startswith(prefixes)
    }
    asking = (
        {"SSH_ASKPASS": "false", "SSH_ASKPASS_REQUIRE": "force"} if fetches else {"GIT_NO_LAZY_FETCH": "1"}
    )
    return {
        **kept,
        **asking,
        "LC_ALL": "C",
        "GIT_ALLOW_PROTOCOL": transports,
        "GIT_CEILING_DIRECTORIES": os.path.dirname(top),
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
    }


def start(
    folder: str,
    *arguments: str,
    settings: Sequence[str] = (),
    transports: str = NO_TRANSPORT,
    index: str = "",
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
) -> subprocess.Popen[bytes]:
    """Start git in a folder. settings: further ``name=value`` pairs."""
    command = ["git", "--no-pager", "--literal-pathspecs", "-C", folder]
    for setting in (*_SETTINGS, *settings):
        command += ["-c", setting]
    return subprocess.Popen(
        [*command, *arguments],
        env=environment(folder, transports) | ({"GIT_INDEX_FILE": index} if index else {}),
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
    )


def finish(
    process: subprocess.Popen[bytes], doing: str, data: bytes | None = None, timeout: float = 0
) -> bytes:
    """Standard output of a started git. doing: for the message. timeout: seconds, 0 for any.

    Raises GitError where git fails or takes longer.
    """
    with process:
        try:
            output, errors = process.communicate(data, timeout or None)
        except subprocess.TimeoutExpired:
            process.kill()
            raise GitError(f"{doing} took longer than {timeout:g} seconds") from None
        except BaseException:
            process.kill()
            raise
    if process.returncode:
        raise GitError(f"{doing} failed: {text_of(errors)}")
    return output


@dataclass(frozen=True, slots=True)
class Repository:
    """A work tree and how to call git in it.

    top: absolute real path of the work tree; git_dir: where its data is, "" for its own ``.git``;
    index: the index file, "" for its own.
    """

    top: str
    git_dir: str = ""
    index: str = ""

    def start(
        self,
        *arguments: str,
        settings: Sequence[str] = (),
        stdin: int = subprocess.DEVNULL,
        stdout: int = subprocess.PIPE,
        stderr: int = subprocess.PIPE,
    ) -> subprocess.Popen[bytes]:
        """Start git at the top of the work tree. settings: further ``name=value`` pairs."""
        place = [f"--git-dir={self.git_dir}"] if self.git_dir else []
        place += ["--work-tree=."]  # outranks core.worktree
        return start(
            self.top,
            *place,
            *arguments,
            settings=settings,
            index=self.index,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
        )

    def run(self, *arguments: str, settings: Sequence[str] = (), data: bytes | None = None) -> bytes:
        """Standard output of a git command. data: its standard input. Raises GitError where it fails."""
        stdin = subprocess.DEVNULL if data is None else subprocess.PIPE
        process = self.start(*arguments, settings=settings, stdin=stdin)
        return finish(process, f"git {arguments[0]} in {self.top}", data)

    def pretend(self, paths: Iterable[str]) -> None:
        """Let the index hold paths below the top, as if they were tracked. Raises GitError."""
        head = f"100644 {1:040d}\t"  # the name of a content that is never asked for
        entries = os.fsencode("".join([f"{head}{path}\0" for path in paths]))
        settings = ("core.protectNTFS=false", "core.protectHFS=false")
        self.run("update-index", "-z", "--index-info", settings=settings, data=entries)

    def changed(self) -> list[str]:
        """Paths below the top that differ from the last commit or the index. Raises GitError.

        Content filters that the repository's own configuration names are switched off.
        """
        output = self.run(
            "status",
            "--porcelain=v1",
            "-z",
            "--no-renames",
            "--untracked-files=no",
            "--ignore-submodules=all",
            settings=self._without_filters(),
        )
        return [os.fsdecode(record[3:]) for record in output.split(b"\0") if record]

    def commit_of(self, revision: str) -> str:
        """The commit that a revision names. Raises GitError where there is none."""
        output = self.run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return output.decode().strip()

    def diff_since(self, revision: str) -> bytes:
        """What the work tree changed since it left `revision`, as a patch without context.

        Content filters that the repository's own configuration names are switched off. Raises
        GitError.
        """
        base = self.run("merge-base", self.commit_of(revision), "HEAD").decode().strip()
        options = ["--no-ext-diff", "--no-textconv", "--find-renames", "--ignore-submodules=all"]
        options += ["--unified=0", "--src-prefix=a/", "--dst-prefix=b/", "--no-color"]
        return self.run("diff", *options, base, settings=self._without_filters())

    def untracked(self) -> list[str]:
        """Paths below the top that are neither tracked nor ignored. Raises GitError."""
        output = self.run("ls-files", "-z", "--others", "--exclude-standard")
        return [os.fsdecode(each) for each in output.split(b"\0") if each]

    def _without_filters(self) -> list[str]:
        listed = self.run("config", "--list", "-z", "--show-scope", "--name-only")
        fields = listed.split(b"\0")
        own = {
            os.fsdecode(name)
            for scope, name in zip(fields[::2], fields[1::2], strict=False)
            if scope in (b"local", b"worktree") and name.startswith(b"filter.")
        }
        drivers = {name.removeprefix("filter.").rpartition(".")[0] for name in own}
        empty = [
            f"filter.{each}.{key}=" for each in sorted(drivers) for key in ("clean", "smudge", "process")
        ]
        return empty + [f"filter.{each}.required=false" for each in sorted(drivers)]

    def tracked(self, paths: Sequence[str]) -> set[str]:
        """Those of the given paths (below the top) that the index holds and watches. Raises GitError."""
        found: set[str] = set()
        for first in range(0, len(paths), _AT_ONCE):
            some = paths[first : first + _AT_ONCE]
            output = self.run("ls-files", "-z", "-v", "--cached", "--", *some)
            found |= {os.fsdecode(each[2:]) for each in output.split(b"\0") if each.startswith(b"H ")}
        return found


def text_of(errors: bytes) -> str:
    """What git said, in one line."""
    return " ".join(errors.decode("utf-8", "replace").split())


def installed() -> bool:
    """Whether there is a git to run."""
    return shutil.which("git") is not None


def top_of(folder: str) -> str | None:
    """Top of the work tree that an absolute folder is in, by the nearest ``.git``, else None.

    Looks at files alone: no configuration is read, so none can lead elsewhere.
    """
    while True:
        entry = os.path.join(folder, ".git")
        if os.path.isfile(entry) or os.path.isfile(os.path.join(entry, "HEAD")):
            return folder
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


@contextmanager
def passing_repository(folder: str) -> Iterator[Repository]:
    """A throw-away empty repository whose work tree is `folder`.

    So git's own rules (.gitignore, nested repositories) and its speed hold in any folder, and
    nothing is written into it. Raises GitError.
    """
    with tempfile.TemporaryDirectory(prefix="nf-migrate-") as place:
        git_dir = f"{place}/.git"
        Repository(place, git_dir).run("init", "--quiet", "--template=")
        yield Repository(folder, git_dir)
