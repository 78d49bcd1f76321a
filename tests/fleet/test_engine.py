"""Engines: local processes and Dask, and workers that die."""

import os
import re
import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from migrate.errors import UsageError
from migrate.fleet.engine import answers, engine
from migrate.fleet.model import Repository
from migrate.fleet.scanning import Fleet, scanned, whole
from migrate.fleet.state import State
from migrate.fleet.task import Answer, Task
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


def test_error_of_a_task_is_that_of_its_repository():
    """Whatever comes out of a worker, the others go on."""
    found = {each.name: each.failure for each in answers(engine("processes", 2), break_for_one, tasks(4))}
    assert [name for name, failure in found.items() if failure] == ["r1"]


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
