"""A progress bar on standard error: on a terminal only, and only when it takes a while."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TextIO

_PATIENCE = 1.0
"""Seconds without a bar."""


@contextmanager
def progress(
    stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic, *, quiet: bool = False
) -> Iterator[Callable[[int, int], None]]:
    """A function to be called with the number of files done and of all.

    stream: where the bar is drawn (standard error); clock: seconds, for tests; quiet: no bar.
    """
    stream = stream or sys.stderr
    if quiet or stream is None or not stream.isatty():
        yield lambda _done, _total: None
        return
    with ExitStack() as stack:
        yield _Bar(stream, clock, stack)


class _Bar:
    def __init__(self, stream: TextIO, clock: Callable[[], float], stack: ExitStack) -> None:
        self._stream = stream
        self._clock = clock
        self._stack = stack
        self._started = clock()
        self._update: Callable[[int, int], None] | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._update is None and done < total and self._clock() - self._started >= _PATIENCE:
            self._update = self._draw()
        if self._update is not None:
            self._update(done, total)

    def _draw(self) -> Callable[[int, int], None]:
        from rich.console import Console  # noqa: PLC0415 (most runs are over by now)
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

        bar = Progress(
            TextColumn("Examining"),
            BarColumn(),
            MofNCompleteColumn(),
            console=Console(file=self._stream),
            transient=True,
        )
        self._stack.enter_context(bar)
        task = bar.add_task("")
        return lambda done, total: bar.update(task, completed=done, total=total)
