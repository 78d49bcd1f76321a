"""Lists the files of a folder where there is no git to do it: honours .gitignore, follows no link."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pathspec import GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Entry:
    """A regular file or a link. path: absolute; root: top of the nearest repository, or the folder."""

    path: str
    root: str
    is_link: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """The patterns of one .gitignore, with the folder that they are relative to."""

    folder: str
    spec: GitIgnoreSpec


def walk(folder: str, on_error: Callable[[OSError], None]) -> Iterator[Entry]:
    """All files below an absolute folder that no .gitignore between them and it excludes.

    A folder with a ``.git`` is a repository: its own files are not subject to the rules above it.
    Folders that can't be opened are told to `on_error`.
    """
    pending: list[tuple[str, str, tuple[Rules, ...]]] = [(folder, folder, ())]
    while pending:
        current, root, rules = pending.pop()
        try:
            with os.scandir(current) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            on_error(error)
            continue
        names = {entry.name for entry in entries}
        if ".git" in names and current != folder:
            root, rules = current, ()
        if any(entry.name == ".gitignore" and entry.is_file() for entry in entries):
            rules = (*rules, *read_rules(current))
        for entry in entries:
            is_folder = entry.is_dir(follow_symlinks=False)
            if entry.name == ".git" or is_ignored(entry.path, rules, is_folder=is_folder):
                continue
            if is_folder:
                pending.append((entry.path, root, rules))
            elif entry.is_file(follow_symlinks=False) or entry.is_symlink():
                yield Entry(entry.path, root, entry.is_symlink())


def read_rules(folder: str) -> tuple[Rules, ...]:
    """The rules of a folder's own .gitignore; none where there is no readable one."""
    try:
        with open(os.path.join(folder, ".gitignore"), "rb") as file:
            lines = file.read().decode("utf-8", "surrogateescape").split("\n")
        return (Rules(folder, GitIgnoreSpec.from_lines(lines)),)
    except (OSError, ValueError):
        return ()


def is_ignored(path: str, rules: tuple[Rules, ...], *, is_folder: bool) -> bool:
    """Whether a path is left out, by the innermost .gitignore that says anything about it."""
    for each in reversed(rules):
        relative = path[len(each.folder) :].lstrip("/") + ("/" if is_folder else "")
        verdict = each.spec.check_file(relative).include
        if verdict is not None:
            return verdict
    return False
