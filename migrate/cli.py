"""The command line: options → discover → pipeline → report or apply → exit status. No logic of its own.

Results go to standard output, messages to standard error. Modules are imported when they are
needed: ``--version`` and ``--help`` are over before a parser would be loaded.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click

from migrate import __version__, contract, errors
from migrate.errors import MigrateError, UsageError

PROGRAM = "nf-migrate"
EXIT_INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""

_LATE = {
    "doctor": ("migrate.doctor", "doctor", ""),
    "fleet": ("migrate.fleet.commands", "fleet", ""),
    "proxy": ("migrate.proxy.commands", "proxy", "nf-migrate[proxy]"),
    "usage": ("migrate.proxy.commands", "usage", "nf-migrate[proxy]"),
}
"""Commands that live elsewhere: module, name, and what to install where an import fails."""


class _Group(click.Group):
    """The commands; those of other parts are imported when asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of all commands that are there."""
        late = [name for name, (module, _, _) in _LATE.items() if _is_there(module)]
        return sorted([*super().list_commands(ctx), *late])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by name."""
        if cmd_name not in _LATE or not _is_there(_LATE[cmd_name][0]):
            return super().get_command(ctx, cmd_name)
        module, name, extra = _LATE[cmd_name]
        try:
            found: click.Command = getattr(importlib.import_module(module), name)
        except ModuleNotFoundError as error:
            return _missing(cmd_name, str(error.name), extra)
        return found

    def main(  # type: ignore[override]  # the same, but it never returns when it stands alone
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run and exit with the status; whatever goes wrong is told in words."""
        run = super().main
        arguments = list(sys.argv[1:] if args is None else args)
        if standalone_mode:
            _exit(lambda: run(arguments, prog_name or PROGRAM, complete_var, standalone_mode=False, **extra))
        return run(arguments, prog_name, complete_var, standalone_mode=False, **extra)


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


def _missing(command: str, module: str, extra: str) -> click.Command:
    """Stands for a command whose modules are not installed."""
    install = f"pip install '{extra or PROGRAM}'"

    @click.command(
        command,
        short_help=f"Not installed: {install}",
        add_help_option=False,
        context_settings={"ignore_unknown_options": True},
    )
    @click.argument("rest", nargs=-1, type=click.UNPROCESSED)
    def missing(rest: tuple[str, ...]) -> None:  # noqa: ARG001 (takes whatever is typed)
        raise UsageError(f"`{command}` needs the module {module}, which is not installed.", install)

    return missing


def _exit(run: Callable[[], Any]) -> NoReturn:
    """Exit with what a run returns, or with the status of what it raises and a word on it."""
    try:
        status = run() or errors.EXIT_OK
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("Interrupted.")
        status = EXIT_INTERRUPTED
    except MigrateError as error:
        say(f"{PROGRAM}: {error.message}" + (f"\n  {error.hint}" if error.hint else ""))
        status = error.exit_code
    except BrokenPipeError:
        _forget_output()
        status = errors.EXIT_OK
    except Exception as error:
        say(f"{PROGRAM} broke, which is its own fault: {error!r}\n  Report it, with: {PROGRAM} --traceback …")
        if "--traceback" in sys.argv:
            raise
        status = errors.EXIT_FAILED
    sys.exit(status)


def say(text: str) -> None:
    """A message to standard error, whatever characters it holds."""
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "utf-8"
    plain = text.encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        sys.stderr.write(plain.encode(encoding, "backslashreplace").decode(encoding) + "\n")
        sys.stderr.flush()
    except OSError:  # nobody listens
        return


def _forget_output() -> None:
    """Let nothing be written to a pipe that nobody reads, not even when the interpreter ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError, AttributeError):
            continue


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name=PROGRAM, message="%(prog)s %(version)s")
@click.option("--traceback", is_flag=True, help="Show where the tool broke, for a report.")
def main(traceback: bool) -> None:
    """Find and rewrite uses of Northflank's deprecated job endpoints.

    PUT, POST and PATCH …/jobs/manual and …/jobs/cron are to be replaced by …/jobs (put-job, create-job,
    patch-job in the documentation), with some keys of the body moved into settings.
    """


main.help = (main.help or "").replace("…/jobs/manual", f"…{contract.PUT_MANUAL.old_path}")

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _formats() -> list[str]:
    from migrate.report import RENDERERS  # noqa: PLC0415

    return list(RENDERERS)


