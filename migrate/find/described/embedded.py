"""Strings that hold programs: shell in workflows and manifests, scripts in config maps, code in steps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrate import contract, definitions, find
from migrate.embed import Region
from migrate.find.described.arguments import argument_lists
from migrate.find.described.folders import folder_of
from migrate.find.described.scalars import region_of, text_of
from migrate.find.described.shapes import mappings, plain
from migrate.project import Project
from migrate.structured.nodes import Document, MappingNode, Node, Scalar, SequenceNode

_PROGRAMS = re.compile(
    rf"(?<![\w./-])(?:curl|wget|https?|xh|jq|node|python3?|{contract.PRODUCT}|npx|bunx|pnpm|yarn)\s",
    re.MULTILINE,
)
_JOB = re.compile(r"(?<![^\W_])jobs?(?![^\W_])|Job")
"""In every text that names an old or a new operation: migrated requests have to be found too."""
_SHELL_KEYS = frozenset(
    (
        *(
            "run",
            "script",
            "scripts",
            "beforescript",
            "afterscript",
            "command",
            "commands",
            "cmd",
            "cmds",
            "args",
        ),
        *("shell", "sh", "bash", "entrypoint", "inlinescript", "exec", "raw", "ansiblebuiltinshell"),
        *("ansiblebuiltincommand", "ansiblebuiltinraw", "poststart", "prestop", "postattachcommand"),
        *(
            "postcreatecommand",
            "poststartcommand",
            "oncreatecommand",
            "updatecontentcommand",
            "recipe",
            "source",
        ),
    )
)
_POWERSHELL = dict.fromkeys(("pwsh", "powershell"), "powershell")
_SCRIPT_KEYS = {"jscode": "javascript", "functioncode": "javascript", "pythoncode": "python"} | _POWERSHELL
_INTERPRETERS = {
    "python": "python",
    "python3": "python",
    "node": "javascript",
    "javascript": "javascript",
} | _POWERSHELL
_TASKS = {"PythonScript@": "python", "PowerShell@": "powershell", ".scripts.python.": "python"}
"""Parts of the names of tasks (Azure Pipelines, Kestra) and the language of their scripts."""
_INTERPRETER_KEYS = ("shell", "language", "interpreter", "executable", "command")


@dataclass(frozen=True, slots=True)
class Place:
    """A string with the key that it stands under and the mappings around it."""

    node: Scalar
    key: str
    around: tuple[MappingNode, ...]


def regions(
    document: Document, taken: frozenset[int], path: str, project: Project
) -> tuple[list[Region], set[int]]:
    """The regions of a document's programs, and the ids of the strings that they are made of.

    taken: ids of strings that are understood already; path: of the file.
    """
    found, used = argument_lists(document, taken)
    taken = taken | used
    for place in _places(document):
        text = text_of(document, place.node)
        if text is None or id(place.node) in taken or not _JOB.search(text):
            continue
        language = _language(document, place, text)
        region = region_of(document, place.node, language) if language else None
        if region:
            found.append(replace(region, folder=folder_of(document, path, place.around, project)))
            used.add(id(place.node))
    return found, used


def _places(document: Document) -> Iterator[Place]:
    for root in document.roots:
        yield from (Place(each, "", ()) for each in _strings(root))
    for _, _, mapping, around in mappings(document):
        for pair in mapping.pairs:
            yield from (Place(each, pair.name or "", (mapping, *around)) for each in _strings(pair.value))


def _strings(node: Node) -> list[Scalar]:
    """A string, or those in a (nested) sequence."""
    if isinstance(node, Scalar):
        return [node]
    return [each for item in node.items for each in _strings(item)] if isinstance(node, SequenceNode) else []


def _language(document: Document, place: Place, text: str) -> str:
    """The language of a program text that has a finder, or ""."""
    first_line = text.lstrip().split("\n", 1)[0]
    by_name = find.language_of(place.key, first_line)
    if by_name != find.FALLBACK:
        return by_name if _has_finder(by_name) else ""
    language = _SCRIPT_KEYS.get(plain(place.key)) or _by_neighbours(document, place)
    if not language:
        is_command = len(text.split()) > 1 and (_PROGRAMS.search(text) or plain(place.key) in _SHELL_KEYS)
        language = "json" if _is_object(text) else "shell" if is_command else ""
    return language if _has_finder(language) else ""


def _is_object(text: str) -> bool:
    """Whether a string holds a JSON object, which may describe a request itself."""
    if not text.lstrip().startswith("{"):
        return False
    try:
        definitions.parsed(text, "json")
    except ValueError:
        return False
    return True


def _by_neighbours(document: Document, place: Place) -> str:
    """GitHub's ``actions/github-script``; ``shell: python`` beside ``run``."""
    for mapping in place.around[:2]:
        action = mapping.get("uses")
        if action and "github-script" in (text_of(document, action.value) or ""):
            return "javascript"
        for key in ("task", "type"):
            pair = mapping.get(key)
            name = (text_of(document, pair.value) or "") if pair else ""
            known = [language for part, language in _TASKS.items() if part in name]
            if known:
                return known[0]
    for pair in place.around[0].pairs if place.around else ():
        if plain(pair.name) in _INTERPRETER_KEYS and pair.name != place.key:
            words = _strings(pair.value)[:1]
            program = (text_of(document, words[0]) or "" if words else "").split(" ")[0].rsplit("/", 1)[-1]
            if program in _INTERPRETERS:
                return _INTERPRETERS[program]
    return ""


def _has_finder(language: str) -> bool:
    return bool(language) and find.suffix_of(language) != ""
