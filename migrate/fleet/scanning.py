"""``fleet scan``: ask where each repository is, scan what has changed, and record it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from typing import Any

from migrate import errors, git
from migrate.accounts import State as UseState
from migrate.fleet import checkout, coding
from migrate.fleet.engine import Engine, answers
from migrate.fleet.model import Record, Repository, Status
from migrate.fleet.state import Place, State
from migrate.fleet.task import Answer, Task, examine, key_of
from migrate.fleet.view import Step, watching
from migrate.model import FileResult, Run

_ASKING = 16
"""Servers asked at the same time where a repository's head is."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """Everything that one run works with.

    cache: folder of clones wherever work is done, "" for the default there. settings: options of the
    scan as sorted pairs, by their parameter's name. timeout: seconds for each repository, 0 for any.
    """

    state: State
    repositories: Sequence[Repository]
    engine: Engine
    cache: str
    settings: tuple[tuple[str, Any], ...] = ()
    quiet: bool = False
    timeout: float = 0

    @property
    def clones(self) -> str:
        """The folder of clones on this machine."""
        return self.cache or checkout.default_cache()

    @property
    def names(self) -> list[str]:
        """Of the repositories of this run."""
        return [each.name for each in self.repositories]

    def records(self) -> list[Record]:
        """What the state knows of the repositories of this run."""
        return self.state.repositories(self.names)


def scanned(fleet: Fleet) -> list[Record]:
    """Scan what has changed since the last time, and return where all repositories stand."""
    fleet.state.add(fleet.repositories)
    with watching(len(fleet.repositories), quiet=fleet.quiet) as told:

        def done(answer: Answer) -> None:
            told(_recorded(fleet, answer))

        with closing(answers(fleet.engine, examine, _changed(fleet, done))) as coming:
            for answer in coming:
                done(answer)
    fleet.state.forget_unused()
    return fleet.records()


def _recorded(fleet: Fleet, answer: Answer) -> Step:
    """Write what became of a repository into the state."""
    if answer.failure:
        fleet.state.set_status(answer.name, Status.FAILED, answer.failure)
        return Step(answer.name, failure=answer.failure)
    key = key_of(answer.tree, fleet.settings)
    result = None if answer.summary is None else (answer.summary, answer.run)
    fleet.state.record(answer.name, Place(answer.head, answer.tree, answer.branch), key, result)
    summary = answer.summary or fleet.state.repository(answer.name).summary
    uses = summary.uses if summary else 0
    failure = summary.reason if summary else ""
    return Step(answer.name, uses, failure, unchanged=result is None)


def _changed(fleet: Fleet, done: Callable[[Answer], None]) -> Iterator[Task]:
    """Tasks for all repositories but those whose head is the one that was scanned: these are done."""

    def ask(task: Task) -> checkout.Head | None:
        if task.known_head:
            with suppress(git.GitError, OSError):  # the worker finds out what is wrong, and tells
                return checkout.head_of(task.repository, fleet.clones)
        return None

    with ThreadPoolExecutor(_ASKING) as threads:
        for task, head in _ahead(threads, ask, _not_plainly_known(fleet, done)):
            if head is not None and head.commit == task.known_head:
                done(Answer(task.repository.name, head.commit, task.known_tree, head.branch))
            else:
                yield replace(task, head=head)


def _not_plainly_known(fleet: Fleet, done: Callable[[Answer], None]) -> Iterator[Task]:
    """All tasks but those of folders whose own files name the head that was scanned: these are done."""
    for task in _tasks(fleet):
        head = checkout.plain_head(task.repository) if task.known_head else None
        if head is not None and head.commit == task.known_head:
            done(Answer(task.repository.name, head.commit, task.known_tree, head.branch))
        else:
            yield task


def _ahead(
    threads: ThreadPoolExecutor, ask: Callable[[Task], checkout.Head | None], tasks: Iterable[Task]
) -> Iterator[tuple[Task, checkout.Head | None]]:
    """Tasks with the answer to a question, in their order; so many are asked ahead as threads can."""
    asked: deque[tuple[Task, Any]] = deque()
    for task in tasks:
        asked.append((task, threads.submit(ask, task)))
        if len(asked) >= _ASKING * 2:
            first, future = asked.popleft()
            yield first, future.result()
    for first, future in asked:
        yield first, future.result()


def _tasks(fleet: Fleet) -> Iterator[Task]:
    for name in fleet.names:
        record = fleet.state.repository(name)
        is_known = bool(record.result) and record.result == key_of(record.tree, fleet.settings)
        yield Task(
            record.repository,
            fleet.settings,
            fleet.cache,
            record.head if is_known else "",
            record.tree if is_known else "",
            fleet.timeout,
        )


def whole(fleet: Fleet, command: str) -> Run:
    """The results of all repositories as one run, each path below its repository's name."""
    files: list[FileResult] = []
    notes: list[str] = []
    searched = 0
    for record in fleet.records():
        if record.status is Status.FAILED:
            notes.append(f"{record.repository.name} failed: {record.reason}")
        data = fleet.state.run_of(record.result) if record.result else None
        if data is not None:
            run = coding.moved(coding.decode(data), record.repository.name)
            files += run.files
            notes += [f"{record.repository.name}: {note}" for note in run.notes]
            searched += run.searched or 0
    return Run(command, tuple(sorted(files, key=lambda each: each.path)), False, searched, tuple(notes))


def status_of(records: Sequence[Record], *, exit_zero: bool, committed: bool = False) -> int:
    """The exit status: 4 where something failed, else 1 where something is left to do, else 0.

    committed: what can be rewritten is on branches now, so that only what is left for a person counts.
    """
    if any(each.failed for each in records):
        return errors.EXIT_FAILED
    summaries = [each.summary for each in records if each.summary is not None]
    left = sum(each.uses - (each.count(UseState.REWRITE) if committed else 0) for each in summaries)
    return errors.EXIT_FOUND if left and not exit_zero else errors.EXIT_OK
