"""What is seen while a fleet is worked on: a live line on a terminal, else a line for each repository."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from migrate.cli import say
from migrate.report.words import count, visible


@dataclass(slots=True)
class Counts:
    """So far. done: repositories; unchanged: those whose cached result still holds."""

    total: int
    done: int = 0
    unchanged: int = 0
    uses: int = 0
    failures: int = 0

    @property
    def text(self) -> str:
        """In words."""
        cached = f" ({self.unchanged:,} unchanged)" if self.unchanged else ""
        return (
            f"{self.done:,} of {count(self.total, 'repository', 'repositories')}{cached}, "
            f"{count(self.uses, 'use')}, {count(self.failures, 'failure')}"
        )


@dataclass(frozen=True, slots=True)
class Step:
    """A repository that is done. uses: open ones; failure: why it failed, "" where it did not."""

    name: str
    uses: int = 0
    failure: str = ""
    unchanged: bool = False


@contextmanager
def watching(
    total: int, stream: TextIO | None = None, *, quiet: bool = False
) -> Iterator[Callable[[Step], None]]:
    """A function to be told of each repository that is done. stream: standard error by default."""
    counts = Counts(total)
    stream = stream or sys.stderr
    if quiet or stream is None:
        yield lambda step: _count(counts, step)
    elif stream.isatty():
        with _live(counts, stream) as update:
            yield update
    else:
        yield lambda step: _line(counts, step)
        say(f"{counts.text}.")


def _count(counts: Counts, step: Step) -> None:
    counts.done += 1
    counts.unchanged += step.unchanged
    counts.uses += step.uses
    counts.failures += bool(step.failure)


def _line(counts: Counts, step: Step) -> None:
    _count(counts, step)
    if step.unchanged:  # a thousand lines that say nothing would hide those that do
        return
    said = f"failed: {' '.join(step.failure.split())}" if step.failure else count(step.uses, "use")
    say(visible(f"[{counts.done}/{counts.total}] {step.name}: {said}"))


@contextmanager
def _live(counts: Counts, stream: TextIO) -> Iterator[Callable[[Step], None]]:
    from rich.console import Console  # noqa: PLC0415 (only on a terminal)
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console = Console(file=stream)
    columns = (BarColumn(), TextColumn("{task.description}", markup=False), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(counts.text, total=counts.total)

        def update(step: Step) -> None:
            _count(counts, step)
            bar.update(task, completed=counts.done, description=counts.text)

        yield update
