"""Reads of an answer in other task files of the same Ansible role: a registered variable is known to all.

https://docs.ansible.com/ansible/latest/playbook_guide/playbooks_reuse_roles.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from migrate.find.described.reads import answer_reads
from migrate.find.described.scalars import text_of
from migrate.find.described.shapes import Described
from migrate.project import Project
from migrate.source import Source
from migrate.structured.nodes import Document

_INCLUDE = re.compile(
    r"(?:include|import)_tasks[\"']?\s*:\s*(?:\{\s*)?(?:file\s*:\s*)?[\"']?(?P<file>[\w./-]+\.ya?ml)\b"
)
_FIRST = ("main.yml", "main.yaml", "../handlers/main.yml", "../handlers/main.yaml")
_MOST_FILES = 100


def holds(
    source: Source, project: Project, document: Document, requests: Sequence[Described], old: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """Index of each old request whose answer another task file reads, and which file it is, as a sentence."""
    names = {index: name for index in old if (name := _registered(document, requests[index]))}
    if not names or source.around:
        return
    others = [each for each in _files(source, project) if each.path != source.path]
    for index, name in names.items():
        for other in others:
            read = next(answer_reads(other.text, name), None)
            if read:
                line, _ = other.line_column(read[0])
                yield index, f"`{read[1]}` is read from its answer `{name}` in {other.path}, line {line}."
                break


def _registered(document: Document, found: Described) -> str:
    pairs = (mapping.get("register") for mapping in found.scope[:2])
    return next((text_of(document, pair.value) or "" for pair in pairs if pair), "")


def _files(source: Source, project: Project) -> list[Source]:
    """The file and those that it includes, and with them those of the role that it is of."""
    paths = [source.path]
    if PurePosixPath(source.path).parent.name == "tasks":
        paths += [path for name in _FIRST if project.exists(path := project.beside(source.path, name))]
    found: dict[str, Source] = {}
    while paths and len(found) < _MOST_FILES:
        path = paths.pop(0)
        read = source if path == source.path else project.read(path)
        if read is None or path in found:
            continue
        found[path] = read
        named = (project.beside(path, each["file"]) for each in _INCLUDE.finditer(read.text))
        paths += [each for each in named if project.exists(each)]
    return list(found.values())
