"""Files that a program loads by a name which is only known when it runs: ``require("./jobs/" + name)``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from migrate.find.javascript.modules import Module
from migrate.find.javascript.tree import Node, unwrap
from migrate.find.javascript.values import Values, arguments, static_text

_LOADS = re.compile(
    rb"""\b(?:require|import|readFile|readFileSync)\s*\(\s*(?!["'][^"'+]*["']\s*(?:[,)]|\.then))"""
)
_LOADERS = ("require", "import")
_READERS = ("readFile", "readFileSync")
_JOINS = ("join", "resolve")
_HERE = ("__dirname", "import.meta.url", "import.meta.dirname", "__filename")
_UNKNOWN = ".*"


def dynamic_reader(path: str, values: Values) -> Node | None:
    """A place that may load a file by a name that is not written out, or None."""
    for module in values.workspace.matching(_LOADS):
        for call in module.root.walk():
            if call.kind == "call_expression" and _may_load(call, path, module, values):
                return call
    return None


def _may_load(call: Node, path: str, module: Module, values: Values) -> bool:
    name = call.first.text.rpartition(".")[2] if call.first is not None else ""
    given = arguments(call)
    if name not in (*_LOADERS, *_READERS) or not given:
        return False
    pattern = "".join(_pieces(given[0], values, 0))
    if _UNKNOWN not in pattern:
        return False
    folder = str(PurePosixPath(module.path).parent)
    pure = PurePosixPath(os.path.relpath(path, folder))
    if re.fullmatch(r"(?:\.\*)+", pattern):  # nothing is known: what lies beside and below
        return name in _LOADERS and ".." not in pure.parts and path != module.path
    wanted = re.compile(re.sub(r"^(?:\\\./|/)+", "", pattern))
    names = [str(pure), str(pure.with_suffix(""))]
    if name in _READERS:
        parts = PurePosixPath(path).parts
        names += ["/".join(parts[at:]) for at in range(len(parts))]
    return path != module.path and any(wanted.fullmatch(each) for each in names)


def _pieces(node: Node, values: Values, depth: int) -> Iterator[str]:
    """The parts of an expression for pathnames of a regular expression for what it may be."""
    node = unwrap(node)
    text = static_text(node)
    parts = node.parts
    if text is not None:
        yield re.escape(text)
    elif node.text in _HERE or depth > 8:
        yield "" if node.text in _HERE else _UNKNOWN
    elif node.kind == "template_string":
        for each in parts:
            if each.kind == "template_substitution" and each.first is not None:
                yield from _pieces(each.first, values, depth + 1)
            else:
                yield re.escape(each.text)
    elif node.kind == "binary_expression" and node.token("+"):
        for each in parts:
            yield from _pieces(each, values, depth + 1)
    elif node.kind == "new_expression" and node.first is not None and node.first.text == "URL":
        yield from _pieces(arguments(node)[0], values, depth + 1) if arguments(node) else (_UNKNOWN,)
    elif node.kind == "call_expression" and node.first is not None:
        yield from _joined(node, values, depth)
    else:
        target = values.follow(node)
        yield from (_UNKNOWN,) if target is node else _pieces(target, values, depth + 1)


def _joined(call: Node, values: Values, depth: int) -> Iterator[str]:
    if call.first is None or call.first.text.rpartition(".")[2] not in _JOINS:
        yield _UNKNOWN
        return
    for position, each in enumerate(arguments(call)):
        yield "/" if position else ""
        yield from _pieces(each, values, depth + 1)
