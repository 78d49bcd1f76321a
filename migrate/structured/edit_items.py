"""Edits of sequences."""

from __future__ import annotations

from migrate.structured.layout import TextEdit, after_line, line_start
from migrate.structured.nodes import SequenceNode


def without_item(text: str, sequence: SequenceNode, index: int) -> TextEdit:
    """The edit that takes an item out of a sequence; index: not the first item's."""
    item = sequence.items[index]
    if sequence.flow:
        return sequence.items[index - 1].end, item.end, ""
    return line_start(text, item.start), after_line(text, item.end), ""
