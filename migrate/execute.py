"""What ``scan`` and ``rewrite`` do, step by step, once the options are parsed.

What only some runs need is imported by the functions that need it: most files of most repositories
hold no use, and then the search is all there is to do.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TextIO

from migrate import config, contract, git, whereabouts
from migrate.cli import forget_output, say
from migrate.discover import Discovery, discover, shown
from migrate.errors import MigrateError, NothingScannedError, UsageError
from migrate.model import Candidate, Options, Outcome, Run
from migrate.patterns import matcher
from migrate.progress import progress
from migrate.report import RENDERERS, RenderOptions
from migrate.report.words import nothing_found

if TYPE_CHECKING:
    from migrate.pipeline import Adjust

_STDIN = "-"
_PATH = re.compile(r"(?:/[\w.~{}:@-]+)+")
_DEFAULTS: dict[str, Any] = {
    "adapt": False,
    "baseline": None,
    "cli-ready": False,
    "color": "auto",
    "definitions": (),
    "dependency-edits": True,
    "docs": False,
    "exclude": (),
    "exit-zero": False,
    "fail-on": "any",
    "format": "text",
    "jobs": 0,
    "target-path": contract.DEFAULT_TARGET_PATH,
    "templates": False,
}


@dataclass(frozen=True, slots=True)
class Request:
    """Everything that a command was asked for, from the command line, a file, or by default.

    values: by the name of the option; exclude_base, definitions_base: folder that the patterns are
    relative to, "" for the current directory; the rest stands on the command line only.
    """

    command: str
    paths: tuple[str, ...]
    values: Mapping[str, Any]
    exclude_base: str = ""
    definitions_base: str = ""
    stdin_filename: str | None = None
    write: bool = False
    force: bool = False
    patch: str | None = None
    output: str | None = None
    quiet: bool = False
    verbose: bool = False
    since: str | None = None
    write_baseline: str | None = None
    report: tuple[str, ...] = ()
    interactive: bool = False
    annotate: bool = False

    @property
    def writes(self) -> bool:
        """Whether files are to be changed: --interactive asks, so it needs no --write."""
        return self.write or (self.interactive and not self.patch)

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
            definitions_base=self.definitions_base,
        )


def execute(command: str, paths: Sequence[str], given: Mapping[str, Any]) -> int:
    """Run a command and return its exit status. Raises MigrateError."""
    try:
        os.getcwd()
    except OSError as error:
        raise UsageError("The current directory is not there any more.", "Change to another.") from error
    request = understood(command, paths, given)
    found, overlay = _input(request)
    run = _examine(request, found, overlay)
    if any(each.outcome is Outcome.FAILED for each in run.files):
        from migrate.faults import keep_failed  # noqa: PLC0415

        keep_failed(run)
    if request.patch:
        save(request.patch, _patch_of(run))
    if request.write_baseline:
        from migrate.baseline import text_of  # noqa: PLC0415

        save(request.write_baseline, text_of(run, whereabouts.current()).encode())
    if request.writes:
        run = _written(request, run)
    for each in request.report:
        name, _, path = each.partition("=")
        save(path, rendered(request, run, name, path))
    if request.from_stdin and command == "rewrite" and request.values["format"] == "text":
        write_output(request.output, _stdin_result(request, run, next(iter(overlay.values()))))
    else:
        write_output(request.output, rendered(request, run, request.values["format"], request.output))
    from migrate.status import of_run  # noqa: PLC0415

    return of_run(run, exit_zero=request.values["exit-zero"], fail_on=request.values["fail-on"])


def examined(request: Request) -> Run:
    """What a command finds, without writing or showing it. Raises MigrateError."""
    return _examine(request, *_input(request))


def _patch_of(run: Run) -> bytes:
    from migrate.patch import of_run  # noqa: PLC0415

    return of_run(run)


def _written(request: Request, run: Run) -> Run:
    if request.from_stdin:
        return replace(run, written=True)
    from migrate.apply import write  # noqa: PLC0415

    return write(run, force=request.force)


def understood(
    command: str,
    paths: Sequence[str],
    given: Mapping[str, Any],
    settings: config.Settings | None = None,
) -> Request:
    """Merge what is given with the repository's settings and the defaults, and check it.

    given: by the name of the parameter; None and () stand for not given. settings: to take instead
    of the repository's. Raises UsageError.
    """
    paths = tuple(paths) or (".",)
    if _STDIN in paths and len(paths) > 1:
        raise UsageError("`-` (standard input) stands alone.", "Run once for it and once for the files.")
    if settings is None:
        settings = config.load("." if paths[0] == _STDIN else paths[0])
    own = {name.replace("_", "-"): value for name, value in given.items() if value not in (None, ())}
    values: dict[str, Any] = {
        **_DEFAULTS,
        **settings.values,
        **{name: own[name] for name in own if name in _DEFAULTS},
    }
    _check(values, settings.path)
    _check_reports(given.get("report", ()))
    request = Request(
        command,
        paths,
        values,
        "" if "exclude" in own else settings.folder,
        "" if "definitions" in own else settings.folder,
        **{name: given[name] for name in Request.__slots__ if name in given},
    )
    if request.force and not request.writes:
        raise UsageError("--force is for --write.", "Add --write, or leave --force out.")
    if request.interactive and request.from_stdin:
        raise UsageError("--interactive reads its answers from standard input.", "Name files instead of `-`.")
    if "baseline" not in own and settings.values.get("baseline"):
        values["baseline"] = f"{settings.folder}/{settings.values['baseline']}"
    return request


def _check(values: Mapping[str, Any], path: str) -> None:
    where = f"{path}: " if path else ""
    if values["format"] not in RENDERERS:
        raise UsageError(
            f"{where}there is no format `{values['format']}`.", f"Known are: {', '.join(RENDERERS)}."
        )
    if values["color"] not in ("auto", "always", "never"):
        raise UsageError(f"{where}`color` is `{values['color']}`.", "It must be auto, always or never.")
    if values["fail-on"] not in ("any", "rewrite", "review"):
        raise UsageError(f"{where}`fail-on` is `{values['fail-on']}`.", "It must be any, rewrite or review.")
    if not _PATH.fullmatch(values["target-path"]):
        raise UsageError(
            f"{where}the target path `{values['target-path']}` is not a path.",
            f"It is what follows the project, such as {contract.DEFAULT_TARGET_PATH}.",
        )


def _check_reports(reports: Sequence[str]) -> None:
    for each in reports:
        name, equals, path = each.partition("=")
        if name not in RENDERERS or not equals or not path:
            known = f"FORMAT is one of {', '.join(RENDERERS)}."
            raise UsageError(f"--report {each} is not FORMAT=FILE.", known)


def _input(request: Request) -> tuple[Discovery, dict[str, bytes]]:
    if not request.from_stdin:
        found = discover(
            request.paths,
            request.values["exclude"],
            request.exclude_base,
            int(request.values["jobs"]),
            _definitions(request),
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
    if sys.stdin is None:
        raise UsageError("Standard input is closed.", "Give it a file: nf-migrate scan - < FILE")
    path = shown(os.path.abspath(request.stdin_filename))
    folder = os.path.dirname(os.path.abspath(path))
    root = git.top_of(os.path.realpath(folder)) or folder
    return Discovery((Candidate(path, shown(root), explicit=True),), 1), {path: sys.stdin.buffer.read()}


def _definitions(request: Request) -> Callable[[str], bool] | None:
    """Whether a path is that of a definition file by --definitions, None where there are none."""
    options = request.options
    if not options.definitions:
        return None
    return matcher(options.definitions, options.definitions_base, "definitions")


def _examine(request: Request, found: Discovery, overlay: Mapping[str, bytes]) -> Run:
    if not request.quiet:
        for note in found.notes:
            say(f"note: {note}")
    base = Run(request.command, (), searched=found.searched, notes=found.notes)
    if not found.candidates:
        return base
    from migrate import (  # noqa: PLC0415
        owners,
        pipeline,
        scope,
    )

    adjust = scope.adjuster(found.candidates, request.values["baseline"], request.since)

    def run_with(adjust: pipeline.Adjust | None) -> Run:
        with progress(quiet=request.quiet) as on_progress:
            return pipeline.run(
                request.command, found.candidates, request.options, request.jobs, on_progress, overlay, adjust
            )

    run = run_with(adjust)
    if request.interactive:
        run = run_with(_choices(request, run, adjust))
    if request.annotate:
        from migrate.annotate import annotated  # noqa: PLC0415

        run = annotated(run, lambda path: _content(path, overlay))
    run = owners.named(run)
    return replace(run, searched=base.searched, notes=(*run.notes, *base.notes))


def _choices(request: Request, run: Run, adjust: Adjust | None) -> Adjust:
    """Ask for each change, once it is clear that what is chosen can be written."""
    from migrate import apply, interactive, scope  # noqa: PLC0415

    if request.writes and not request.force:
        apply.demand_clean(run)
    terminal = sys.stderr is not None and sys.stderr.isatty()
    chosen = interactive.adjuster(run, _ask, say, _render_options(request, sys.stderr, to_terminal=terminal))
    return scope.in_turn([adjust, chosen]) if adjust else chosen


def _ask(prompt: str) -> str:
    say(prompt, end="")
    answer = sys.stdin.readline() if sys.stdin is not None else ""
    if not answer:
        say("")
        raise EOFError
    return answer


def _content(path: str, overlay: Mapping[str, bytes]) -> bytes | None:
    if path in overlay:
        return overlay[path]
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return None


def _render_options(request: Request, stream: TextIO | None, *, to_terminal: bool) -> RenderOptions:
    encoding = (stream.encoding if stream is not None else None) or "utf-8"
    return RenderOptions(
        color=wants_color(request.values["color"], os.environ, to_terminal=to_terminal),
        width=shutil.get_terminal_size((100, 24)).columns if to_terminal else 100,
        verbose=request.verbose,
        quiet=request.quiet,
        unicode=encoding.lower().replace("-", "") in ("utf8", "utf16"),
        where=whereabouts.current(),
    )


def rendered(request: Request, run: Run, name: str, path: str | None = None) -> bytes:
    """The report in a format, for a file or (None, ``-``) for standard output."""
    if name == "patch":
        return _patch_of(run)
    to_file = path not in (None, _STDIN)
    to_terminal = not to_file and sys.stdout is not None and sys.stdout.isatty()
    encoding = "utf-8" if to_file else _encoding()
    options = _render_options(request, None if to_file else sys.stdout, to_terminal=to_terminal)
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


def write_output(path: str | None, data: bytes) -> None:
    """Write a result to a file, or (None, ``-``) to standard output. Raises MigrateError."""
    if path not in (None, _STDIN):
        save(str(path), data)
    elif sys.stdout is not None:
        sys.stdout.flush()
        try:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # head has seen enough
            forget_output()
        except OSError as error:
            raise MigrateError(f"The result can't be written: {error.strerror}.") from error


def save(path: str, data: bytes) -> None:
    """Write a file. Raises UsageError."""
    try:
        with open(path, "wb") as file:
            file.write(data)
    except OSError as error:
        raise UsageError(f"{path} can't be written: {error.strerror}.") from error
