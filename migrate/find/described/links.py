"""A described body that stands in another file: Ansible's ``src`` and ``lookup('file', …)``.

https://docs.ansible.com/ansible/latest/collections/ansible/builtin/uri_module.html,
https://docs.ansible.com/ansible/latest/playbook_guide/playbook_pathing.html
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from migrate import definitions
from migrate.contract import Operation
from migrate.find.described.scalars import text_of
from migrate.find.described.shapes import Described, plain
from migrate.model import Edit
from migrate.project import Project
from migrate.source import Source
from migrate.structured.nodes import Document

_LOOKUP = re.compile(
    r"^\s*\{\{\s*lookup\(\s*['\"](?:ansible\.builtin\.)?(?P<kind>file|template)['\"]\s*,\s*"
    r"['\"](?P<path>[^'\"{}]+)['\"]\s*\)(?:\s*\|\s*from_json|\s*\|\s*to_json|\s*\|\s*from_yaml)*\s*\}\}\s*$"
)
_BY_REFERENCE = ("src",)


@dataclass(frozen=True, slots=True)
class Linked:
    """The file that holds a body. value: its body; edits, reason, group: as in `Definition`."""

    value: Any
    edits: tuple[Edit, ...] = ()
    reason: str = ""
    group: str = ""


def linked(
    source: Source, document: Document, found: Described, project: Project, operation: Operation | None = None
) -> Linked | None:
    """The definition that a described body names, or None where it names none."""
    name, kind = _name(document, found)
    if not name:
        return None
    places = (
        project.beside(source.path, name),
        project.beside(source.path, f"{kind}s", name),
        project.beside(source.path, "..", f"{kind}s", name),
    )
    path = next((place for place in places if project.exists(place)), places[0])
    value = definitions.load(project, path)
    if operation is None:
        return Linked(value)
    moved = definitions.read(project, path, operation)
    return Linked(value, moved.edits, moved.reason, moved.group)


def _name(document: Document, found: Described) -> tuple[str, str]:
    """The file's name, and the kind of folder that it may be in."""
    if found.file:
        return found.file, "file"
    text = text_of(document, found.body) if found.body is not None else None
    lookup = _LOOKUP.match(text) if text else None
    if lookup:
        return lookup["path"], lookup["kind"]
    if found.body is None and plain(found.opaque_body) in _BY_REFERENCE:
        pair = found.node.get(found.opaque_body)
        name = text_of(document, pair.value) if pair else None
        return (name, "file") if name and "{" not in name else ("", "")
    return "", ""
