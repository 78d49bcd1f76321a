"""Which file of the project a path in a script means."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from ast_grep_py import SgNode

from migrate.find.shell.expand import Chain, Expander
from migrate.find.shell.script import span
from migrate.find.shell.values import Value
from migrate.project import Project, canonical
from migrate.source import Source

_OWN_FOLDER = re.compile(
    r"dirname\b.*(?:\$0|\$\{0\}|BASH_SOURCE)|\$\{(?:0|BASH_SOURCE(?:\[0\])?)(?:%/\*|:h|:A:h)\}"
)
_ROOT_VARIABLES = "GITHUB_WORKSPACE|CI_PROJECT_DIR|BITBUCKET_CLONE_DIR|BUILD_SOURCESDIRECTORY|WORKSPACE"
_ROOT = re.compile(rf"git rev-parse --show-toplevel|^\$\{{?(?:{_ROOT_VARIABLES})\b")


_UNKNOWN = ("unknown", "\0")
"""Base and folder where nobody knows the folder."""


class Files:
    """Finds the files that the commands of one script read."""

    def __init__(self, project: Project, source: Source, expander: Expander) -> None:
        self.project = project
        self.path = source.path
        self.folder = source.folder
        self.expander = expander

    def find(self, value: Value, use: SgNode, chain: Chain = ()) -> tuple[str, str]:
        """The path of an existing file and "", or "" and why it is not known, as half a sentence."""
        base, text = self._split(value)
        if text is None:
            return "", f"which file `{value.named}` is, is not known"
        found = list(
            dict.fromkeys(
                path for path in self._candidates(base, text, use, chain) if self.project.exists(path)
            )
        )
        if len(found) == 1 or (found and base):
            return found[0], ""
        if not found:
            return "", self._missing(base, text, use, chain)
        return "", f"{text} can be {found[0]} or {found[1]}, depending on the working directory"

    def _missing(self, base: str, text: str, use: SgNode, chain: Chain) -> str:
        """Why there is no such file, and which file of the project may be meant."""
        _, folder = ("", "") if base else self._changed_folder(use, chain) or ("", "")
        if text.startswith(("/", "~")) or not folder.startswith(("/", "~")):
            return f"the file {text} is not in the project"
        outside = f"{text} is looked for in {folder}, which is outside of the project"
        root = self.project.from_root(text)
        if not self.project.exists(root):
            return outside
        return f"{outside}; if {root} of the project is what stands there, its keys have to move too"

    def _split(self, value: Value) -> tuple[str, str | None]:
        """``own`` or ``root`` for a path that starts at the script's folder or the root, and the rest."""
        known = value.known
        if known is not None:
            return "", known
        first, rest = value.items[0], Value(value.items[1:])
        if not first.hole or rest.known is None or first.node is None:
            return "", None
        text = first.node.text()
        if _OWN_FOLDER.search(text):
            return "own", rest.known.lstrip("/")
        if _ROOT.search(text):
            return "root", rest.known.lstrip("/")
        return "", None

    def _candidates(self, base: str, text: str, use: SgNode, chain: Chain) -> list[str]:
        if text.startswith(("/", "~")):
            return []
        own, root = self.project.beside(self.path, text), self.project.from_root(text)
        if base:
            return [own if base == "own" else root]
        changed = self._changed_folder(use, chain)
        where, folder = changed or ("", "")
        below = str(PurePosixPath(folder, text)) if folder else text
        own, root = self.project.beside(self.path, below), self.project.from_root(below)
        if not where and self.folder is not None:
            return [canonical(str(PurePosixPath(self.folder, below)))]
        return {"own": [own], "root": [root]}.get(where, [own, root])

    def _changed_folder(self, use: SgNode, chain: Chain) -> tuple[str, str] | None:
        """Base and folder after every ``cd`` before a place (of the call, for a place in a function)."""
        script = self.expander.script
        place = chain[-1] if chain else use
        function = script.function_of(place)
        stack: list[tuple[str, str] | None] = [None]
        for command in script.commands:
            if span(command)[0] >= span(place)[0] or script.function_of(command) != function:
                continue
            words = self.expander.words(command)
            name = words[0].text if words else ""
            if name not in ("cd", "pushd", "popd") or _is_inner(command, place):
                continue
            if name == "popd":
                stack = stack[:-1] or [_UNKNOWN]
            elif len(words) > 1:
                stack = [*stack[: len(stack) - (name == "cd")], self._after(stack[-1], words[1])]
        return stack[-1]

    def _after(self, before: tuple[str, str] | None, target: Value) -> tuple[str, str]:
        """Base and folder after a ``cd``; a folder below an unknown one is unknown, too."""
        where, folder = self._split(target)
        if folder is None or (folder == "-" and not where):
            return _UNKNOWN
        if where or before is None or folder.startswith(("/", "~")):
            return where, folder
        return before if before == _UNKNOWN else (before[0], str(PurePosixPath(before[1], folder)))


def _is_inner(command: SgNode, place: SgNode) -> bool:
    """Whether the command runs in a subshell that the place is not in."""
    around = {span(each) for each in place.ancestors()}
    return any(
        each.kind() in ("subshell", "command_substitution") and span(each) not in around
        for each in command.ancestors()
    )
