"""Where the work is done: behind `concurrent.futures.Executor`, whatever stands behind that.

Only so many tasks are handed out as can be worked on soon, so that memory does not grow with the
number of repositories. A worker process that dies takes nothing with it but its own repository.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing import active_children, connection, get_context, parent_process
from typing import Any

from migrate.errors import MigrateError, UsageError, install
from migrate.fleet.task import Answer, Task, took_longer

Work = Callable[[Task], Answer]
ENGINES = ("processes", "dask")
_AHEAD = 2
"""Tasks handed out for each worker: one in work, one that waits."""
_LOOK = 5.0
"""Seconds without an answer after which it is looked whether workers can be reached at all."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What runs tasks.

    executor: makes a new one with so many workers at most; width: number of workers; close: what to do
    at the end; lost: what there is to say where no worker can be reached any more, "" otherwise.
    """

    executor: Callable[[int], Executor]
    width: int
    close: Callable[[], None] = field(default=lambda: None)
    lost: Callable[[], str] = field(default=lambda: "")


class EngineLostError(MigrateError):
    """What hands out the work is gone. Nothing is wrong with the repositories that are left."""


def engine(name: str, jobs: int = 0, scheduler: str = "") -> Engine:
    """An engine by name. jobs: processes (0: one per processor). scheduler: Dask's address.

    Raises UsageError.
    """
    if name == "dask":
        return _dask(scheduler)
    if scheduler:
        raise UsageError("--scheduler is for another engine.", "Add --engine dask, or leave it out.")
    width = jobs or len(os.sched_getaffinity(0))
    context = get_context("forkserver")
    context.set_forkserver_preload(["migrate.fleet.preload"])
    return Engine(lambda most: ProcessPoolExecutor(most, context, _begin), width)


def _begin() -> None:
    """Leave Ctrl-C to the process that hands out the work, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _dask(scheduler: str) -> Engine:
    try:
        from distributed import Client  # noqa: PLC0415 (an extra)
    except ModuleNotFoundError:
        raise UsageError(
            "--engine dask needs the module distributed, which is not installed.",
            install("dask"),
        ) from None
    if not scheduler:
        raise UsageError("--engine dask needs to know its scheduler.", "Add --scheduler tcp://HOST:8786")
    try:
        client: Any = Client(scheduler, timeout=10, set_as_default=False)  # type: ignore[no-untyped-call]
        width = sum(client.ncores().values())
    except (OSError, ValueError, TypeError) as error:
        raise UsageError(
            f"{scheduler}: there is no Dask scheduler that answers: {error}",
            "Start one: dask scheduler; its address is in what it says.",
        ) from None
    if not width:
        client.close()
        raise UsageError(f"{scheduler} has no workers.", f"Start some: dask worker {scheduler} --nthreads 1")

    def executor(_most: int) -> Executor:
        made: Executor = client.get_executor(pure=False)
        return made

    def lost() -> str:
        return "" if client.status == "running" else f"The Dask scheduler at {scheduler} is gone."

    return Engine(executor, width, client.close, lost)


def answers(used: Engine, work: Work, tasks: Iterable[Task]) -> Generator[Answer, None, None]:
    """An answer for each task, as they come in. No worker is started for no task.

    Where a worker process dies, the tasks that it could have been working on are done again, each
    with a worker of its own; the one with which it dies again fails.

    Raises EngineLostError.
    """
    left = iter(tasks)
    for first in left:
        suspects = yield from _until_broken(used, work, chain([first], left))
        for task in suspects:
            yield _alone(used, work, task)


def _alone(used: Engine, work: Work, task: Task) -> Answer:
    began = time.monotonic()
    with _executing(used, 1) as executor:
        try:
            return executor.submit(work, task).result()
        except BrokenProcessPool:
            if task.timeout and time.monotonic() - began > task.timeout:
                return Answer(task.repository.name, failure=took_longer(task))
            return Answer(task.repository.name, failure=_died("the worker process ended"))
        except Exception as error:  # noqa: BLE001 (whatever an engine says of this task)
            return _failed(used, task, error)


def _until_broken(used: Engine, work: Work, tasks: Iterator[Task]) -> Generator[Answer, None, list[Task]]:
    """Work on tasks. Returns those under way when a worker process died."""
    running: dict[Future[Answer], Task] = {}
    lost: list[Task] = []
    with _executing(used, used.width) as executor:
        try:
            while not lost:
                lost = _hand_out(executor, work, tasks, running, used.width * _AHEAD)
                if not running:
                    break
                done, _ = wait(running, _LOOK, return_when=FIRST_COMPLETED)
                if not done:
                    _check(used)
                for future in done:
                    task = running.pop(future)
                    try:
                        yield future.result()
                    except BrokenProcessPool:
                        lost.append(task)
                    except Exception as error:  # noqa: BLE001 (whatever an engine says of it)
                        yield _failed(used, task, error)
            return [*lost, *running.values()]
        finally:
            for future in running:
                future.cancel()


@contextmanager
def _executing(used: Engine, most: int) -> Iterator[Executor]:
    executor = used.executor(most)
    try:
        yield executor
    except (KeyboardInterrupt, GeneratorExit):  # what is under way can take minutes, and is done again
        for process in active_children():
            process.terminate()
        raise
    finally:
        executor.shutdown(wait=not used.lost())


def _hand_out(
    executor: Executor, work: Work, tasks: Iterator[Task], running: dict[Future[Answer], Task], most: int
) -> list[Task]:
    """Hand out tasks until so many are under way. Returns the one that found the workers broken."""
    while len(running) < most:
        task = next(tasks, None)
        if task is None:
            break
        try:
            running[executor.submit(work, task)] = task
        except BrokenProcessPool:
            return [task]
    return []


def _failed(used: Engine, task: Task, error: BaseException) -> Answer:
    """What an engine says of a task, unless it is the engine itself that failed."""
    _check(used, "The engine dropped what it was given." if isinstance(error, CancelledError) else "")
    said = f"{type(error).__name__}: {error}"
    is_dead = type(error).__name__ == "KilledWorker"  # of distributed, which need not be installed
    return Answer(task.repository.name, failure=_died(said) if is_dead else f"it could not be run: {said}")


def _check(used: Engine, otherwise: str = "") -> None:
    said = used.lost() or otherwise
    if said:
        raise EngineLostError(
            said, "What is done is kept. To go on, start it and run the same command again."
        )


def _died(said: str) -> str:
    return f"its worker died while it was scanned, for want of memory perhaps ({said})"
