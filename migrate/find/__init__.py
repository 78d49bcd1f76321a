"""Finders: one for each language, chosen by file name.

A finder is ``find(source, project) -> Findings``: pure but for what it reads through the
project. It never raises for bad input: what it can't parse becomes an ``unreadable`` use. To add
a language: write ``migrate/find/<language>.py`` with such a function and name it here.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import PurePosixPath

from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source

Finder = Callable[[Source, Project], Findings]

_SUFFIXES = {
    ".py": "python",
    ".pyi": "python",
    ".pyw": "python",
    ".ipynb": "notebook",
    ".js": "javascript",
    ".mjs": "javascript",
    ".cjs": "javascript",
    ".jsx": "javascript",
    ".ts": "javascript",
    ".mts": "javascript",
    ".cts": "javascript",
    ".tsx": "javascript",
    ".vue": "javascript",
    ".svelte": "javascript",
    ".json": "json",
    ".jsonc": "json",
    ".json5": "json",
    ".har": "json",
    ".http": "http_file",
    ".rest": "http_file",
    ".bru": "bruno",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".sh": "shell",
    ".bash": "shell",
    ".zsh": "shell",
    ".ksh": "shell",
    ".fish": "shell",
    ".bats": "shell",
    ".envrc": "shell",
    ".dockerfile": "dockerfile",
    ".mk": "makefile",
    ".mak": "makefile",
    ".just": "justfile",
    ".go": "go",
    ".md": "documents",
    ".markdown": "documents",
    ".mdx": "documents",
    ".rst": "documents",
    ".adoc": "documents",
    ".asciidoc": "documents",
    ".html": "documents",
    ".htm": "documents",
    ".rb": "code",
    ".rake": "code",
    ".php": "code",
    ".java": "code",
    ".kt": "code",
    ".kts": "code",
    ".cs": "code",
    ".rs": "code",
    ".scala": "code",
    ".swift": "code",
    ".ex": "code",
    ".exs": "code",
    ".lua": "code",
    ".ps1": "powershell",
    ".psm1": "powershell",
    ".tf": "terraform",
    ".tofu": "terraform",
    ".hcl": "terraform",
}
_NAMES: dict[str, str] = {
    "Dockerfile": "dockerfile",
    "Containerfile": "dockerfile",
    "Makefile": "makefile",
    "makefile": "makefile",
    "GNUmakefile": "makefile",
    "justfile": "justfile",
    "Justfile": "justfile",
    ".justfile": "justfile",
}
_INTERPRETERS = {
    "python": "python",
    "node": "javascript",
    "bun": "javascript",
    "deno": "javascript",
    "bash": "shell",
    "zsh": "shell",
    "fish": "shell",
    "ksh": "shell",
    "/sh": "shell",
}
FALLBACK = "text"
_TEMPLATE_SUFFIXES = frozenset(
    f".{name}"
    for name in (
        *("j2", "jinja", "jinja2", "tmpl", "tpl", "gotmpl", "template", "erb", "hbs", "mustache", "liquid"),
        *("example", "sample", "dist", "in"),
    )
)
_TEMPLATED = frozenset(("json", "yaml", "shell"))
"""Languages whose finders know the expressions of template languages."""


def language_of(path: str, first_line: str = "") -> str:
    """The name of a file's language (and of its finder's module) by file name or shebang."""
    name = PurePosixPath(path).name
    language = _NAMES.get(name) or _SUFFIXES.get(PurePosixPath(name).suffix.lower())
    if language is None:
        inner = _SUFFIXES.get(PurePosixPath(without_template_suffix(name)).suffix.lower())
        language = inner if inner in _TEMPLATED else None
    language = language or _NAMES.get(name.split(".")[0])  # Dockerfile.prod, Makefile.local
    if language is None and first_line.startswith("#!"):
        language = next((each for key, each in _INTERPRETERS.items() if key in first_line), None)
    return language or FALLBACK


def without_template_suffix(path: str) -> str:
    """A path without the suffixes of template languages and samples: ``job.json.j2`` is ``job.json``."""
    pure = PurePosixPath(path)
    while pure.suffix.lower() in _TEMPLATE_SUFFIXES:
        pure = pure.with_suffix("")
    return str(pure)


def suffix_of(language: str) -> str:
    """The usual file suffix of a language, e.g. ``.py``; "" where it has none."""
    return next((suffix for suffix, name in _SUFFIXES.items() if name == language), "")


def finder_of(language: str) -> Finder:
    """The finder of a language; its module (and its parser) is imported only now."""
    finder: Finder = importlib.import_module(f"migrate.find.{language}").find
    return finder


def find(source: Source, project: Project) -> Findings:
    """All uses in one source, by the finder of its language."""
    first_line = source.text[:200].split("\n", 1)[0]
    return finder_of(language_of(source.path, first_line))(source, project)
