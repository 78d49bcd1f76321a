"""Northflank's CLI: the real one runs the script before the rewrite, a stand-in for a newer one after."""

from __future__ import annotations

import http.server
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from migrate import contract
from migrate.model import Action, Options
from tests import corpus, tools
from tests.need import need
from tests.recording_server import Recorded, RecordingServer
from tests.test_corpus_python import compare

CLI = f"{contract.CLI_PACKAGE}@{contract.LAST_CLI_WITHOUT_SUCCESSOR}"
ROOT = Path(__file__).parents[2]
SCRIPT = """#!/bin/bash
cd "$(dirname "$0")"
northflank put job manual --projectId my-project -f job.yaml -o json | jq -r .backoffLimit
northflank put jobs manual \\
  --projectId my-project \\
  --file ../jobs/weekly.json --output json | jq -r '.runOnSourceChange'
northflank put job manual --projectId my-project -f job.yaml \\
  -i '{"name": "monthly", "backoffLimit": 2}' -o json | jq -r .name
northflank put job cron --projectId my-project -o json \\
  -i '{"name": "c", "backoffLimit": 1, "schedule": "0 3 * * *"}' | jq -r .schedule
"""
FILES = {
    "deploy/deploy.sh": SCRIPT.encode(),
    "deploy/job.yaml": b"# nightly\nname: nightly\nbackoffLimit: 0\n",
    "jobs/weekly.json": b'{"name": "weekly", "backoffLimit": 1, "runOnSourceChange": "never"}\n',
}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current directory."""
    folder = tmp_path / "case"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


class _Login(http.server.BaseHTTPRequestHandler):
    """Says yes to the CLI's login."""

    def do_GET(self) -> None:
        """Any token is good."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"data": {}}')

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it)
        """Stay silent."""


def real_cli(home: Path, server: RecordingServer) -> dict[str, str]:
    """The environment in which the registry's CLI talks to the server."""
    need("node")
    programs = tools.npm(CLI) / ".bin"
    env = {**os.environ, "HOME": str(home), "PATH": f"{programs}:{os.environ['PATH']}"}
    login = http.server.HTTPServer(("127.0.0.1", 0), _Login)
    threading.Thread(target=login.serve_forever, args=(0.02,), daemon=True).start()
    address = f"http://127.0.0.1:{login.server_address[1]}"
    try:
        command = [contract.CLI_PROGRAM, "login", "-n", "test", "-t", "token", "--host", address]
        subprocess.run(command, env=env, check=True, capture_output=True, timeout=60)
    finally:
        login.shutdown()
        login.server_close()
    for path in home.rglob("*"):
        if path.is_file() and address in path.read_text("utf-8", "replace"):
            path.write_text(path.read_text("utf-8").replace(address, server.url), "utf-8")
    return env


def newer_cli(folder: Path, server: RecordingServer) -> dict[str, str]:
    """The environment with the stand-in for a newer CLI."""
    folder.mkdir()
    program = folder / contract.CLI_PROGRAM
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).parent}/newer_cli.py" "$@"\n')
    program.chmod(0o755)
    path = f"{folder}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "NORTHFLANK_HOST": server.url}


def run(env: dict[str, str], server: RecordingServer) -> tuple[str, list[Recorded]]:
    """Output and requests of the script."""
    need("jq")
    done = subprocess.run(
        ["bash", "deploy/deploy.sh"], env=env, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, server.clear()


def test_commands_and_definitions_move_together(place: Path, recording_server: RecordingServer) -> None:
    """What the newer CLI sends for the new files is the translation of what the old one sent for the old."""
    home = place.parent / "home"
    home.mkdir()
    corpus.write(FILES, place)
    old_output, before = run(real_cli(home, recording_server), recording_server)
    _, after = corpus.migrate(FILES, Options(contract.DEFAULT_TARGET_PATH, cli_ready=True), place)
    corpus.write(after, place)
    new_output, sent = run(newer_cli(place.parent / "bin", recording_server), recording_server)

    assert len(before) == 4
    assert all(each.route == "old" and each.status < 300 for each in before), before
    assert all(each.route == "new" for each in sent), sent
    compare(
        before,
        [Recorded(**{**vars_of(new), "headers": old.headers}) for old, new in zip(before, sent, strict=True)],
    )
    assert old_output == new_output
    assert old_output.split() == ["0", "never", "monthly", "0", "3", "*", "*", "*"]


def vars_of(request: Recorded) -> dict[str, object]:
    """The fields of a recorded request."""
    return {name: getattr(request, name) for name in Recorded.__slots__}


def test_edits_are_held_until_the_cli_is_ready(place: Path) -> None:
    """Without ``--cli-ready`` the commands and their definitions stay, planned with the prerequisite."""
    result, after = corpus.migrate(FILES, Options(contract.DEFAULT_TARGET_PATH), place)

    assert after == FILES
    assert len(result.uses) == 4
    for use in result.uses:
        assert use.action is Action.REWRITE
        assert use.held
        assert [each.id for each in use.prerequisites] == ["cli-version"]
        assert use.prerequisites[0].command


def test_the_registrys_cli_has_no_successor(tmp_path: Path) -> None:
    """The prerequisite is true: the newest CLI known refuses the rewritten command."""
    need("node")
    program = tools.npm(CLI) / ".bin" / contract.CLI_PROGRAM
    done = subprocess.run(
        [str(program), "put", "job", "--projectId", "my-project", "-i", json.dumps({"name": "x"})],
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert "unknown option" in done.stdout + done.stderr
