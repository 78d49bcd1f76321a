"""Where the work is done: behind `concurrent.futures.Executor`, whatever stands behind that.

Only so many tasks are handed out as can be worked on soon, so that memory does not grow with the
number of repositories. A worker process that dies takes nothing with it but its own repository.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import active_children, connection, get_context, parent_process
from typing import Any

from migrate.errors import UsageError
from migrate.fleet.task import Answer, Task

Work = Callable[[Task], Answer]
ENGINES = ("processes", "dask")
_AHEAD = 2
"""Tasks handed out for each worker: one in work, one that waits."""


@dataclass(frozen=True, slots=True)
class Engine:
    """executor: makes a new one; width: number of workers; close: what to do at the end."""

    executor: Callable[[], Executor]
    width: int
    close: Callable[[], None] = field(default=lambda: None)


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
    return Engine(lambda: ProcessPoolExecutor(width, context, _begin), width)


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
            "pip install 'nf-migrate[dask]'",
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

    def executor() -> Executor:
        made: Executor = client.get_executor(pure=False)
        return made

    return Engine(executor, width, client.close)


def answers(used: Engine, work: Work, tasks: Iterable[Task]) -> Generator[Answer, None, None]:
    """An answer for each task, as they come in.

    Where a worker process dies, the tasks that it could have been working on are done again, each
    alone; the one with which it dies again fails.
    """
    left = iter(tasks)
    while lost := (yield from _until_broken(used, work, left, used.width * _AHEAD)):
        suspects = iter(lost)
        while guilty := (yield from _until_broken(used, work, suspects, 1)):
            yield Answer(guilty[0].repository.name, failure=_died("the worker process ended"))


def _until_broken(
    used: Engine, work: Work, tasks: Iterator[Task], most: int
) -> Generator[Answer, None, list[Task]]:
    """Work on tasks, at most so many at a time. Returns those under way when a worker process died."""
    running: dict[Future[Answer], Task] = {}
    lost: list[Task] = []
    executor = used.executor()
    try:
        while not lost:
            lost = _hand_out(executor, work, tasks, running, most)
            if not running:
                break
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                task = running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    lost.append(task)
                except Exception as error:  # noqa: BLE001 (whatever an engine says of this task)
                    yield Answer(task.repository.name, failure=_died(f"{type(error).__name__}: {error}"))
        return [*lost, *running.values()]
    except (KeyboardInterrupt, GeneratorExit):  # what is under way can take minutes, and is done again
        for process in active_children():
            process.terminate()
        raise
    finally:
        for future in running:
            future.cancel()
        executor.shutdown()


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


def _died(said: str) -> str:
    return f"its worker died while it was scanned, for want of memory perhaps ({said})"
