"""Engines: local processes and Dask, and workers that die."""

import itertools
import os
import re
import signal
import subprocess
import sys
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import pytest

from migrate.errors import UsageError
from migrate.find.python.module import deeply
from migrate.fleet import limit
from migrate.fleet.engine import EngineLostError, answers, engine
from migrate.fleet.limit import OutOfTimeError, limited
from migrate.fleet.model import Repository, Status
from migrate.fleet.scanning import Fleet, scanned, whole
from migrate.fleet.state import State
from migrate.fleet.task import Answer, Task, took_longer
from migrate.report import RENDERERS, RenderOptions
from tests.fleet.tools import CALL, ROOT, UNCLEAR, bare, environment


def tasks(number):
    """So many."""
    return [Task(Repository(f"r{each}", f"/r{each}")) for each in range(number)]


def answer_or_die(task):
    """Dies for some repositories, as a process does that gets no more memory."""
    if task.repository.name in ("r3", "r11"):
        os.kill(os.getpid(), signal.SIGKILL)
    return Answer(task.repository.name, head=task.repository.location)


def break_for_one(task):
    """Raises what no task should."""
    if task.repository.name == "r1":
        raise RuntimeError("by no means")
    return Answer(task.repository.name)


def test_worker_that_dies_takes_only_its_repository_with_it():
    """Two of twenty repositories kill their process; eighteen have their result."""
    found = {each.name: each for each in answers(engine("processes", 3), answer_or_die, tasks(20))}
    assert len(found) == 20
    assert {name for name, each in found.items() if each.failure} == {"r3", "r11"}
    assert "its worker died" in found["r3"].failure


def test_suspect_is_done_again_in_a_worker_of_its_own():
    """Where one is suspected, no idle worker is there whose death it could be blamed for."""
    used, started = engine("processes", 2), []

    def executor(most):
        started.append(most)
        return used.executor(most)

    found = list(answers(replace(used, executor=executor), answer_or_die, tasks(5)))
    assert len(found) == 5
    assert started[:2] == [2, 1]
    assert set(started[1:]) <= {1, 2}


def test_nothing_to_do_starts_no_worker():
    """What a second run on unchanged repositories costs is not the start of processes."""
    used = replace(engine("processes", 2), executor=None)
    assert list(answers(used, answer, [])) == []


def test_error_of_a_task_is_that_of_its_repository():
    """Whatever comes out of a worker, the others go on."""
    found = {each.name: each.failure for each in answers(engine("processes", 2), break_for_one, tasks(4))}
    assert [name for name, failure in found.items() if failure] == ["r1"]


def hang_for_one(task):
    """Never ends for some repositories, each in another way."""
    try:
        with limited(task.timeout):
            HANGS.get(task.repository.name, list)()
    except OutOfTimeError:
        return Answer(task.repository.name, failure=took_longer(task))
    return Answer(task.repository.name)


def loop():
    """Without end, and catching what it can, as code does that tries one file after another."""
    while True:
        with suppress(Exception):
            sum(range(1000))


def in_thread():
    """As the Python finder runs, to have a larger stack."""
    deeply(loop)


def stuck():
    """A thread that nothing can end."""
    thread = threading.Thread(target=stick)
    thread.start()
    thread.join()


def stick():
    """Waits for what never comes."""
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()


def in_c():
    """Holds the interpreter, so that no signal is looked at; nothing but the end of the process helps."""
    limit._GRACE = 1.0
    with limited(1):
        deque(itertools.repeat(None), maxlen=0)


HANGS = {"r1": loop, "r2": in_thread, "r3": stuck, "r4": in_c}


@pytest.mark.parametrize("name", sorted(HANGS))
def test_repository_that_takes_too_long_fails_with_that_reason(name):
    """However it hangs, all others are done and its own failure tells the limit."""
    several = [
        replace(each, timeout=1.0) for each in tasks(12) if each.repository.name not in HANGS.keys() - {name}
    ]
    found = {each.name: each.failure for each in answers(engine("processes", 1), hang_for_one, several)}
    assert len(found) == 9
    assert {name: "it took longer than 1 seconds (--timeout)"} == {
        name: failure for name, failure in found.items() if failure
    }


def test_thread_that_takes_too_long_is_stopped():
    """As a worker of Dask works: in a thread, where there are no alarms."""
    with ThreadPoolExecutor(1) as threads:
        for hang in ("r1", "r2"):
            late = replace(tasks(5)[int(hang[1])], timeout=0.3)
            assert "took longer" in threads.submit(hang_for_one, late).result().failure
        assert threads.submit(hang_for_one, tasks(1)[0]).result().failure == ""


def test_only_so_many_tasks_are_handed_out():
    """Tasks are made as they are needed, so that memory does not grow with their number."""
    made = []

    def making():
        for each in tasks(50):
            made.append(each)
            yield each

    coming = answers(engine("processes", 2), answer, making())
    ahead = [len(made) - number for number, _ in enumerate(coming)]
    assert max(ahead) <= 8


