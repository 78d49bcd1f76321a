"""Where the current directory is in its repository: what others count paths from."""

from __future__ import annotations

import os
from dataclasses import dataclass

from migrate import git


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """top: absolute path of the repository that the current directory is in, "" outside of one.

    here: path of the current directory below it, "" at the top.
    """

    top: str = ""
    here: str = ""

    def of(self, path: str) -> str:
        """A path of the run as a code host names it: relative to the top of the repository.

        Paths outside of the repository, and all paths where there is none, stay as they are.
        """
        if path.startswith("/"):
            return path.removeprefix(f"{self.top}/") if self.top else path
        return f"{self.here}/{path}" if self.here else path


UNKNOWN = Whereabouts()
"""Paths stay as they are."""


def current() -> Whereabouts:
    """Those of this process."""
    here = os.path.realpath(".")
    top = git.top_of(here)
    if top is None:
        return Whereabouts()
    return Whereabouts(top, "" if here == top else os.path.relpath(here, top))
