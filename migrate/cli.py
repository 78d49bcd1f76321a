"""The command line's frame: which commands there are, and how the program ends.

Results go to standard output, messages to standard error. A command's module is imported when it
is asked for: ``--version`` is over before a parser would be loaded.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import click

from migrate import __version__, errors
from migrate.errors import MigrateError, UsageError

PROGRAM = "nf-migrate"
EXIT_INTERRUPTED = 130
"""128 + SIGINT, as shells have it."""

_COMMANDS = {
    "scan": ("migrate.commands", "scan", ""),
    "rewrite": ("migrate.commands", "rewrite", ""),
    "explain": ("migrate.commands", "explain", ""),
    "doctor": ("migrate.doctor", "doctor", ""),
    "fleet": ("migrate.fleet.commands", "fleet", ""),
    "proxy": ("migrate.proxy.commands", "proxy", "proxy"),
    "usage": ("migrate.proxy.commands", "usage", "proxy"),
}
"""All commands: module, name in it, and the extra that is needed where an import fails."""


class _Group(click.Group):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Names of all commands that are there."""
        return [name for name, (module, _, _) in _COMMANDS.items() if _is_there(module)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """A command by name."""
        if cmd_name not in _COMMANDS or not _is_there(_COMMANDS[cmd_name][0]):
            return None
        module, name, extra = _COMMANDS[cmd_name]
        try:
            found: click.Command | None = getattr(importlib.import_module(module), name, None)
        except ModuleNotFoundError as error:
            return _missing(cmd_name, str(error.name), extra)
        return found

    def main(
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
    install = errors.install(extra) if extra else f"Install {PROGRAM} again."

    @click.command(
        command,
        short_help=f"Not installed: the extra [{extra}]" if extra else "Not installed.",
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
    except Exception as error:
        say(f"{PROGRAM} broke, which is its own fault: {error!r}\n  Report it, with: {PROGRAM} --traceback …")
        if "--traceback" in sys.argv:
            raise
        status = errors.EXIT_FAILED
    sys.exit(status)


def say(text: str, end: str = "\n") -> None:
    """A message to standard error, whatever characters it holds."""
    if sys.stderr is None:
        return
    encoding = sys.stderr.encoding or "utf-8"
    plain = text.encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        sys.stderr.write(plain.encode(encoding, "backslashreplace").decode(encoding) + end)
        sys.stderr.flush()
    except OSError:  # nobody listens
        return


def forget_output() -> None:
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
    """Find and rewrite uses of Northflank's deprecated endpoints for manual and cron jobs.

    Start with `nf-migrate rewrite`: it shows, as a diff, what `nf-migrate rewrite --write` would change.
    """