def answer(task):
    """At once."""
    return Answer(task.repository.name)


class Cluster:
    """A Dask scheduler and workers, each a process of its own, on loopback."""

    def __init__(self, folder, workers):
        self._folder = folder
        self.processes = []
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter"
        )
        self.address = self._said(self.scheduler, r"Scheduler at:\s+(tcp://\S+)")
        self.workers = [
            self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")
            for _ in range(workers)
        ]
        for worker in self.workers:
            self._said(worker, r"Registered to:\s+(tcp://\S+)")

    def _start(self, what, *arguments):
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", what, *arguments],
            cwd=self._folder,
            env=environment(self._folder) | {"PYTHONWARNINGS": "ignore", "PYTHONPATH": str(ROOT)},
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        self.processes.append(process)
        return process

    def _said(self, process, pattern):
        """What a process says of itself; then its output is read away."""
        for line in process.stderr:
            found = re.search(pattern, line)
            if found:
                threading.Thread(target=process.stderr.read, daemon=True).start()
                return found[1]
        raise AssertionError(f"it ended: {process.wait()}")

    def close(self):
        """End all that it started."""
        for process in reversed(self.processes):
            process.kill()
            process.wait()
            process.stderr.close()


@pytest.fixture
def cluster(tmp_path):
    """Three workers."""
    made = Cluster(tmp_path, 3)
    yield made
    made.close()


class Counting(State):
    """A state that calls a function once so many scans are recorded."""

    def __init__(self, path, after, then):
        super().__init__(path)
        self._left = after
        self._then = then

    def record(self, *arguments):
        """As always."""
        status = super().record(*arguments)
        self._left -= 1
        if self._left == 0:
            self._then()
        return status


def outcome(folder, name, used, repositories, then=lambda: None):
    """All that a scan by an engine says, and what the state holds. then: called in the middle."""
    state = Counting(str(folder / f"{name}.sqlite3"), 4, then)
    fleet = Fleet(state, repositories, used, str(folder / f"cache-{name}"), quiet=True)
    try:
        records = scanned(fleet)
        run = whole(fleet, "scan")
        told = {each: render(run, RenderOptions()) for each, render in RENDERERS.items()}
        kept = [state.run_of(each.result) for each in records]
        return told, kept, [replace(each, updated=0) for each in records]
    finally:
        state.close()
        used.close()


def test_dask_with_a_worker_killed_says_the_same_as_local_processes(tmp_path, cluster):
    """One of three workers dies in the middle of the work: byte for byte the same result."""
    repositories = []
    for number in range(12):
        name = f"r{number:02}"
        place = bare(tmp_path, name, {"a.py": CALL, f"{name}.py": UNCLEAR})
        repositories.append(Repository(name, str(place)))
    repositories.append(Repository("nowhere", "/nowhere.git"))
    killed = []

    def kill_one():
        worker = cluster.workers[1]
        worker.send_signal(signal.SIGKILL)
        killed.append(worker.wait())

    used = engine("dask", scheduler=cluster.address)
    assert used.width == 3
    by_dask = outcome(tmp_path, "dask", used, repositories, kill_one)
    assert killed == [-signal.SIGKILL]
    local = outcome(tmp_path, "local", engine("processes", 2), repositories)
    assert by_dask == local
    assert sum(each.summary.uses for each in local[2] if each.summary) == 24


def test_dask_scheduler_that_dies_fails_no_repository(tmp_path, cluster):
    """The run ends with a word; what is done is kept, and the same run with another engine goes on."""
    repositories = [
        Repository(f"r{number:02}", str(bare(tmp_path, f"r{number:02}", {"a.py": CALL, f"{number}.py": ""})))
        for number in range(16)
    ]

    def kill():
        cluster.scheduler.kill()
        cluster.scheduler.wait()

    with pytest.raises(EngineLostError, match="is gone"):
        outcome(tmp_path, "it", engine("dask", scheduler=cluster.address), repositories, kill)
    state = State(str(tmp_path / "it.sqlite3"))
    statuses = {each.status for each in state.repositories()}
    state.close()
    assert statuses == {Status.SCANNED, Status.QUEUED}
    _, _, records = outcome(tmp_path, "it", engine("processes", 2), repositories)
    assert {each.status for each in records} == {Status.SCANNED}


def test_dask_scheduler_that_is_not_there_is_told():
    """No traceback, and what to type."""
    with pytest.raises(UsageError, match="no Dask scheduler") as caught:
        engine("dask", scheduler="tcp://127.0.0.1:1")
    assert "dask scheduler" in caught.value.hint


@pytest.mark.parametrize("address", ["", "nonsense", "http://127.0.0.1:1", "tcp://127.0.0.1:x"])
def test_dask_address_that_is_none_is_told(address):
    """Wrong usage is told as such."""
    with pytest.raises(UsageError):
        engine("dask", scheduler=address)
