"""What tests of fleets share: repositories with planted uses, and the command run as a user runs it."""

import subprocess
import sys
from pathlib import Path

from migrate import contract
from tests.repository import ENVIRONMENT, commit, git

ROOT = Path(__file__).resolve().parent.parent.parent
OLD = contract.PUT_MANUAL.old_path
HOME = f"{contract.BASE_URL}{contract.API_PREFIX}/projects/p"

CALL = f"""\
import requests

requests.put("{HOME}{OLD}", json={{"name": "n", "{contract.REQUIRED_KEY}": 0}})
"""
UNCLEAR = f"""\
import json
import sys

import requests

requests.put("{HOME}{OLD}", json=json.load(sys.stdin))
"""


def bare(folder, name, files):
    """A bare repository with one commit."""
    source = commit(folder / "sources" / name, files)
    place = folder / f"{name}.git"
    git(folder, "clone", "--quiet", "--bare", str(source), str(place))
    return place


def push(folder, name, files):
    """A further commit in a repository of `bare`."""
    source = commit(folder / "sources" / name, files)
    git(source, "push", "--quiet", str(folder / f"{name}.git"), "HEAD")


def environment(folder):
    """Of a user with a home of their own below the folder."""
    home = str(folder / "home")
    return {
        **ENVIRONMENT,
        "HOME": home,
        "XDG_STATE_HOME": f"{home}/state",
        "XDG_CACHE_HOME": f"{home}/cache",
    } | {
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error",
        "PYTHONUTF8": "1",
    }


def command(*arguments):
    """The command line of ``nf-migrate fleet``."""
    return [sys.executable, "-m", "migrate", "fleet", *map(str, arguments)]


def fleet(folder, *arguments, **variables):
    """Run ``nf-migrate fleet`` in a folder. Returns the finished process, its output as text."""
    done = subprocess.run(
        command(*arguments),
        cwd=folder,
        env=environment(folder) | variables,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def clones(folder):
    """The folders of clones of that user."""
    cache = folder / "home" / "cache" / "nf-migrate" / "repositories"
    return sorted(each for each in cache.iterdir() if each.is_dir()) if cache.exists() else []


def state_file(folder):
    """The state file of that user."""
    return str(folder / "home" / "state" / "nf-migrate" / "fleet.sqlite3")
