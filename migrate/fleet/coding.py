"""Results as bytes: what workers return and the state keeps. JSON, so that reading runs nothing."""

from __future__ import annotations

import base64
import json
import types
import typing
import zlib
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import Any

from migrate.model import Edit, FileResult, Run, Use


def encode(run: Run) -> bytes:
    """A run, compressed."""
    text = json.dumps(_plain(run), ensure_ascii=True, separators=(",", ":"))
    return zlib.compress(text.encode("ascii"), 1)


def decode(data: bytes) -> Run:
    """The run of `encode`."""
    found: Run = _made(Run, json.loads(zlib.decompress(data)))
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return [_plain(getattr(value, each.name)) for each in fields(value)]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, Enum) else value


def _made(kind: Any, value: Any) -> Any:
    """A value of a type from its plain form. The types are those that a run is made of."""
    if isinstance(kind, types.UnionType):
        return None if value is None else _made(typing.get_args(kind)[0], value)
    if typing.get_origin(kind) is tuple:
        inner = typing.get_args(kind)[0]
        return tuple(_made(inner, each) for each in value)
    if kind is bytes:
        return base64.b64decode(value)
    if isinstance(kind, type) and is_dataclass(kind):
        return kind(*(_made(each, part) for each, part in zip(_kinds(kind), value, strict=True)))
    return kind(value) if isinstance(kind, type) and issubclass(kind, Enum) else value


@cache
def _kinds(kind: type) -> tuple[Any, ...]:
    hints = typing.get_type_hints(kind)
    return tuple(hints[each.name] for each in fields(kind))


def moved(run: Run, folder: str) -> Run:
    """The run as seen from the folder above: each path with `folder` in front."""

    def edit(each: Edit) -> Edit:
        return replace(each, path=f"{folder}/{each.path}")

    def use(each: Use) -> Use:
        return replace(each, path=f"{folder}/{each.path}", edits=tuple(map(edit, each.edits)))

    def file(each: FileResult) -> FileResult:
        path = f"{folder}/{each.path}"
        return replace(each, path=path, uses=tuple(map(use, each.uses)), repository=folder)

    return replace(run, files=tuple(map(file, run.files)))
