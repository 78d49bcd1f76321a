"""Errors that reach users, and the exit statuses.

MigrateError
├── UsageError          wrong options or settings (exit 2)
├── NothingScannedError no file could be looked at (exit 3)
└── WriteRefusedError   the working tree or a file is not in a state to be written (exit 2)

Each error tells what happened, where, and what to type next (`hint`).
"""

from __future__ import annotations

EXIT_OK = 0
EXIT_FOUND = 1
EXIT_USAGE = 2
EXIT_NOTHING_SCANNED = 3
EXIT_FAILED = 4


def install(extra: str) -> str:
    """What to type where the modules of an extra are not there: the package is on no index."""
    return f"In a checkout: pip install '.[{extra}]'. Elsewhere: install it as before, with [{extra}] added."


class MigrateError(Exception):
    """A problem to tell the user in words.

    message: what happened and where; hint: what to type next ("" for none).
    """

    exit_code = EXIT_FAILED

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(MigrateError):
    """Wrong options or settings."""

    exit_code = EXIT_USAGE


class NothingScannedError(MigrateError):
    """No file could be looked at."""

    exit_code = EXIT_NOTHING_SCANNED


class WriteRefusedError(MigrateError):
    """The working tree or a file is not in a state to be written."""

    exit_code = EXIT_USAGE


def in_words(error: MigrateError | OSError) -> str:
    """What happened and what to do, in one text."""
    if not isinstance(error, MigrateError):
        return str(error)
    return f"{error.message.rstrip('.')}. {error.hint}".removesuffix(". ")
