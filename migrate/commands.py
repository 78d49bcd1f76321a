"""The commands ``scan``, ``rewrite`` and ``explain``: their options and help. What they do is elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from migrate import contract

_CONTEXT = {"max_content_width": 100}
_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _formats() -> list[str]:
    from migrate.report import RENDERERS  # noqa: PLC0415

    return list(RENDERERS)


class Format(click.ParamType[str]):
    """The name of a report format; the list is imported only when it is needed."""

    name = "format"

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:  # noqa: ARG002
        """Shown in the help."""
        return "[" + "|".join(_formats()) + "]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name itself, if there is such a format."""
        return str(click.Choice(_formats()).convert(value, param, ctx))


EXCLUDE = click.option(
    "--exclude", multiple=True, metavar="PATTERN", help="Leave files out, as .gitignore would."
)
JOBS = click.option(
    "--jobs", "-j", type=click.IntRange(min=1), help="Processes.  [default: one per processor]"
)
SEARCH: tuple[_Decorator, ...] = (
    click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]..."),
    EXCLUDE,
    click.option("--stdin-filename", metavar="NAME", help="What `-` (standard input) is to be taken for."),
    JOBS,
)
MEANING: tuple[_Decorator, ...] = (
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
    click.option("--docs/--no-docs", default=None, help="Rewrite samples in documents too, not links alone."),
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
SCOPE: tuple[_Decorator, ...] = (
    click.option("--baseline", metavar="FILE", help="Accept the uses that FILE knows; ask about new ones."),
    click.option("--since", metavar="REV", help="Ask only about lines that changed since leaving REV."),
    click.option(
        "--fail-on",
        type=click.Choice(["any", "rewrite", "review"]),
        help="What makes the exit status 1: what can be rewritten, or what a person must do.  [default: any]",
    ),
)
OUTPUT_FILE = click.option(
    "--output", "-o", metavar="FILE", help="Write the report there instead of standard output."
)
REPORT_FILES = click.option(
    "--report",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write a further report; can be given several times.",
)
QUIET = click.option("--quiet", "-q", is_flag=True, help="Only results and errors.")
OUTPUT: tuple[_Decorator, ...] = (
    click.option("--format", "-f", "format", type=Format(), help="How to report.  [default: text]"),
    OUTPUT_FILE,
    REPORT_FILES,
    QUIET,
    click.option("--verbose", "-v", is_flag=True, help="Also what is clean, not ours, or explains itself."),
    click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        help="Whether to use colours.  [default: auto: on a terminal, unless NO_COLOR is set]",
    ),
    click.option("--exit-zero/--no-exit-zero", default=None, help="Exit with 0 instead of 1."),
)


def with_options(*options: _Decorator) -> _Decorator:
    """Give a command these options, in this order."""

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@click.command(context_settings=_CONTEXT)
@with_options(
    *SEARCH,
    *MEANING,
    *SCOPE,
    click.option("--write-baseline", metavar="FILE", help="Save all uses found as known, for --baseline."),
    *OUTPUT,
)
@click.pass_context
def scan(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:
    """List uses of the deprecated endpoints. Never writes.

    PATH: files and folders (the current one if none is named), or `-` for standard input.

    Exit status: 0 nothing found, 1 uses found, 2 wrong usage, 3 nothing could be scanned, 4 a file failed.
    """
    from migrate.execute import execute  # noqa: PLC0415

    ctx.exit(execute("scan", paths, options))


@click.command(context_settings=_CONTEXT)
@with_options(
    *SEARCH,
    click.option("--write", is_flag=True, help="Change the files. Without it nothing is written."),
    click.option("--patch", metavar="FILE", help="Save the changes as a patch for `git apply`."),
    click.option("--force", is_flag=True, help="Write without git, or with uncommitted changes."),
    click.option(
        "--interactive",
        "-i",
        is_flag=True,
        help="Ask for each change, then write (or --patch) what was taken.",
    ),
    click.option(
        "--annotate", is_flag=True, help="Leave a comment where a person must act; take solved ones away."
    ),
    *MEANING,
    *SCOPE,
    *OUTPUT,
)
@click.pass_context
def rewrite(ctx: click.Context, /, paths: tuple[str, ...], **options: Any) -> None:
    """Show what would be rewritten, as a diff; with --write, rewrite it.

    PATH: files and folders (the current one if none is named), or `-` for standard input: then the diff,
    or with --write the whole new text, goes to standard output.

    Exit status: 0 nothing to change or everything migrated, 1 something would change or is left for a
    person, 2 wrong usage or refused to write, 3 nothing could be scanned, 4 a file failed.
    """
    from migrate.execute import execute  # noqa: PLC0415

    ctx.exit(execute("rewrite", paths, options))


@click.command(context_settings=_CONTEXT)
@click.argument("kind", required=False)
def explain(kind: str | None) -> None:
    """Tell what a KIND of use is, why it matters, and what becomes of it. Without KIND: list them."""
    from migrate.explain import explained, listed  # noqa: PLC0415

    click.echo(listed() if kind is None else explained(kind))
