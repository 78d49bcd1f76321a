"""The doctor: what stands in the way of a migration, and what to type."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate import contract
from migrate.doctor import doctor, rendered
from tests.test_since import git

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A clean repository, with no CLI on PATH."""
    folder = tmp_path / "repo"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    (folder / "a.py").write_text("x = 1\n")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "one")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin:/bin")
    (tmp_path / "bin").mkdir()
    return folder


def checks(expected):
    """The checks by name, of the current folder."""
    done = CliRunner().invoke(doctor, ["--format", "json"], catch_exceptions=False)
    assert done.exit_code == expected, done.output
    found = {}
    for each in json.loads(done.output)["checks"]:
        found.setdefault(each["name"], []).append(each)
    return found


def cli(folder, answer):
    """Put a CLI on PATH that answers so when asked for its version."""
    program = folder.parent / "bin" / contract.CLI_PROGRAM
    program.write_text(f"#!/bin/sh\n{answer}\n")
    program.chmod(0o755)


def test_nothing_in_the_way(repository):
    """A clean repository without the client is fit; the missing CLI is only a note."""
    found = checks(0)
    assert found["git"][0]["verdict"] == "good"
    assert found["cli"][0]["verdict"] == "note"
    assert "--cli-ready" in found["cli"][0]["do"]


def test_uncommitted_changes(repository):
    """A dirty tree stands in the way of --write, and the table says what to type."""
    (repository / "a.py").write_text("x = 2\n")
    found = checks(1)
    assert "a.py" in found["git"][0]["found"]
    assert "git stash" in found["git"][0]["do"]


@pytest.mark.parametrize(
    ("wanted", "locked", "verdict"),
    [("^0.7.0", "", "bad"), ("^0.9.0", "", "good"), ("^0.7.0", "0.9.5", "good"), (">=0.7", "0.7.27", "bad")],
)
def test_client_pins(repository, wanted, locked, verdict):
    """What package.json and its lockfile pin is compared with what the successor needs."""
    folder = repository / "web"
    folder.mkdir()
    package = contract.JS_CLIENT_PACKAGE
    (folder / "package.json").write_text(json.dumps({"dependencies": {package: wanted}}))
    if locked:
        packages = {f"node_modules/{package}": {"version": locked}}
        (folder / "package-lock.json").write_text(json.dumps({"lockfileVersion": 3, "packages": packages}))
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "two")
    (check,) = checks(1 if verdict == "bad" else 0)["client"]
    assert check["verdict"] == verdict
    assert "web/package.json" in check["found"]
    assert (locked or wanted) in check["found"]
    assert bool(check["do"]) == (verdict == "bad")


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (f"echo {contract.LAST_CLI_WITHOUT_SUCCESSOR}", "note"),
        ("echo 0.10.0", "good"),
        ("echo v1.0.0-beta", "good"),
        ("echo none", "bad"),
        ("exit 3", "bad"),
    ],
)
def test_cli_version(repository, answer, verdict):
    """The installed CLI is asked for its version; one without the successor's command holds rewrites back."""
    cli(repository, answer)
    (check,) = checks(1 if verdict == "bad" else 0)["cli"]
    assert check["verdict"] == verdict


def test_settings_and_owners(repository):
    """A broken settings file stands in the way; CODEOWNERS is named where there is one."""
    (repository / ".nf-migrate.toml").write_text("colour = 1\n")
    (repository / "CODEOWNERS").write_text("* @a\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "two")
    found = checks(1)
    assert "colour" in found["settings"][0]["found"]
    assert found["owners"][0]["found"] == "CODEOWNERS"


def test_outside_of_git(tmp_path, monkeypatch):
    """Outside of a repository it says what to type."""
    monkeypatch.chdir(tmp_path)
    assert checks(1)["git"][0]["do"].startswith("git init ")


def test_left_out_files_are_named(repository):
    """Files that name the endpoint and are not looked at stand in the table with the reason."""
    folder = repository / "node_modules"
    folder.mkdir()
    (folder / "a.js").write_text(f"put('{contract.PUT_MANUAL.old_path}')\n")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "two")
    texts = [each["found"] for each in checks(0)["files"]]
    assert any("node_modules" in text for text in texts)


@pytest.mark.parametrize("width", [80, 200])
def test_table_fits_and_is_plain(repository, width):
    """The table keeps within the terminal, and is ASCII where nothing else can be shown."""
    from migrate.doctor import examined

    text = rendered(examined(["."]), width=width, color=False, unicode=False)
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= width
    assert text.isascii()


def test_as_a_command(repository):
    """The installed command shows the table."""
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "migrate", "doctor"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    assert "client" in done.stdout
