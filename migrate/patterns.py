"""Patterns of paths, written as in .gitignore and relative to a folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache
from typing import Any

from migrate.errors import UsageError


def matcher(patterns: tuple[str, ...], base: str, option: str) -> Callable[[str], bool]:
    """Whether a path (absolute, or relative to the current directory) matches one of the patterns.

    base: the folder that they are relative to, "" for the current directory; option: where they come
    from, for errors. To files that are not below the folder, patterns without a place of their own
    still apply. Raises UsageError for a pattern that is not right.
    """
    if not patterns:
        return lambda _: False
    inside = os.path.realpath(base or os.getcwd()).rstrip("/") + "/"
    spec = _spec(patterns, option)
    return lambda path: bool(spec.match_file(os.path.abspath(path).removeprefix(inside).lstrip("/")))


@cache
def _spec(patterns: tuple[str, ...], option: str) -> Any:
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 (rarely needed)

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError as error:
        raise UsageError(f"{option}: {error}", "Patterns are written as in .gitignore.") from error
