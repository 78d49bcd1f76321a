"""What ``fleet scan`` and ``fleet rewrite`` do, step by step, once the options are parsed."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from migrate.cli import say
from migrate.config import Settings
from migrate.errors import UsageError, install
from migrate.execute import rendered, save, understood, write_output
from migrate.fleet.commands import default_state
from migrate.fleet.commit import checked_branch
from migrate.fleet.engine import engine
from migrate.fleet.listing import listed
from migrate.fleet.model import Record, Repository
from migrate.fleet.naming import unique
from migrate.fleet.overview import overview
from migrate.fleet.rewriting import committed
from migrate.fleet.scanning import Fleet, scanned, status_of, whole
from migrate.fleet.state import State

PUBLISHING = ("push", "pull_request", "ready", "per_hour")
"""Options that publish what was committed, or say how."""

_SCANNED_WITH = (
    "adapt",
    "cli_ready",
    "definitions",
    "dependency_edits",
    "docs",
    "exclude",
    "target_path",
    "templates",
)
"""Options that say what is found; the rest says where, how and how it is told."""


def execute(command: str, specs: Sequence[str], options: Mapping[str, Any]) -> int:
    """Run a command and return its exit status. Raises MigrateError."""
    commits = _checked(options)
    with opened(specs, options) as fleet:
        records = scanned(fleet)
        if commits:
            records = committed(fleet, options["branch"])
        if _publishes(options):
            from migrate.fleet.publishing import published  # noqa: PLC0415 (needs an extra)

            records = published(fleet, options)
        _show(fleet, command, records, options)
    return status_of(records, exit_zero=options["exit_zero"], committed=commits)


def _checked(options: Mapping[str, Any]) -> bool:
    """Whether commits are to be made. Raises UsageError."""
    commits = bool(options.get("commit"))
    if commits and options.get("dry_run"):
        raise UsageError("--dry-run and --commit are opposites.", "Give one of them.")
    if _publishes(options):
        needed("Publishing needs")
        from migrate.fleet.publishing import check  # noqa: PLC0415 (needs an extra)

        check(options)
    if "branch" in options:
        checked_branch(options["branch"])
    understood("scan", (), _given(options), Settings())  # what is wrong is wrong for all repositories
    return commits


def _publishes(options: Mapping[str, Any]) -> bool:
    return any(options.get(name) not in (None, False) for name in PUBLISHING)


def _given(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options as ``nf-migrate scan`` has them."""
    return {
        name: value
        for name, value in options.items()
        if name in (*_SCANNED_WITH, "report", "quiet", "format")
    }


@contextmanager
def opened(specs: Sequence[str], options: Mapping[str, Any]) -> Iterator[Fleet]:
    """A fleet to work with; an interrupt says how to go on. Raises MigrateError."""
    used = engine(options["engine"], options["jobs"] or 0, options["scheduler"] or "")
    try:
        repositories = named(specs, options)
        state = State(options["state"] or default_state())
        try:
            yield Fleet(
                state,
                unique(repositories, known=state.places()),
                used,
                options["cache"] or "",
                settings_of(options),
                options["quiet"],
                options["timeout"],
            )
        except KeyboardInterrupt:
            say("What is done is kept. To go on, run the same command again.")
            raise
        finally:
            state.close()
    finally:
        used.close()


def settings_of(options: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Options of the scan that were given, sorted."""
    return tuple(
        sorted((name, options[name]) for name in _SCANNED_WITH if options.get(name) not in (None, ()))
    )


def named(specs: Sequence[str], options: Mapping[str, Any]) -> list[Repository]:
    """The repositories that REPOS names. Raises MigrateError."""

    def on_host(spec: str) -> Iterator[Repository]:
        hosts = needed(f"{spec} needs")
        with hosts.connected(options, say) as opened:
            yield from hosts.listed(spec, opened, _skipped)

    return listed(specs, on_host)


def needed(what: str) -> ModuleType:
    """The package of hosts. what: needs it, for the message. Raises UsageError where an extra is missing."""
    try:
        return importlib.import_module("migrate.fleet.hosts")
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{what} the module {error.name}, which is not installed.", install("fleet")
        ) from None


def _skipped(name: str, why: str) -> None:
    say(f"note: {name} is passed over: {why}")


def _show(fleet: Fleet, command: str, records: Sequence[Record], options: Mapping[str, Any]) -> None:
    request = understood(command, (), _given(options), Settings())
    if options["format"] or options["report"]:
        run = whole(fleet, command)
        for each in options["report"]:
            name, _, path = each.partition("=")
            save(path, rendered(request, run, name, path))
        if options["format"]:
            write_output(options["output"], rendered(request, run, options["format"], options["output"]))
            return
    encoding = (sys.stdout.encoding if sys.stdout is not None else None) or "utf-8"
    write_output(options["output"], overview(records).encode(encoding, "backslashreplace"))
