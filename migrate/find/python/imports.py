"""Imports: which names are modules of the project, which are a library's."""

from __future__ import annotations

import sys
from pathlib import PurePosixPath

import libcst as cst

from migrate.find.python.engine import Engine
from migrate.find.python.state import State
from migrate.find.python.values import Imported, Sibling, Value

_LIBRARIES = frozenset(
    (
        "aiohttp",
        "dataclasses",
        "django",
        "fastapi",
        "flask",
        "httpretty",
        "httpx",
        "pydantic",
        "pytest",
        "pytest_httpserver",
        "requests",
        "requests_mock",
        "respx",
        "responses",
        "starlette",
        "urllib3",
        "yaml",
    )
)


def bind_import(engine: Engine, state: State, node: cst.Import) -> None:
    """Bind the names of an ``import`` statement."""
    for alias in node.names:
        dotted = dotted_name(alias.name)
        if alias.asname is not None and isinstance(alias.asname.name, cst.Name):
            state.top.names[alias.asname.name.value] = _module(engine, state, dotted, 0)
        else:
            first = dotted.split(".", 1)[0]
            if "." in dotted and _module(engine, state, dotted, 0) != Imported(dotted):
                state.top.names[first] = Imported(first)
            else:
                state.top.names[first] = _module(engine, state, first, 0)


def bind_import_from(engine: Engine, state: State, node: cst.ImportFrom) -> None:
    """Bind the names of a ``from … import …`` statement."""
    dotted = dotted_name(node.module) if node.module is not None else ""
    level = len(node.relative)
    if isinstance(node.names, cst.ImportStar):
        return
    for alias in node.names:
        if not isinstance(alias.name, cst.Name):
            continue
        name = alias.name.value
        bound = alias.asname.name.value if alias.asname and isinstance(alias.asname.name, cst.Name) else name
        state.top.names[bound] = member(engine, state, dotted, level, name)


def member(engine: Engine, state: State, dotted: str, level: int, name: str) -> Value:
    """What ``from dotted import name`` gives."""
    module = _module(engine, state, dotted, level)
    if isinstance(module, Sibling):
        below = _find(engine, state, f"{dotted}.{name}" if dotted else name, level)
        if below is not None and below != module.path:
            return Sibling(below)
        return Sibling(module.path, name)
    return Imported(f"{dotted}.{name}" if dotted else name)


def dotted_name(node: cst.BaseExpression) -> str:
    """The text of a dotted name."""
    if isinstance(node, cst.Attribute):
        return f"{dotted_name(node.value)}.{node.attr.value}"
    return node.value if isinstance(node, cst.Name) else ""


def _module(engine: Engine, state: State, dotted: str, level: int) -> Value:
    found = _find(engine, state, dotted, level)
    return Sibling(found) if found else Imported(dotted)


def _find(engine: Engine, state: State, dotted: str, level: int) -> str | None:
    first = dotted.split(".", 1)[0]
    if not level and (first in sys.stdlib_module_names or first in _LIBRARIES):
        return None
    parts = [part for part in dotted.split(".") if part]
    folder = PurePosixPath(state.module.path).parent
    for root in _roots(folder, level):
        base = root.joinpath(*parts)
        for candidate in (f"{base}.py", str(base / "__init__.py")) if parts else (str(base / "__init__.py"),):
            path = engine.project.beside(state.module.path, *_relative(folder, candidate))
            if engine.project.exists(path) and path != state.module.path:
                return path
    return None


def _roots(folder: PurePosixPath, level: int) -> list[PurePosixPath]:
    if level:
        return [folder.joinpath(*[".."] * (level - 1))]
    return [folder, *folder.parents, folder / "src", *(parent / "src" for parent in folder.parents)]


def _relative(folder: PurePosixPath, candidate: str) -> tuple[str, ...]:
    if candidate.startswith("/"):
        return (candidate,)
    up = [".."] * len([part for part in folder.parts if part != "."])
    return (*up, candidate)
