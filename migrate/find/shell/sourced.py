"""What a script takes from files that it sources: constants with a URL, helpers that know the body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from migrate import contract
from migrate.contract import Operation
from migrate.find.shell.expand import Expander
from migrate.find.shell.paths import Files
from migrate.find.shell.values import Value
from migrate.model import HOLE
from migrate.source import Source

_ASSIGNMENT = (
    r"^[ \t]*(?:export[ \t]+|readonly[ \t]+|declare[ \t]+(?:-\w+[ \t]+)*)?{name}=(?P<value>[^\r\n]*)"
)


@dataclass(frozen=True)
class Constant:
    """A variable of a sourced file whose value ends in an old path. where: file and line."""

    name: str
    tail: str
    where: str


class Sourced:
    """The files that one script sources, as far as their paths are plain."""

    def __init__(self, expander: Expander, files: Files) -> None:
        self.sources = [each for each in self._read(expander, files) if each]

    def _read(self, expander: Expander, files: Files) -> Iterator[Source | None]:
        for command in expander.script.commands:
            words = expander.words(command)
            if len(words) > 1 and words[0].text in ("source", "."):
                path, _ = files.find(words[1], command)
                yield files.project.read(path) if path else None

    def constant_of(self, url: Value, method: str) -> tuple[Constant, Operation] | None:
        """The constant that makes a URL an old path, with the operation."""
        for item in url.items:
            name = item.text.removeprefix("${").removesuffix("}") if item.hole else ""
            found = self._constant(name) if name.isidentifier() else None
            if found:
                old = contract.match(method, url.named.replace(item.text, found.tail))
                if old:
                    return found, old.operation
        return None

    def _constant(self, name: str) -> Constant | None:
        for source in self.sources:
            for found in re.finditer(_ASSIGNMENT.format(name=re.escape(name)), source.text, re.MULTILINE):
                value = found["value"].strip().strip("\"'")
                if contract.PATH_IN_TEXT.search(value):
                    line, _ = source.line_column(found.start("value"))
                    tail = re.sub(r"\$\{[^}]*\}|\$\w+", HOLE, value)
                    return Constant(name, tail, f"{source.path}, line {line}")
        return None

    def names_key(self, helper: str, operation: Operation) -> str:
        """Where a sourced file that has a helper function names a moved key, or ""."""
        for source in self.sources:
            if not re.search(rf"^[ \t]*(?:function[ \t]+)?{re.escape(helper)}\b", source.text, re.MULTILINE):
                continue
            for key in operation.moved_keys:
                found = re.search(rf"\b{key}\b", source.text)
                if found:
                    return f"`{key}` in {source.path}, line {source.line_column(found.start())[0]}"
        return ""
