"""What a person has to change for a name that is not seen to be part of a request: which text, to which."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from migrate import contract
from migrate.model import Findings, Use
from migrate.source import Source

_MOST_KEYS = 4


def advised(found: Findings, source: Source, comments: Sequence[tuple[int, int]]) -> Findings:
    """The same findings, with advice that names the texts of the script that have to change."""
    keys = list(_keys(source, comments))
    return replace(found, uses=tuple(_advised(use, source, keys) for use in found.uses))


def _advised(use: Use, source: Source, keys: Sequence[str]) -> Use:
    start, end = source.char_at_byte(use.start), source.char_at_byte(use.end)
    old = source.text[start:end]
    command = contract.CLI_COMMAND.fullmatch(old)
    operation = contract.operation(command["verb"], command["type"]) if command else None
    if operation:
        new = operation.new_cli
    elif contract.PATH_IN_TEXT.match(source.text, start):
        new = contract.COLLECTION
    else:
        return use
    todo = f"Change `{old}` to `{new}` here"
    if keys:
        todo += f"; where it is of this request, change {', '.join(keys)}"
    return replace(use, advice=f"{todo}. {use.advice}")


def _keys(source: Source, comments: Sequence[tuple[int, int]]) -> Iterator[str]:
    """``the key X in line N to settings.X``, for the first few keys of a script."""
    places = [
        found
        for found in contract.MOVED_KEY_IN_TEXT.finditer(source.text)
        if not any(start <= found.start() < end for start, end in comments)
    ]
    for found in places[:_MOST_KEYS]:
        line, _ = source.line_column(found.start())
        yield f"`{found[0]}` in line {line} to `{'.'.join(contract.place_of(found[0]))}`"
