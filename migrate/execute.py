"""What ``scan`` and ``rewrite`` do, step by step, once the options are parsed.

What only some runs need is imported by the functions that need it: most files of most repositories
hold no use, and then the search is all there is to do.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from migrate import config, contract, git
from migrate.cli import forget_output, say
from migrate.discover import Discovery, discover, shown
from migrate.errors import MigrateError, NothingScannedError, UsageError
from migrate.model import Candidate, Options, Outcome, Run
from migrate.progress import progress
from migrate.report import RENDERERS, RenderOptions
from migrate.report.words import nothing_found

_STDIN = "-"
_PATH = re.compile(r"(?:/[\w.~{}:@-]+)+")
_DEFAULTS: dict[str, Any] = {
    "adapt": False,
    "cli-ready": False,
    "color": "auto",
    "definitions": (),
    "dependency-edits": True,
    "docs": False,
    "exclude": (),
    "exit-zero": False,
    "format": "text",
    "jobs": 0,
    "target-path": contract.DEFAULT_TARGET_PATH,
    "templates": False,
}


@dataclass(frozen=True, slots=True)
class Request:
    """Everything that a command was asked for, from the command line, a file, or by default.

    values: by the name of the option; exclude_base: folder that the exclude patterns are relative
    to; the rest stands on the command line only.
    """

    command: str
    paths: tuple[str, ...]
    values: Mapping[str, Any]
    exclude_base: str = ""
    stdin_filename: str | None = None
    write: bool = False
    force: bool = False
    patch: str | None = None
    output: str | None = None
    quiet: bool = False
    verbose: bool = False

    @property
    def from_stdin(self) -> bool:
        """Whether standard input is what is examined."""
        return _STDIN in self.paths

    @property
    def jobs(self) -> int:
        """Number of worker processes."""
        return int(self.values["jobs"]) or len(os.sched_getaffinity(0))

    @property
    def options(self) -> Options:
        """What finders look at."""
        return Options(
            target_path=self.values["target-path"],
            adapt=self.values["adapt"],
            docs=self.values["docs"],
            cli_ready=self.values["cli-ready"],
            templates=self.values["templates"],
            dependency_edits=self.values["dependency-edits"],
            definitions=tuple(self.values["definitions"]),
        )


def execute(command: str, paths: Sequence[str], given: Mapping[str, Any]) -> int:
    """Run a command and return its exit status. Raises MigrateError."""
    request = understood(command, paths, given)
    found, overlay = _input(request)
    run = _examine(request, found, overlay)
    if request.patch:
        _save(request.patch, _patch_of(run))
    if request.write:
        run = _written(request, run)
    if request.from_stdin and command == "rewrite" and request.values["format"] == "text":
        _write_output(request, _stdin_result(request, run, next(iter(overlay.values()))))
    else:
        _write_output(request, rendered(request, run))
    from migrate.status import of_run  # noqa: PLC0415

    return of_run(run, exit_zero=request.values["exit-zero"])


def _patch_of(run: Run) -> bytes:
    from migrate.patch import of_run  # noqa: PLC0415

    return of_run(run)


def _written(request: Request, run: Run) -> Run:
    if request.from_stdin:
        return replace(run, written=True)
    from migrate.apply import write  # noqa: PLC0415

    return write(run, force=request.force)


def understood(command: str, paths: Sequence[str], given: Mapping[str, Any]) -> Request:
    """Merge what is given with the repository's settings and the defaults, and check it.

    given: by the name of the parameter; None and () stand for not given. Raises UsageError.
    """
    paths = tuple(paths) or (".",)
    if _STDIN in paths and len(paths) > 1:
        raise UsageError("`-` (standard input) stands alone.", "Run once for it and once for the files.")
    settings = config.load("." if paths[0] == _STDIN else paths[0])
    own = {name.replace("_", "-"): value for name, value in given.items() if value not in (None, ())}
    values = {**_DEFAULTS, **settings.values, **{name: own[name] for name in own if name in _DEFAULTS}}
    _check(values, settings.path)
    request = Request(
        command,
        paths,
        values,
        "" if "exclude" in own else settings.folder,
        **{name: given[name] for name in Request.__slots__ if name in given},
    )
    if request.force and not request.write:
        raise UsageError("--force is for --write.", "Add --write, or leave --force out.")
    return request


def _check(values: Mapping[str, Any], path: str) -> None:
    where = f"{path}: " if path else ""
    if values["format"] not in RENDERERS:
        raise UsageError(
            f"{where}there is no format `{values['format']}`.", f"Known are: {', '.join(RENDERERS)}."
        )
    if values["color"] not in ("auto", "always", "never"):
        raise UsageError(f"{where}`color` is `{values['color']}`.", "It must be auto, always or never.")
    if not _PATH.fullmatch(values["target-path"]):
        raise UsageError(
            f"{where}the target path `{values['target-path']}` is not a path.",
            f"It is what follows the project, such as {contract.DEFAULT_TARGET_PATH}.",
        )


def _input(request: Request) -> tuple[Discovery, dict[str, bytes]]:
    if not request.from_stdin:
        found = discover(
            request.paths,
            request.values["exclude"],
            request.exclude_base,
            int(request.values["jobs"]),
            request.values["definitions"],
        )
        if not found.searched and not found.candidates:
            raise NothingScannedError(
                f"There is no file to look at in {', '.join(request.paths)}.",
                "Name folders with files that git does not ignore, or the files themselves.",
            )
        return found, {}
    if not request.stdin_filename:
        raise UsageError(
            "Standard input has no name to tell its language by.",
            "Add --stdin-filename, as in: - --stdin-filename a.py",
        )
    path = shown(os.path.abspath(request.stdin_filename))
    folder = os.path.dirname(os.path.abspath(path))
    root = git.top_of(os.path.realpath(folder)) or folder
    return Discovery((Candidate(path, shown(root), explicit=True),), 1), {path: sys.stdin.buffer.read()}


def _examine(request: Request, found: Discovery, overlay: Mapping[str, bytes]) -> Run:
    if not request.quiet:
        for note in found.notes:
            say(f"note: {note}")
    base = Run(request.command, (), searched=found.searched, notes=found.notes)
    if not found.candidates:
        return base
    from migrate import pipeline  # noqa: PLC0415

    with progress(quiet=request.quiet) as on_progress:
        run = pipeline.run(
            request.command, found.candidates, request.options, request.jobs, on_progress, overlay
        )
    return replace(run, searched=base.searched, notes=(*run.notes, *base.notes))


def rendered(request: Request, run: Run) -> bytes:
    """The report in the wanted format."""
    name = request.values["format"]
    if name == "patch":
        return _patch_of(run)
    to_terminal = request.output is None and sys.stdout is not None and sys.stdout.isatty()
    encoding = "utf-8" if request.output else _encoding()
    options = RenderOptions(
        color=wants_color(request.values["color"], os.environ, to_terminal=to_terminal),
        width=shutil.get_terminal_size((100, 24)).columns if to_terminal else 100,
        verbose=request.verbose,
        quiet=request.quiet,
        unicode=encoding.lower().replace("-", "") in ("utf8", "utf16"),
    )
    if name == "text" and not run.files and not run.notes:  # one line needs no layout, nor what lays out
        text = nothing_found(run)
    else:
        text = RENDERERS[name](run, options)
    text += "" if not text or text.endswith("\n") else "\n"
    errors = "surrogateescape" if encoding.lower() in ("utf-8", "utf8") else "backslashreplace"
    return text.encode(encoding, errors)


def wants_color(setting: str, environment: Mapping[str, str], *, to_terminal: bool) -> bool:
    """Whether to use colours: as the setting says, else on a terminal unless NO_COLOR is set.

    https://no-color.org: NO_COLOR counts when it is not empty; an explicit setting outranks it.
    """
    if setting != "auto":
        return setting == "always"
    return to_terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


def _encoding() -> str:
    return (sys.stdout.encoding if sys.stdout is not None else None) or "utf-8"


def _stdin_result(request: Request, run: Run, data: bytes) -> bytes:
    """The diff, or with --write the whole new text; what is left to a person is said beside it."""
    for each in run.files:
        if each.outcome is Outcome.FAILED:
            say(f"{each.path}: {each.reason}")
        for use in each.uses if not request.quiet else ():
            if use.action == "review" or use.held:
                say(f"{use.path}:{use.line}:{use.column}: {use.message} {use.advice}".rstrip())
    if not request.write:
        return _patch_of(run)
    new = [each.after for each in run.files if each.outcome is Outcome.WOULD_REWRITE]
    return next((each for each in new if each is not None), data)


def _write_output(request: Request, data: bytes) -> None:
    if request.output not in (None, _STDIN):
        _save(str(request.output), data)
    elif sys.stdout is not None:
        sys.stdout.flush()
        try:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # head has seen enough
            forget_output()
        except OSError as error:
            raise MigrateError(f"The result can't be written: {error.strerror}.") from error


def _save(path: str, data: bytes) -> None:
    try:
        with open(path, "wb") as file:
            file.write(data)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}.") from error
