"""Every case of corpus/javascript: what is found, what becomes of it, and what Node then sends."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from migrate import contract
from migrate.model import Outcome
from tests import corpus, tools
from tests.corpus import Case
from tests.need import need
from tests.recording_server import Recorded, RecordingServer
from tests.test_corpus_python import check_reviews, compare, named, told

CASES = corpus.cases("javascript")
RUNNABLE = [case for case in CASES if case.run]
OLD_CLIENT, NEW_CLIENT = "0.7.27", "0.9.5"
LIBRARIES = (
    "axios@1.7.9",
    "got@14.4.5",
    "ky@1.7.4",
    "undici@6.21.0",
    "superagent@10.1.1",
    "nock@14.0.0",
    "node-fetch@3.3.2",
    "typescript@5.9.3",
    "@types/node@20.17.10",
)


def packages(version: str) -> Path:
    """The ``node_modules`` folder with a version of the API's client and the HTTP libraries."""
    return tools.npm(f"{contract.JS_CLIENT_PACKAGE}@{version}", *LIBRARIES)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current directory."""
    folder = tmp_path / "case"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("case", CASES, ids=named)
def test_case(case: Case, place: Path) -> None:
    """The case ends as its file says: rewritten, left for review, or not touched at all."""
    run, after = corpus.migrate(case.before, case.options(), place)

    assert Outcome.FAILED not in {each.outcome for each in run.files}, told(run)
    if case.after is not None:
        wanted = {name: data.decode() for name, data in case.after.items()}
        assert {name: data.decode() for name, data in after.items()} == wanted, told(run)
    elif case.stays:
        assert after == case.before, told(run)
    else:
        assert after != case.before, told(run)
    check_reviews(case, run)


@pytest.mark.parametrize("case", [case for case in CASES if not case.stays], ids=named)
def test_second_pass(case: Case, place: Path) -> None:
    """The result is stable: a second pass changes nothing more."""
    _, after = corpus.migrate(case.before, case.options(), place)
    _, again = corpus.migrate(after, case.options(), place)

    assert again == after


@pytest.mark.parametrize("old", [OLD_CLIENT, NEW_CLIENT])
@pytest.mark.parametrize("case", RUNNABLE, ids=named)
def test_requests(case: Case, old: str, place: Path, recording_server: RecordingServer) -> None:
    """Run before with the old or the new client and after with the new one: same meaning, same output."""
    run, after = corpus.migrate(case.before, case.options(), place)
    before_output, before = execute(case, case.before, place / "before", recording_server, old)
    after_output, sent = execute(case, after, place / "after", recording_server, NEW_CLIENT)

    assert before, "the case sends nothing"
    assert all(each.status < 300 for each in before), before
    compare(before, sent, partly=bool(corpus.reviews(run)))
    assert before_output == after_output
    if after != case.before and not corpus.reviews(run):
        assert all(each.route == "new" for each in sent), sent


def execute(
    case: Case, contents: dict[str, bytes], folder: Path, server: RecordingServer, version: str
) -> tuple[str, list[Recorded]]:
    """Output of the case's file under Node, with the API's address replaced, and its requests."""
    modules = packages(version)
    local = {
        name: data.replace(contract.BASE_URL.encode(), server.url.encode()) for name, data in contents.items()
    }
    host = f"{server.host}:{server.port}".encode()
    local = {name: data.replace(contract.HOST.encode(), host) for name, data in local.items()}
    corpus.write(local, folder)
    (folder / "node_modules").symlink_to(modules, target_is_directory=True)
    start = case.run
    if start.endswith((".ts", ".mts")):
        compile_types(folder, emit=True)
        start = start[:-2] + "js"
    done = subprocess.run(
        [need("node"), start],
        cwd=folder,
        env={**os.environ, "NORTHFLANK_API_URL": server.url, "NODE_NO_WARNINGS": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, server.clear()


def compile_types(folder: Path, *, emit: bool = False) -> None:
    """Check a folder's types with the TypeScript compiler, as strictly as it can. emit: and compile it."""
    files = [path for path in folder.rglob("*.*ts*") if "node_modules" not in path.relative_to(folder).parts]
    compiler = folder / "node_modules" / "typescript" / "bin" / "tsc"
    options = ["--strict", "--skipLibCheck", "--target", "es2022", "--module", "nodenext"]
    options += ["--moduleResolution", "nodenext", "--resolveJsonModule"]
    done = subprocess.run(
        [need("node"), str(compiler), *options, *([] if emit else ["--noEmit"]), *map(str, files)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


TYPED = [case for case in CASES if case.name.startswith("typed_")]


@pytest.mark.parametrize("case", TYPED, ids=named)
def test_types(case: Case, place: Path) -> None:
    """A TypeScript case is well typed before with the old and the new client, and after with the new one."""
    _, after = corpus.migrate(case.before, case.options(), place)
    for contents, version in ((case.before, OLD_CLIENT), (case.before, NEW_CLIENT), (after, NEW_CLIENT)):
        folder = place / "types"
        shutil.rmtree(folder, ignore_errors=True)
        corpus.write(contents, folder)
        (folder / "package.json").write_text('{"type": "module"}')
        (folder / "node_modules").symlink_to(packages(version), target_is_directory=True)
        compile_types(folder)


def test_corpus_is_careful() -> None:
    """In at least a third of the cases nothing may be touched."""
    stays = [case for case in CASES if case.stays]

    assert len(stays) * 3 >= len(CASES)
