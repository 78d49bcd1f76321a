"""The working directory of a program in a pipeline or playbook, where the file says one.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax,
https://learn.microsoft.com/en-us/azure/devops/pipelines/yaml-schema/steps-script,
https://circleci.com/docs/configuration-reference/#run,
https://docs.ansible.com/ansible/latest/collections/ansible/builtin/command_module.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrate.find.described.scalars import text_of
from migrate.find.described.shapes import plain
from migrate.project import Project
from migrate.structured.nodes import Document, MappingNode

_FROM_ROOT = "workingdirectory"
_BESIDE = "chdir"
_INSIDE = ("args", "inputs", "run")
"""Mappings beside a program that say more about it."""
_ROOT = re.compile(r"^(?:\$\{\{\s*github\.workspace\s*\}\}|\$\((?:Build|System)\.\w+\))(?:/|$)")
_NEAR = 2
UNKNOWN = "\0"
"""A folder in which nothing is."""


def folder_of(document: Document, path: str, around: Sequence[MappingNode], project: Project) -> str | None:
    """The folder that a program runs in, `UNKNOWN` where it can't be known, None where nothing is said.

    path: of the file; around: the mappings around the program, innermost first.
    """
    for mapping in (*_near(around), *_defaults(around)):
        for pair in mapping.pairs:
            name = plain(pair.name)
            if name not in (_FROM_ROOT, _BESIDE):
                continue
            folder = _ROOT.sub("", text_of(document, pair.value) or UNKNOWN)
            if folder.startswith(("/", "~")) or any(mark in folder for mark in "$<{%" + UNKNOWN):
                return UNKNOWN
            return project.from_root(folder) if name == _FROM_ROOT else project.beside(path, folder)
    return None


def _near(around: Sequence[MappingNode]) -> Iterator[MappingNode]:
    for mapping in around[:_NEAR]:
        yield mapping
        for pair in mapping.pairs:
            if plain(pair.name) in _INSIDE and isinstance(pair.value, MappingNode):
                yield pair.value


def _defaults(around: Sequence[MappingNode]) -> Iterator[MappingNode]:
    """What a workflow or job of GitHub's sets for all its steps."""
    for mapping in around:
        defaults = mapping.get("defaults")
        run = defaults.value.get("run") if defaults and isinstance(defaults.value, MappingNode) else None
        if run and isinstance(run.value, MappingNode):
            yield run.value
