"""Programs of corpus/programs, really run before and after the rewrite against the recording server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from migrate import contract
from tests import corpus
from tests.recording_server import Recorded, RecordingServer
from tests.test_corpus_python import compare

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Program:
    """One program and what its ``expect.toml`` says.

    review: kinds of which one must be reported (then nothing may change); noted: kinds of which one
    must be reported, whatever is rewritten; either: both a right rewrite and a report are good, in any
    mixture; untouched: neither is to be done.
    """

    name: str
    files: dict[str, bytes]
    review: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    either: bool = False
    untouched: bool = False
    flags: tuple[str, ...] = ()
    run: str = "main.py"


def programs() -> list[Program]:
    """All programs, by name."""
    found = []
    for folder in sorted((corpus.CORPUS / "programs").iterdir()):
        contents = corpus.files(folder)
        settings = tomllib.loads(contents.pop("expect.toml", b"").decode())
        lists = {key: tuple(value) if isinstance(value, list) else value for key, value in settings.items()}
        found.append(Program(folder.name, contents, **lists))
    return found


PROGRAMS = programs()


def execute(
    program: Program, folder: Path, server: RecordingServer, *, may_stop: bool = False
) -> tuple[str, list[Recorded]]:
    """Standard output of one run of a program, and the requests that it sent.

    may_stop: it may miss a key of an answer, since what reads it was left for review.
    """
    done = subprocess.run(
        [sys.executable, "-B", program.run],
        cwd=folder,
        env={**os.environ, "NORTHFLANK_API_URL": server.url, "PYTHONHASHSEED": "0"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    stopped = may_stop and "KeyError" in done.stderr
    assert done.returncode == 0 or stopped, done.stdout + done.stderr
    return done.stdout, server.clear()


def rewrite(folder: Path, flags: tuple[str, ...]) -> dict[str, Any]:
    """Run the command over a folder, written in place; its JSON report."""
    command = [
        sys.executable,
        "-m",
        "migrate",
        "rewrite",
        "--write",
        "--force",
        "--format",
        "json",
        *flags,
        ".",
    ]
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def shown(report: dict[str, Any]) -> str:
    """What was found, to read in a failed test."""
    lines = [f"{each['path']}: {each['outcome']} {each.get('reason', '')}" for each in report["files"]]
    for use in report["uses"]:
        lines.append(f"{use['path']}:{use['line']} {use['action']} {use['kind']}: {use['message']}")
    return "\n".join(lines)


def prepare(program: Program, folder: Path) -> Path:
    """A copy of a program in a folder of its own."""
    copy = folder / program.name
    corpus.write(program.files, copy)
    return copy


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda each: each.name)
def test_program(program: Program, tmp_path: Path, recording_server: RecordingServer) -> None:
    """After the rewrite every request is the contract's translation and the output is the same."""
    folder = prepare(program, tmp_path)
    output, before = execute(program, folder, recording_server)
    start = {path: data for path, data in corpus.files(folder).items() if path in program.files}
    report = rewrite(folder, program.flags)
    now = {path: data for path, data in corpus.files(folder).items() if path in program.files}
    left = [use for use in report["uses"] if use["action"] == "review"]

    assert before
    if program.untouched or program.review:
        assert now == start
    if program.untouched:
        assert not report["uses"], shown(report)
        return
    if wanted := {*program.review, *program.noted}:
        assert {use["kind"] for use in left} & wanted, shown(report)
        assert all(use["message"] for use in left)
    elif not program.either:
        assert not left, shown(report)
    if now == start:
        assert left, shown(report)
        assert wanted or program.either, shown(report)
        return
    after_output, after = execute(program, folder, recording_server, may_stop=bool(left))
    compare(before, after, partly=bool(left))
    assert left or after_output == output
    if not left:
        assert not [
            each for each in after if contract.match_request(each.method, each.path.partition("?")[0])
        ]


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda each: each.name)
def test_program_before(program: Program, tmp_path: Path, recording_server: RecordingServer) -> None:
    """The program itself works: the API accepts what it sends to a job route."""
    _, requests = execute(program, prepare(program, tmp_path), recording_server)
    sent = [each for each in requests if each.route]

    assert sent
    assert [each.status for each in sent if each.status >= 300] == (
        [400] if "conflict" in program.name else []
    )


def test_there_are_enough_programs() -> None:
    """At least 25 programs are run."""
    assert len(PROGRAMS) >= 25
