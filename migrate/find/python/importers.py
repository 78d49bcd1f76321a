"""Whether a name of one file is used in other files of the project."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import libcst as cst

from migrate import contract
from migrate.find.python import urls
from migrate.find.python.engine import Engine, TooLargeError
from migrate.find.python.module import Module, UnreadableError, parse
from migrate.project import canonical

MAX_FILES = 5_000
MAX_USERS = 10
_SKIPPED = frozenset(
    (".git", "node_modules", "__pycache__", "site-packages", ".venv", "venv", ".tox", "dist", "build")
)


def elsewhere(engine: Engine, module: Module, name: str) -> str | None:
    """Path of another Python file that names something of this module; None where there is none.

    A name counts where the file also imports the module, or names it in a string (a patch in a test).
    """
    by_name = _changed_by_name(engine, module, name)
    return by_name or next(iter(users(engine, module, name)), None)


_REFLECTION = re.compile(
    r"\bsys\.modules\b|\b(?:import|from)\s+__main__\b|(?:import_module|__import__)\(\s*[\"']__main__"
)


def _changed_by_name(engine: Engine, module: Module, name: str) -> str | None:
    """Where the module's names may be reached without an import of it, through the list of modules."""
    reached = re.compile(rf"(?:\.|[\"']|__main__\s+import\b[^\n]*?\b){re.escape(name)}\b")
    for path in {module.path: None, **dict.fromkeys(python_files(engine))}:
        text = _text(engine, path)
        if _REFLECTION.search(text) and reached.search(text):
            return f"{path} (through `sys.modules` or `__main__`)"
    return None


def users(engine: Engine, module: Module, name: str) -> Iterator[str]:
    """Paths of the other Python files that name something of this module, and that are not followed."""
    pattern = re.compile(rf"\b{re.escape(name)}\b")
    place = PurePosixPath(module.path).with_suffix("")
    place = place.parent if place.name == "__init__" else place
    owner = _importing(place.name, place.parent.name, name) if place.name else pattern
    for path in python_files(engine):
        if path == module.path or path in engine.modules:
            continue
        text = _text(engine, path)
        if pattern.search(text) and owner.search(text):
            yield path


def _importing(stem: str, package: str, constant: str) -> re.Pattern[str]:
    """The text of an import of a module, or of a string that names a constant of it."""
    name = rf"\b{re.escape(stem)}\b"
    owner = rf"(?:\.+|[\w.]*\b{re.escape(package)})" if package else r"\.+"
    listed = rf"from\s+{owner}\s+import\s*(?:\([^)]*{name}|[^\n(]*{name})"
    patched = rf"[\"'][\w.]*{name}\.{re.escape(constant)}\b"
    return re.compile(
        rf"^[ \t]*(?:from\s+[\w.]*{name}|{listed}|import\s+[^\n]*{name})|{patched}", re.MULTILINE
    )


def python_files(engine: Engine) -> list[str]:
    """Paths of the project's Python files, as the project names them; at most `MAX_FILES`."""
    if engine.files is None:
        engine.files = _walk(engine.project.root)
    return engine.files


def _walk(root: str) -> list[str]:
    """The files but for those in folders that .gitignore leaves out (a file left out alone still runs)."""
    from migrate import walk  # noqa: PLC0415 (pathspec, which few runs need)

    found: list[str] = []
    rules: dict[str, tuple[walk.Rules, ...]] = {}
    for folder, folders, names in os.walk(root or "."):
        here = rules.get(folder, ())
        here = (*here, *walk.read_rules(folder)) if ".gitignore" in names else here
        folders[:] = sorted(
            each
            for each in folders
            if each not in _SKIPPED
            and not each.startswith(".")
            and not walk.is_ignored(f"{folder}/{each}", here, is_folder=True)
        )
        rules |= {f"{folder}/{each}": here for each in folders}
        for name in sorted(names):
            if name.endswith((".py", ".pyi", ".ipynb")):
                found.append(canonical(PurePosixPath(Path(folder, name)).as_posix()))
                if len(found) > MAX_FILES:
                    return found
    return found


def _text(engine: Engine, path: str) -> str:
    source = engine.project.read(path)
    return source.text if source is not None else ""


def names_keys(engine: Engine, path: str) -> bool:
    """Whether a file names any moved key."""
    text = _text(engine, path)
    return any(key in text for key in contract.MOVED_KEYS)


def is_constant(module: Module, span: tuple[int, int]) -> bool:
    """Whether a place is in code that runs once for the module: not in a function."""
    return next(_around(module, span, cst.FunctionDef, cst.Lambda), None) is None


def _around(module: Module, span: tuple[int, int], *kinds: type[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """Nodes of some kinds around a place."""
    for kind in kinds:
        for node in module.nodes(kind):
            low, high = module.span(node)
            if low <= span[0] and span[1] <= high:
                yield node


def constant_name(module: Module, span: tuple[int, int]) -> str:
    """The name of the constant of a module or class in whose value a place is, or ""."""
    if not is_constant(module, span) or _is_argument(module, span):
        return ""
    for node in _around(module, span, cst.Assign, cst.AnnAssign):
        target = node.targets[0].target if isinstance(node, cst.Assign) else getattr(node, "target", None)
        if isinstance(target, cst.Name):
            return target.value
    return ""


_STRING_BUILDERS = ("format", "join", "urljoin", "rstrip", "lstrip", "strip", "str", "getenv", "get")


def _is_argument(module: Module, span: tuple[int, int]) -> bool:
    """Whether a place is in the arguments of a call that is more than a way to write a string."""
    for node in _around(module, span, cst.Call):
        func = getattr(node, "func", None)
        name = func.attr if isinstance(func, cst.Attribute) else func
        if not (isinstance(name, cst.Name) and name.value in _STRING_BUILDERS):
            return True
    return False


def check_literal(engine: Engine, module: Module, span: tuple[int, int]) -> None:
    """Raises UrlError where the literal is a constant that other files use."""
    name = constant_name(module, span)
    other = elsewhere(engine, module, name) if name else None
    if other:
        raise urls.UrlError(f"`{name}` is used in {other}, too")


def senders(engine: Engine, module: Module, span: tuple[int, int]) -> list[str]:
    """Paths of the other files in which a constant is the URL of a request; it is reported there."""
    from migrate.find.python import finder  # noqa: PLC0415 (it needs this module)

    name = constant_name(module, span)
    found: list[str] = []
    for path in list(users(engine, module, name))[:MAX_USERS] if name else []:
        source = engine.project.read(path)
        if source is None:
            continue
        try:
            other = finder.evaluated(parse(source), engine.project)
        except (UnreadableError, TooLargeError):
            continue
        here = other.modules.get(module.path)
        if here is not None and any(urls.uses_span(shot, here, span) for shot in other.shots.values()):
            found.append(path)
    return found
