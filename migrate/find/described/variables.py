"""A described body that is a variable of the playbook: ``body: "{{ job }}"`` with ``vars: {job: …}``.

https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_variables.html
"""

from __future__ import annotations

import re
from dataclasses import replace

from migrate.find.described.scalars import text_of
from migrate.find.described.shapes import Described, Path, mappings
from migrate.structured.nodes import Document, MappingNode

_VARIABLE = re.compile(r"^\s*\{\{\s*(?P<name>[A-Za-z_]\w*)(?:\s*\|\s*(?:to_json|from_json))*\s*\}\}\s*$")
_HOLDERS = ("vars",)


def resolved(document: Document, requests: list[Described]) -> list[Described]:
    """The requests, those whose body is a variable with the variable's value for a body.

    Only where the variable is set beside the task or around it, and used by nothing else in the file.
    """
    if not any(_name(document, each) for each in requests):
        return requests
    places = {id(node): at for _, at, node, _ in mappings(document)}
    return [_resolved(document, each, places) for each in requests]


def _name(document: Document, found: Described) -> str:
    text = text_of(document, found.body) if found.body is not None else None
    variable = _VARIABLE.match(text) if text else None
    return variable["name"] if variable else ""


def _resolved(document: Document, found: Described, places: dict[int, Path]) -> Described:
    name = _name(document, found)
    if not name or len(re.findall(rf"\b{name}\b", document.text)) != 2:
        return found
    for mapping in found.scope:
        for holder in filter(None, map(mapping.get, _HOLDERS)):
            pair = holder.value.get(name) if isinstance(holder.value, MappingNode) else None
            if pair and id(holder.value) not in document.shared:
                return replace(found, body=pair.value, body_at=(*places[id(holder.value)], name))
    return found
