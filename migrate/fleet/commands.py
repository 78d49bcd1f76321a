"""The commands ``nf-migrate fleet …``: their options and help. What they do is elsewhere."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from migrate.commands import EXCLUDE, JOBS, MEANING, OUTPUT_FILE, QUIET, REPORT_FILES, Format, with_options
from migrate.fleet.engine import ENGINES

_CONTEXT = {"max_content_width": 100}
DEFAULT_BRANCH = "northflank-jobs"

_REPOS = click.argument("repos", nargs=-1, required=True, metavar="REPOS...")
_STATE = click.option(
    "--state", metavar="FILE", help="Where it is kept how far they are.  [default: the user's state folder]"
)
_PLACES = (
    _STATE,
    click.option("--cache", metavar="DIR", help="Where clones are kept.  [default: the user's cache folder]"),
)
_ENGINE = (
    JOBS,
    click.option(
        "--engine", type=click.Choice(ENGINES), default=ENGINES[0], show_default=True, help="Where to scan."
    ),
    click.option("--scheduler", metavar="ADDRESS", help="Of Dask, such as tcp://HOST:8786."),
    click.option(
        "--timeout",
        type=click.IntRange(min=1),
        metavar="SECONDS",
        default=1800,
        show_default=True,
        help="Fail a repository whose fetch and scan take longer.",
    ),
)
_OUTPUT = (
    click.option(
        "--format",
        "-f",
        "format",
        type=Format(),
        help="Report all uses so, instead of a line for each repository.",
    ),
    OUTPUT_FILE,
    REPORT_FILES,
    QUIET,
    click.option("--exit-zero", is_flag=True, help="Exit with 0 instead of 1."),
)
_APIS = (
    click.option(
        "--github-api-url", metavar="URL", envvar="GITHUB_API_URL", help="API of a GitHub Enterprise Server."
    ),
    click.option(
        "--gitlab-api-url", metavar="URL", envvar="CI_API_V4_URL", help="API of a self-managed GitLab."
    ),
)
_PUBLISH = (
    click.option("--push", is_flag=True, help="Push the branch, with your own git. Never by force."),
    click.option(
        "--pull-request",
        is_flag=True,
        help="Push it and open a draft pull request, asking the code's owners.",
    ),
    click.option("--ready", is_flag=True, help="Open pull requests as ready for review, not as drafts."),
    click.option(
        "--per-hour",
        type=click.IntRange(min=0),
        metavar="N",
        help="Open at most N pull requests within any hour; run again for the rest.",
    ),
)


def default_state() -> str:
    """Where the state is kept where nothing else is said: the user's state folder (XDG)."""
    base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return str(Path(base).expanduser() / "nf-migrate" / "fleet.sqlite3")


@click.group(context_settings=_CONTEXT)
def fleet() -> None:
    """Scan and rewrite many repositories, and see how far they are.

    REPOS: a file (TOML, YAML, CSV, or a repository on each line), a folder of checkouts, git URLs and paths
    of repositories, github:ORG or gitlab:GROUP. What is done is kept: a run that was stopped goes on
    where it was.
    """


@fleet.command(context_settings=_CONTEXT)
@_REPOS
@with_options(*_PLACES, *_APIS, *_ENGINE, EXCLUDE, *MEANING, *_OUTPUT)
@click.pass_context
def scan(ctx: click.Context, /, repos: tuple[str, ...], **options: Any) -> None:
    """Count the uses in all repositories: in the last commit of each, as it is on its server.

    Exit status: 0 nothing found, 1 uses found, 2 wrong usage, 3 no repository named, 4 one or more failed.
    """
    from migrate.fleet.execute import execute  # noqa: PLC0415

    ctx.exit(execute("scan", repos, options))


@fleet.command(context_settings=_CONTEXT)
@_REPOS
@with_options(
    click.option(
        "--branch", metavar="NAME", default=DEFAULT_BRANCH, show_default=True, help="Of the commits to make."
    ),
    click.option("--commit", is_flag=True, help="Make one commit in each repository, on that branch."),
    click.option("--dry-run", is_flag=True, help="Only show what would be done.  [default]"),
    *_PUBLISH,
    *_PLACES,
    *_APIS,
    *_ENGINE,
    EXCLUDE,
    *MEANING,
    *_OUTPUT,
)
@click.pass_context
def rewrite(ctx: click.Context, /, repos: tuple[str, ...], **options: Any) -> None:
    """Show what would be rewritten in all repositories; with --commit, make a branch in each.

    With --push or --pull-request the branches are published, too. Tokens are taken from GITHUB_TOKEN (or
    GH_TOKEN) and GITLAB_TOKEN.

    The branch is made in the kept clone, or in a checkout that was named, whose files stay as they are.
    What is not committed there is neither looked at nor changed.

    Exit status: 0 nothing to change, or everything is on branches; 1 something would change or is left for a
    person; 2 wrong usage; 3 no repository named; 4 one or more failed.
    """
    from migrate.fleet.execute import execute  # noqa: PLC0415

    ctx.exit(execute("rewrite", repos, options))


@fleet.command(context_settings=_CONTEXT)
@click.argument("repos", nargs=-1, metavar="[REPOS]...")
@with_options(
    _STATE,
    click.option(
        "--format",
        "-f",
        "format",
        type=click.Choice(["table", "json", "html"]),
        default="table",
        show_default=True,
        help="How to report.",
    ),
    OUTPUT_FILE,
    click.option("--usage", metavar="FILE", help="Join the record of calls that the proxy keeps."),
    click.option("--refresh", is_flag=True, help="Ask the hosts first how the open pull requests stand."),
    *_APIS,
)
def status(repos: tuple[str, ...], **options: Any) -> None:
    """Show how far all repositories are, or those that are named, from the state alone: nothing is scanned.

    Exit status: 0, or 2 for wrong usage.
    """
    from migrate.fleet.status import show  # noqa: PLC0415

    show(repos, options)
