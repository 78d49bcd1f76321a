"""Settings of a repository: ``[tool.nf-migrate]`` in pyproject.toml, or .nf-migrate.toml.

Names are those of the command line's options without dashes in front. What the command line says
outranks what the file says. An unknown name is an error, so that a slip is never silent.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from migrate import git
from migrate.errors import UsageError

OWN_FILE = ".nf-migrate.toml"
PROJECT_FILE = "pyproject.toml"

_KINDS: dict[str, tuple[type, str]] = {
    "flag": (bool, "true or false"),
    "number": (int, "a whole number, 1 or more"),
    "text": (str, 'a text in quotes ("…")'),
    "list": (list, 'a list of texts (["…", "…"])'),
}

SETTINGS: dict[str, str] = {
    "adapt": "flag",
    "baseline": "text",
    "cli-ready": "flag",
    "color": "text",
    "definitions": "list",
    "dependency-edits": "flag",
    "docs": "flag",
    "exclude": "list",
    "exit-zero": "flag",
    "fail-on": "text",
    "format": "text",
    "jobs": "number",
    "target-path": "text",
    "templates": "flag",
}
"""Names that may stand in the file, and what each wants. Options of one run only are not among them."""

TABLES = ("proxy", "fleet")
"""Tables of other commands, which check them by themselves."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a file says. path: of the file ("" where there is none); values: by name."""

    path: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def folder(self) -> str:
        """The folder of the file, which its patterns are relative to."""
        return os.path.dirname(os.path.abspath(self.path)) if self.path else os.getcwd()


def load(start: str) -> Settings:
    """The settings for a file or folder: from the nearest file upward, up to the repository's top.

    Outside of a repository only the folder itself counts. In one folder, .nf-migrate.toml goes
    before pyproject.toml. Raises UsageError for a file that is not right.
    """
    for folder in _folders(start):
        own = _read(os.path.join(folder, OWN_FILE))
        if own is not None:
            return _checked(os.path.join(folder, OWN_FILE), own)
        project = _read(os.path.join(folder, PROJECT_FILE))
        table = _ours(project)
        if table is not None:
            return _checked(os.path.join(folder, PROJECT_FILE), table)
    return Settings()


def _folders(start: str) -> Iterator[str]:
    folder = os.path.realpath(start)
    if not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    top = git.top_of(folder) or folder
    while True:
        yield folder
        if folder == top:
            return
        folder = os.path.dirname(folder)


def _read(path: str) -> dict[str, Any] | None:
    if not os.path.isfile(path):
        return None
    import tomllib  # noqa: PLC0415 (most repositories have no such file)

    try:
        with open(path, "rb") as file:
            return tomllib.load(file)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        if os.path.basename(path) == PROJECT_FILE and b"nf-migrate" not in _bytes(path):
            return None  # not ours to complain about
        raise UsageError(f"{path}: {error}", "Mend the file.") from error


def _ours(project: dict[str, Any] | None) -> Any:
    """Our table in a project's file, None where there is none."""
    tools = (project or {}).get("tool")
    return tools.get("nf-migrate") if isinstance(tools, Mapping) else None


def _bytes(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""


def _checked(path: str, table: Any) -> Settings:
    if not isinstance(table, Mapping):
        raise UsageError(f"{path}: tool.nf-migrate is not a table.", "Write [tool.nf-migrate].")
    values = {}
    for name, value in table.items():
        if name in TABLES:
            continue
        if name not in SETTINGS:
            raise UsageError(f"{path}: unknown setting `{name}`.", _nearest(name))
        wanted, words = _KINDS[SETTINGS[name]]
        if not _is(value, wanted):
            raise UsageError(f"{path}: `{name}` is {value!r}.", f"It must be {words}.")
        values[name] = value
    return Settings(path, values)


def _is(value: Any, wanted: type) -> bool:
    if wanted is int:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 1
    if wanted is list:
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    return isinstance(value, wanted)


def _nearest(name: str) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 (only for an error)

    found = get_close_matches(name.replace("_", "-"), [*SETTINGS, *TABLES], n=1)
    return f"Did you mean `{found[0]}`?" if found else f"Known are: {', '.join(SETTINGS)}."
