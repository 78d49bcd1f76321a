"""Reports: each a pure function of the same run, chosen by name, its module imported only then.

To add a format: write ``migrate/report/<name>.py`` with ``render(run, options) -> str`` and name
it in `_FORMATS`. A renderer reads no file, no clock and no environment.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from migrate import __version__
from migrate.model import Run
from migrate.whereabouts import UNKNOWN, Whereabouts


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How to render.

    color: whether to use terminal colours; width: columns of the terminal; unicode: whether the
    output can hold characters beyond ASCII; verbose, quiet: more or less to read (formats for
    people only); tool_version: shown by formats that name the tool; where: for
    formats whose readers count paths from the top of the repository.
    """

    color: bool = False
    width: int = 100
    verbose: bool = False
    quiet: bool = False
    unicode: bool = True
    tool_version: str = __version__
    where: Whereabouts = UNKNOWN


Renderer = Callable[[Run, RenderOptions], str]

_FORMATS = (
    "text",
    "json",
    "sarif",
    "markdown",
    "html",
    "github",
    "gitlab",
    "rdjsonl",
    "junit",
    "patch",
)


def _late(name: str) -> Renderer:
    def render(run: Run, options: RenderOptions) -> str:
        found: Renderer = importlib.import_module(f"migrate.report.{name}").render
        return found(run, options)

    return render


RENDERERS: dict[str, Renderer] = {name: _late(name) for name in _FORMATS}
