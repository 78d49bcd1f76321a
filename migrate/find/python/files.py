"""Definition files that the code reads, and JSON texts in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import libcst as cst

from migrate.find.python import dicts, strings
from migrate.find.python.engine import Engine
from migrate.find.python.state import State
from migrate.find.python.values import (
    Allocation,
    Const,
    DictObject,
    Entry,
    Made,
    Origin,
    Ref,
    Seq,
    Shape,
    Text,
    Unknown,
    Value,
)
from migrate.model import Opaque
from migrate.source import Source

CONTENT = "content of a file"
FOLDER = "the folder of __file__"


def method(engine: Engine, state: State, node: cst.Call, base: Made, name: str) -> Value | None:
    """A method of a path or an open file."""
    path = path_of(base)
    if path is None:
        return None
    if name in ("read_text", "read_bytes", "read", "open"):
        return Made(CONTENT, base.arguments) if name != "open" else base
    if name in ("resolve", "absolute", "expanduser"):
        return base
    if name in ("with_name", "joinpath") and node.args:
        del engine, state
        return None
    return None


def path_of(value: Made) -> list[str] | None:
    """The relative parts of a path that a value stands for, or None. `__file__`'s folder is ``""``."""
    if value.dotted not in ("open", "io.open", "pathlib.Path", CONTENT):
        return None
    parts: list[str] = []
    for key in sorted(value.arguments):
        each = value.arguments[key]
        if value.dotted in ("open", "io.open") and key != "0":
            continue
        if isinstance(each, Made):
            inner = path_of(each)
            if inner is None:
                return None
            parts += inner
        elif isinstance(each, Text) and each.known is not None:
            parts.append(each.known)
        elif isinstance(each, Unknown) and each.label in ("__file__", FOLDER):
            parts.append("")
        else:
            return None
    return parts


def parent_of(value: Made) -> Value | None:
    """The folder of a path: of the code's file, or one up from a folder."""
    parts = path_of(value)
    if not parts or value.dotted == CONTENT:
        return None
    first = value.arguments.get("0")
    if parts == [""] and first == Unknown("__file__"):
        return Made("pathlib.Path", {"0": Unknown(FOLDER)})
    if parts[0] == "" and set(parts[1:]) <= {".."}:
        return Made("pathlib.Path", {**value.arguments, str(len(value.arguments)): Text(strings.plain(".."))})
    return None


def source_of(engine: Engine, state: State, value: Made) -> Source | None:
    """The definition file that a path names: beside the code, in the root, or in the current folder."""
    parts = path_of(value)
    if not parts:
        return None
    project = engine.project
    beside_code = parts[0] == ""
    relative = [part for part in parts if part]
    if not relative:
        return None
    candidates = [project.beside(state.module.path, *relative)]
    if not beside_code:
        candidates += [project.from_root(*relative), "/".join(relative)]
    found = [source for source in map(project.read, dict.fromkeys(candidates)) if source is not None]
    return found[0] if len({source.path for source in found}) == 1 else None


def loaded(engine: Engine, state: State, node: cst.Call, value: Made, syntax: str) -> Value | None:
    """What a definition file holds."""
    source = source_of(engine, state, value)
    if source is None:
        return Unknown(state.module.code(node), why="the file that it is read from is not found")
    return _parsed(engine, state, value_node(engine, source, node), source.text, syntax, source)


def value_node(engine: Engine, source: Source, node: cst.CSTNode) -> cst.CSTNode:
    """One node for a file, however often it is read."""
    key = ("file", source.path)
    return engine.file_nodes.setdefault(key, node)


def from_text(engine: Engine, state: State, node: cst.CSTNode, text: Text, syntax: str) -> Value | None:
    """What a JSON or YAML text in the code holds."""
    return _parsed(engine, state, node, text.known or "", syntax, text)


def _parsed(
    engine: Engine, state: State, node: cst.CSTNode, text: str, syntax: str, where: Source | Text
) -> Value | None:
    from migrate import structured  # noqa: PLC0415 (parsers that few files need)

    try:
        value = structured.load(text, syntax)
    except ValueError:
        return Unknown("text", why=f"it is not understood as {syntax.upper()}")
    if not isinstance(value, Mapping):
        return None
    kind = "file" if isinstance(where, Source) else "json"
    allocation = engine.allocation(state.module, node, kind, shared=isinstance(where, Source))
    engine.texts[allocation] = (where, syntax)
    shape = _shape(engine, state, value, allocation, node)
    return dicts.created(engine, state, allocation, (shape,), [])


def _shape(
    engine: Engine, state: State, value: Mapping[str, Any], allocation: Allocation, node: cst.CSTNode
) -> Shape:
    origin = Origin(allocation.kind, allocation.module, node, allocation)
    return Shape(
        {
            str(key): Entry(_value(engine, state, each, allocation, node), origin)
            for key, each in value.items()
        }
    )


def _value(engine: Engine, state: State, value: Any, allocation: Allocation, node: cst.CSTNode) -> Value:
    if isinstance(value, Opaque):
        return Unknown(str(value))
    if isinstance(value, str):
        return Text(strings.plain(value))
    if value is None or isinstance(value, (bool, int, float)):
        return Const.of(value)
    if isinstance(value, Mapping):
        inner = Allocation(allocation.module, node, "inner", allocation.shared)
        return Ref(engine.new(state, DictObject(inner, (_shape(engine, state, value, inner, node),))))
    if isinstance(value, (list, tuple)):
        return Seq(tuple(_value(engine, state, each, allocation, node) for each in value))
    return Unknown(str(value))
