"""Lines, indentation and edits of a text: what block and flow layout have in common."""

from __future__ import annotations

import re

TextEdit = tuple[int, int, str]
"""Replace the characters start to end (exclusive) by a text."""


def line_start(text: str, at: int) -> int:
    """Offset of the start of the line that holds `at`."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_above(text: str, start: int) -> int:
    """Offset of the start of the line above the one that starts at `start`."""
    newline = 2 if text.endswith("\r\n", 0, start) else 1
    return line_start(text, max(0, start - newline))


def line_end(text: str, at: int) -> int:
    """Offset of the end of the line that holds `at`, before its newline."""
    found = re.compile(r"[^\r\n]*").match(text, at)
    return found.end() if found else at


def after_line(text: str, at: int) -> int:
    """Offset of the start of the next line, or of the end of the text."""
    end = line_end(text, at)
    return end + (2 if text.startswith("\r\n", end) else 1 if end < len(text) else 0)


def newline_at(text: str, at: int) -> str:
    """The newline that ends the line of `at`, else the first of the text, else LF."""
    found = re.compile(r"\r\n|\n|\r").search(text, at) or re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"


def starts_line(text: str, at: int) -> bool:
    """Whether only white space stands before `at` on its line."""
    return not text[line_start(text, at) : at].strip(" \t\ufeff")


def indent_of(text: str, at: int) -> str:
    """The white space at the start of the line of `at`."""
    found = re.compile(r"[ \t]*").match(text, line_start(text, at))
    return found[0] if found else ""


def shifted(text: str, prefix: str) -> str:
    """The text with a prefix before each of its lines that is not blank."""
    return "".join(prefix + line if line.strip() else line for line in text.splitlines(keepends=True))


def comments_around(text: str, start: int, end: int) -> str:
    """The comment lines directly above a line, indented as it is, and the lines down to the one of `end`."""
    first, indent = start, indent_of(text, start)
    while first > 0:
        above = line_above(text, first)
        if not text.startswith((f"{indent}#", f"{indent}//", f"{indent}/*"), above):
            break
        first = above
    return text[first : line_end(text, end)]


def apply(text: str, edits: list[TextEdit]) -> str:
    """The text after its edits, which don't overlap."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def tidy(text: str, edits: list[TextEdit]) -> list[TextEdit]:
    """Edits in order, deletions united, touching ones joined, each as small as it can be.

    Raises ValueError where an insertion lies inside of another edit.
    """
    joined: list[TextEdit] = []
    for start, end, new in sorted(edits, key=lambda each: (each[0], each[1] > each[0], each[1])):
        if joined and start < joined[-1][1]:
            before = joined[-1]
            if new:
                raise ValueError("edits overlap")
            joined[-1] = (before[0], max(before[1], end), before[2])
        elif joined and start == joined[-1][1]:
            joined[-1] = (joined[-1][0], end, joined[-1][2] + new)
        else:
            joined.append((start, end, new))
    return [small for each in joined if (small := _smallest(text, each))[0] != small[1] or small[2]]


def _smallest(text: str, edit: TextEdit) -> TextEdit:
    start, end, new = edit
    while start < end and new and text[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and text[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return start, end, new
