"""``fleet status``: reads the state, asks hosts and the shim's record where that is wanted, renders."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from migrate.errors import UsageError
from migrate.fleet.burndown import Burndown, burndown, findings
from migrate.fleet.model import Record
from migrate.fleet.state import State
from migrate.proxy.report import Usage
from migrate.proxy.usage import Store
from migrate.report import RenderOptions

FORMATS = ("table", "json", "html")


def status_of(state: State, usage: str | None = None, now: float | None = None) -> Burndown:
    """All that the state holds, joined with the record of calls that the shim wrote.

    usage: the record's file. Raises UsageError where it can't be read.
    """
    records = state.repositories()
    moment = time.time() if now is None else now
    joined = _usage(usage, records, moment) if usage else None
    return burndown(records, state.history(), moment, joined)


def rendered(found: Burndown, form: str, options: RenderOptions) -> str:
    """The status in one of `FORMATS`."""
    render: Callable[[Burndown, RenderOptions], str] = importlib.import_module(
        f"migrate.fleet.status_{form}"
    ).render
    return render(found, options)


def _usage(path: str, records: Sequence[Record], now: float) -> Usage:
    if not Path(path).is_file():
        raise UsageError(f"{path}: there is no record of calls.", "Name that of the proxy: --usage FILE")
    store = Store(path)
    try:
        return Usage(now, list(store.calls().items()), store.watched(), findings(records))
    finally:
        store.close()
