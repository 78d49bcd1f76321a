"""Programs within a script: ``bash -c '…'``, ``eval '…'``, ``python3 - <<'EOF'``."""

from __future__ import annotations

from collections.abc import Iterator

from ast_grep_py import SgNode

from migrate.embed import Region
from migrate.find.shell.expand import Expander
from migrate.find.shell.programs import program_at
from migrate.find.shell.script import span
from migrate.quoting import without
from migrate.source import Source

_SHELLS = ("bash", "sh", "zsh", "dash", "ksh", "ssh")
_LANGUAGES = {
    **dict.fromkeys(_SHELLS, "shell"),
    **dict.fromkeys(("python", "python3", "python2"), "python"),
    "node": "javascript",
}
_CODE_OPTIONS = {"shell": "c", "python": "c", "javascript": "e"}
_GOES_ON = "what it prints goes on to other commands"


def regions(source: Source, expander: Expander) -> Iterator[Region]:
    """The programs whose text the shell does not change on its way: in single quotes or a quoted heredoc."""
    for command in expander.script.commands:
        language = _language(expander, command)
        if not language:
            continue
        frozen = _GOES_ON if _is_captured(command) else ""
        if _has_code_option(expander, command, language):
            yield from (
                _quoted(source, each, language, frozen)
                for each in command.children()
                if each.kind() == "raw_string"
            )
        for redirect in _heredocs(command):
            made = _heredoc(expander, redirect, language, frozen)
            if made:
                yield made


def _language(expander: Expander, command: SgNode) -> str:
    words = expander.words(command)
    if words and words[0].text == "eval":
        return "shell"
    index = program_at(words, frozenset(_LANGUAGES))
    return "" if index is None else _LANGUAGES[words[index].text.rsplit("/", 1)[-1]]


def _has_code_option(expander: Expander, command: SgNode, language: str) -> bool:
    words = [word.text for word in expander.words(command)]
    option = _CODE_OPTIONS[language]
    return words[0] == "eval" or any(
        each.startswith("-") and not each.startswith("--") and each.endswith(option) for each in words
    )


def _is_captured(command: SgNode) -> bool:
    for each in command.ancestors():
        if each.kind() in ("command_substitution", "process_substitution"):
            return True
        if each.kind() == "pipeline":
            return True
    parent = command.parent()
    return parent is not None and parent.kind() == "redirected_statement" and any(
        each.kind() == "file_redirect" and each.text().startswith((">", "1>", "&>"))
        and not each.text().endswith(("/dev/null", "&2"))
        for each in parent.children()
    )  # fmt: skip


def _quoted(source: Source, node: SgNode, language: str, frozen: str) -> Region:
    start, end = span(node)
    return Region(
        language,
        source.text[start + 1 : end - 1],
        range(start + 1, end - 1),
        range(start + 2, end),
        encode=lambda new: without(new, "'"),
        origin=start + 1,
        frozen=frozen,
    )


def _heredocs(command: SgNode) -> list[SgNode]:
    parent = command.parent()
    if parent is None or parent.kind() != "redirected_statement":
        return []
    return [each for each in parent.children() if each.kind() == "heredoc_redirect"]


def _heredoc(expander: Expander, redirect: SgNode, language: str, frozen: str) -> Region | None:
    kinds = {each.kind(): each.text() for each in redirect.children()}
    if kinds.get("heredoc_start", "")[:1] not in ("'", '"', "\\") or "<<-" in kinds:
        return None
    items = expander.heredoc(redirect).items
    if not items or any(item.hole for item in items):
        return None
    has_rest = "pipeline" in kinds
    return Region(
        language,
        "".join(item.text for item in items),
        [item.start for item in items],
        [item.end for item in items],
        origin=items[0].start,
        frozen=frozen or (_GOES_ON if has_rest else ""),
    )
