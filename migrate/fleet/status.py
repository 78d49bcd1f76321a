"""``fleet status``: reads the state, asks hosts and the shim's record where that is wanted, renders."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from migrate.cli import say
from migrate.errors import UsageError
from migrate.execute import write_output
from migrate.fleet.burndown import Burndown, burndown, findings
from migrate.fleet.commands import default_state
from migrate.fleet.execute import named, needed
from migrate.fleet.model import Record
from migrate.fleet.naming import unique
from migrate.fleet.state import State
from migrate.proxy.report import Usage
from migrate.proxy.usage import Store
from migrate.report import RenderOptions
from migrate.report.words import visible

_MOST_NAMED = 5
FORMATS = ("table", "json", "html")


def status_of(
    state: State,
    usage: str | None = None,
    now: float | None = None,
    names: Collection[str] | None = None,
) -> Burndown:
    """All that the state holds, joined with the record of calls that the shim wrote.

    usage: the record's file. names: of the only repositories to be counted, None for all. Raises
    UsageError where the record can't be read.
    """
    records = state.repositories(names)
    history = [row for row in state.history() if names is None or row.repository in names]
    moment = time.time() if now is None else now
    joined = _usage(usage, records, moment) if usage else None
    return burndown(records, history, moment, joined)


def rendered(found: Burndown, form: str, options: RenderOptions) -> str:
    """The status in one of `FORMATS`."""
    render: Callable[[Burndown, RenderOptions], str] = importlib.import_module(
        f"migrate.fleet.status_{form}"
    ).render
    return render(found, options)


def show(specs: Sequence[str], options: Mapping[str, Any]) -> None:
    """What ``nf-migrate fleet status`` does. specs: REPOS, none for all. Raises MigrateError."""
    path = options["state"] or default_state()
    if not Path(path).is_file():
        raise UsageError(f"{path}: there is no state of a fleet.", "Begin with: nf-migrate fleet scan REPOS")
    state = State(path)
    try:
        if options["refresh"]:
            needed("--refresh needs")
            from migrate.fleet.publishing import refreshed  # noqa: PLC0415 (needs an extra)

            refreshed(state, options)
        names = _names(state, specs, options) if specs else None
        found = status_of(state, options["usage"], names=names)
    finally:
        state.close()
    encoding = "utf-8" if options["output"] else (sys.stdout.encoding or "utf-8")
    shown = RenderOptions(
        color=not options["output"] and sys.stdout.isatty() and not os.environ.get("NO_COLOR"),
        width=shutil.get_terminal_size((100, 40)).columns,
        unicode=encoding.lower().replace("-", "").startswith("utf"),
    )
    text = rendered(found, options["format"], shown)
    write_output(options["output"], text.encode(encoding, "backslashreplace"))


def _names(state: State, specs: Sequence[str], options: Mapping[str, Any]) -> set[str]:
    """Names of the repositories that REPOS names, as the state has them; says which it has not."""
    places = state.places()
    names = {each.name for each in unique(named(specs, options), known=places)}
    unseen = sorted(names - places.keys())
    if unseen:
        more = ", …" if len(unseen) > _MOST_NAMED else ""
        shown = ", ".join(map(visible, unseen[:_MOST_NAMED])) + more
        say(f"note: not scanned yet: {shown}. Scan with: nf-migrate fleet scan REPOS")
    return names & places.keys()


def _usage(path: str, records: Sequence[Record], now: float) -> Usage:
    if not Path(path).is_file():
        raise UsageError(f"{path}: there is no record of calls.", "Name that of the proxy: --usage FILE")
    store = Store(path)
    try:
        return Usage(now, list(store.calls().items()), store.watched(), findings(records))
    finally:
        store.close()