class _Format(click.ParamType[str]):
    """The name of a report format; the list is imported only when it is needed."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        """Shown in the help."""
        return "[" + "|".join(_formats()) + "]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name itself, if there is such a format."""
        return str(click.Choice(_formats()).convert(value, param, ctx))


_SEARCH: tuple[_Decorator, ...] = (
    click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]..."),
    click.option("--exclude", multiple=True, metavar="PATTERN", help="Leave files out, as .gitignore would."),
    click.option("--stdin-filename", metavar="NAME", help="What `-` (standard input) is to be taken for."),
    click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes.  [default: one per processor]"),
)
_MEANING: tuple[_Decorator, ...] = (
    click.option(
        "--target-path",
        metavar="PATH",
        help=f"The replacement's path below the project, for PUT.  [default: {contract.DEFAULT_TARGET_PATH}]",
    ),
    click.option(
        "--adapt/--no-adapt",
        default=None,
        help="Rewrite calls whose body can't be proved through a small inserted function.",
    ),
    click.option("--docs/--no-docs", default=None, help="Rewrite samples and links in documents too."),
    click.option(
        "--cli-ready/--no-cli-ready",
        default=None,
        help=f"The installed {contract.CLI_PROGRAM} CLI has the new commands.",
    ),
    click.option(
        "--templates/--no-templates",
        default=None,
        help=f"Turn template nodes {contract.OLD_TEMPLATE_KIND} into {contract.NEW_TEMPLATE_KIND} too.",
    ),
    click.option(
        "--definitions",
        multiple=True,
        metavar="PATTERN",
        help="Take these files for job definitions even if nothing is seen to read them.",
    ),
    click.option(
        "--dependency-edits/--no-dependency-edits",
        default=None,
        help="Whether package.json may be edited where a newer client is needed.  [default: yes]",
    ),
)
_OUTPUT: tuple[_Decorator, ...] = (
    click.option("--format", "-f", "format", type=_Format(), help="How to report.  [default: text]"),
    click.option("--output", "-o", metavar="FILE", help="Write the report there instead of standard output."),
    click.option("--quiet", "-q", is_flag=True, help="Only results and errors."),
    click.option("--verbose", "-v", is_flag=True, help="Also what is clean, not ours, or explains itself."),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        help="Whether to use colours.  [default: auto: on a terminal, unless NO_COLOR is set]",
    ),
    click.option("--exit-zero/--no-exit-zero", default=None, help="Exit with 0 instead of 1."),
)


def _with(*options: _Decorator) -> _Decorator:
    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@main.command()
@_with(*_SEARCH, *_MEANING, *_OUTPUT)
@click.pass_context
def scan(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:
    """List uses of the deprecated endpoints. Never writes.

    PATH: files and folders (the current one if none is named), or `-` for standard input.
    Exit status: 0 nothing found, 1 uses found, 2 wrong usage, 3 nothing could be scanned, 4 a file failed.
    """
    from migrate.commands import execute  # noqa: PLC0415

    ctx.exit(execute("scan", paths, options))


@main.command()
@_with(
    *_SEARCH,
    click.option("--write", is_flag=True, help="Change the files. Without it nothing is written."),
    click.option("--patch", metavar="FILE", help="Save the changes as a patch for `git apply`."),
    click.option("--force", is_flag=True, help="Write without git, or with uncommitted changes."),
    *_MEANING,
    *_OUTPUT,
)
@click.pass_context
def rewrite(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:
    """Show what would be rewritten, as a diff; with --write, rewrite it.

    PATH: files and folders (the current one if none is named), or `-` for standard input: then the diff,
    or with --write the whole new text, goes to standard output.
    Exit status: 0 nothing to change or everything migrated, 1 something would change or is left for a
    person, 2 wrong usage or refused to write, 3 nothing could be scanned, 4 a file failed.
    """
    from migrate.commands import execute  # noqa: PLC0415

    ctx.exit(execute("rewrite", paths, options))


@main.command()
@click.argument("kind", required=False)
def explain(kind: str | None) -> None:
    """Tell what a KIND of use is, why it matters, and what becomes of it. Without KIND: list them."""
    from migrate.explain import explained, listed  # noqa: PLC0415

    click.echo(listed() if kind is None else explained(kind))
