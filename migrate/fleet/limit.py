"""Ends work that takes too long, wherever it hangs.

In a worker process an alarm raises in the middle of the work. Where that does not help (a C extension
that holds the interpreter, or a thread that goes on), the process is ended by the thread of
`faulthandler`, which needs no interpreter. In a thread of another program (Dask) there are no alarms:
the exception is set on the thread, and comes where it next runs Python.
https://docs.python.org/3/library/signal.html, https://docs.python.org/3/library/faulthandler.html,
https://docs.python.org/3/c-api/init.html#c.PyThreadState_SetAsyncExc
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import parent_process
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

_AGAIN = 5.0
"""Seconds until it is raised again, should the first time have been in a place that swallows it."""
_GRACE = 15.0
"""Seconds that the work has to end after it was told to."""
_TO_ANSWER = 2.0
"""Seconds in which a process that has to end can still hand over its answer."""


class OutOfTimeError(KeyboardInterrupt):
    """The work took too long. An interrupt, which all code that catches everything lets pass."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise OutOfTimeError in what is inside once it took so many seconds (0: never)."""
    if not seconds:
        yield
        return
    others = frozenset(threading.enumerate())
    on_main = threading.current_thread() is threading.main_thread()
    with (_by_alarm if on_main else _by_timer)(seconds, lambda: _started_since(others)):
        yield


def _started_since(others: frozenset[threading.Thread]) -> list[threading.Thread]:
    """Threads that the work started and that a process would wait for."""
    return [each for each in threading.enumerate() if each not in others and not each.daemon]


Threads = Callable[[], list[threading.Thread]]


@contextmanager
def _by_alarm(seconds: float, threads: Threads) -> Iterator[None]:
    before = signal.signal(signal.SIGALRM, _raise)
    _end_process_in(seconds + _GRACE)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    except OutOfTimeError:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for each in threads():
            _set_on(each.ident, OutOfTimeError)
            each.join(1)
        goes_on = bool(threads())
        _end_process_in(_TO_ANSWER if goes_on else 0)
        _state.is_ending = goes_on
        raise
    else:
        signal.setitimer(signal.ITIMER_REAL, 0)
        _end_process_in(0)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _raise(*_: Any) -> NoReturn:
    raise OutOfTimeError


def _end_process_in(seconds: float) -> None:
    """End the process later, or not (0). Only a worker of ours, which is started anew."""
    if parent_process() is None or _state.is_ending:
        return
    faulthandler.cancel_dump_traceback_later()
    if seconds:
        _state.nowhere = _state.nowhere or Path(os.devnull).open("wb")  # noqa: SIM115 (until the process ends)
        faulthandler.dump_traceback_later(seconds, exit=True, file=_state.nowhere)


@dataclass
class _State:
    """Of a worker process. is_ending: it will be ended, whatever task it takes up meanwhile."""

    nowhere: BinaryIO | None = None
    is_ending: bool = False


_state = _State()


@contextmanager
def _by_timer(seconds: float, threads: Threads) -> Iterator[None]:
    worker = threading.get_ident()

    def stop() -> None:
        for thread in [*(each.ident for each in threads()), worker]:
            _set_on(thread, OutOfTimeError)

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        _set_on(worker, None)  # what was set too late to be raised


def _set_on(thread: int | None, error: type[BaseException] | None) -> None:
    if thread is not None:
        raised = None if error is None else ctypes.py_object(error)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
