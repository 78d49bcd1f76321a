"""Proof that two texts of a program differ in comments alone.

A comment put in the wrong place changes a program: inside a string, a here-document, a template
literal, a block scalar, after a line's continuation. So nothing is taken on trust: both texts are
parsed by a parser of their language and must be the same but for comments. A language without
such a parser here has no proof, and gets no comment.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from migrate import harmless_lines

if TYPE_CHECKING:
    from ast_grep_py import SgNode

Proof = Callable[[str, str], bool]

_TREES = {
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx"), "javascript"),
    **dict.fromkeys((".ts", ".mts", ".cts"), "typescript"),
    **dict.fromkeys((".sh", ".bash", ".bats"), "bash"),
    **dict.fromkeys((".tf", ".hcl", ".tfvars"), "hcl"),
    **dict.fromkeys((".kt", ".kts"), "kotlin"),
    ".tsx": "tsx",
    ".go": "go",
    ".java": "java",
    ".cs": "csharp",
    ".rb": "ruby",
    ".rs": "rust",
    ".php": "php",
    ".swift": "swift",
    ".lua": "lua",
}


_MADE = ("makefile", "gnumakefile")
_BUILT = ("dockerfile", "containerfile")


def proof_for(path: str) -> Proof | None:
    """How to prove it for a file by its name; None where there is no way."""
    name = PurePosixPath(path).name.lower()
    suffix = PurePosixPath(name).suffix
    if name in _MADE or suffix == ".mk":
        return harmless_lines.makefile
    if name.split(".")[0] in _BUILT or suffix == ".dockerfile":
        return harmless_lines.dockerfile
    if suffix in (".md", ".markdown"):
        return harmless_lines.markdown
    if suffix in (".vue", ".svelte"):
        return _component
    if suffix in (".html", ".htm"):
        return _html
    if suffix in (".py", ".pyi", ".pyw"):
        return _python
    if suffix in (".yaml", ".yml"):
        return _yaml
    if suffix == ".toml":
        return _toml
    language = _TREES.get(suffix)
    return None if language is None else lambda old, new: _tree(language, old, new)


def _python(old: str, new: str) -> bool:
    import ast  # noqa: PLC0415 (only where comments are left)
    import warnings  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about the code of others: invalid escapes and the like
            return ast.dump(ast.parse(old)) == ast.dump(ast.parse(new))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False


def _yaml(old: str, new: str) -> bool:
    import yaml  # noqa: PLC0415 (only where comments are left)

    def events(text: str) -> list[tuple[Any, ...]]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        kept = ("anchor", "tag", "implicit", "value", "style", "explicit")
        return [
            (type(event).__name__, *(getattr(event, name, None) for name in kept))
            for event in yaml.parse(text, Loader=loader)
        ]

    try:
        return events(old) == events(new)
    except (yaml.YAMLError, RecursionError):
        return False


def _toml(old: str, new: str) -> bool:
    import tomllib  # noqa: PLC0415 (only where comments are left)

    try:
        return repr(tomllib.loads(old)) == repr(tomllib.loads(new))
    except (tomllib.TOMLDecodeError, RecursionError):
        return False


def _component(old: str, new: str) -> bool:
    # Also a script in plain JavaScript: TypeScript's grammar holds it.
    return harmless_lines.component(
        old, new, lambda *scripts: any(_tree(each, *scripts) for each in ("typescript", "javascript"))
    )


def _html(old: str, new: str) -> bool:
    is_verbatim = any(tag in new.lower() for tag in ("<pre", "<textarea"))  # there a new line shows
    return not is_verbatim and _tree("html", old, new)


def _tree(language: str, old: str, new: str) -> bool:
    from ast_grep_py import SgRoot  # noqa: PLC0415 (loads a native library: only where it is needed)

    before = _tokens(SgRoot(old, language).root(), old)
    return before is not None and before == _tokens(SgRoot(new, language).root(), new)


def _tokens(root: SgNode, text: str) -> list[tuple[str, str]] | None:
    """All nodes but comments, with the text that no child of theirs holds; None for a broken text.

    Such text is, for one, that of a here-document with variables in it.
    """
    found: list[tuple[str, str]] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if node.kind() == "ERROR":
            return None
        if "comment" in node.kind():
            continue
        children = node.children()
        span = node.range()
        edges = [span.start.index]
        for child in children:
            edges += (child.range().start.index, child.range().end.index)
        edges.append(span.end.index)
        own = [text[start:end].strip() for start, end in zip(edges[::2], edges[1::2], strict=True)]
        found.append((node.kind(), "\0".join(part for part in own if part)))
        stack += reversed(children)
    return found
