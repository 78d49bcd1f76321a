"""Finder for Jupyter notebooks: the code cells together are one Python program.

Only source lines change; outputs, metadata, indentation, key order and escapes stay byte for byte.
Lines for IPython (``%magic``, ``!command``) are covered before the code is parsed.
https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from migrate.embed import Region, find_in, merge
from migrate.find.text import UNREADABLE, names_in
from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source
from migrate.structured.document import only_root, parse
from migrate.structured.nodes import MappingNode, Node, Scalar, SequenceNode

LANGUAGE = "python"

_MAGIC = re.compile(r"^(?P<indent>[ \t]*)(?P<magic>[%!?].*|[\w.]+\?{1,2})$", re.MULTILINE)
_ASSIGNED = re.compile(r"(?<==)(?P<indent>[ \t]*)(?P<magic>[%!](?=\w).*)$", re.MULTILINE)
_COMMAND = re.compile(
    r"^[ \t]*(?:(?P<name>[\w., \t]+)=[ \t]*)?!{1,2}(?P<command>(?:[^\n\\]|\\\n|\\.)+)", re.MULTILINE
)
_SHELL_CELL = re.compile(r"\A\s*%%(?:bash|sh|zsh|script[ \t]+(?:ba|z)?sh)\b[^\n]*\n")
_CELL = re.compile(r"\A\s*%%(?P<name>\w+)")
_PYTHON_CELLS = frozenset(("time", "timeit", "capture", "prun", "python", "python3"))
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}(?:\\u[0-9a-fA-F]{4})?|.)", re.DOTALL)


@dataclass
class _Program:
    """The code of all cells with the place of each character."""

    cells: list[list[str]]
    starts: list[int]
    ends: list[int]
    separators: set[str]


def find(source: Source, project: Project) -> Findings:
    """All uses in the code cells of a notebook."""
    try:
        root = only_root(parse(source.text, "json"))
    except (ValueError, RecursionError) as error:
        return names_in(source, LANGUAGE, f"it is not understood as a notebook ({error})", UNREADABLE)
    program = _Program([], [], [], set())
    for cell in _code_cells(root):
        _add(program, source.text, cell)
    if not program.cells:
        return Findings()
    separators = program.separators
    code = "".join(covered("".join(cell)) for cell in program.cells)
    text = "".join("".join(cell) for cell in program.cells)
    encode = _encoder(next(iter(separators), "\\n"), source.text.isascii())
    frozen = "the notebook writes its cells in several ways" if len(separators) > 1 else ""
    regions = [Region(LANGUAGE, code, program.starts, program.ends, encode=encode, frozen=frozen)]
    for start, end, why in _commands(program.cells):
        places = (program.starts[start:end], program.ends[start:end])
        regions.append(Region("shell", text[start:end], *places, encode=encode, frozen=why or frozen))
    return merge(*(find_in(source, project, [each]) for each in regions))


def _commands(cells: list[list[str]]) -> Iterator[tuple[int, int, str]]:
    """What a shell runs (``!command``, ``%%bash``): characters of the program, and why it must stay."""
    position = 0
    for cell in cells:
        text = "".join(cell)
        whole = _SHELL_CELL.match(text)
        if whole:
            why = "its output is kept in a variable" if "--out" in whole[0] else ""
            yield position + whole.end(), position + len(text), why
        elif not _is_foreign(text):
            for found in _COMMAND.finditer(text):
                why = "its output is kept in a variable" if found["name"] else ""
                yield position + found.start("command"), position + found.end("command"), why
        position += len(text)


def _code_cells(root: Node) -> Iterator[Node]:
    """The ``source`` of each code cell (nbformat 4, and 3 with its worksheets)."""
    if not isinstance(root, MappingNode):
        return
    cells = root.get("cells")
    sheets = root.get("worksheets")
    if cells is None and sheets is not None and isinstance(sheets.value, SequenceNode):
        for sheet in sheets.value.items:
            yield from _code_cells(sheet)
    if cells is None or not isinstance(cells.value, SequenceNode):
        return
    for cell in cells.value.items:
        if isinstance(cell, MappingNode):
            kind, code = cell.get("cell_type"), cell.get("source") or cell.get("input")
            if (
                code is not None
                and kind is not None
                and isinstance(kind.value, Scalar)
                and kind.value.value == "code"
            ):
                yield code.value


def _add(program: _Program, text: str, cell: Node) -> None:
    strings = (
        [cell] if isinstance(cell, Scalar) else list(cell.items) if isinstance(cell, SequenceNode) else []
    )
    inner = [(each.start + 1, each.end - 1) for each in strings if isinstance(each, Scalar)]
    if inner:
        program.cells.append([])
    for index, (start, end) in enumerate(inner):
        following = inner[index + 1][0] if index + 1 < len(inner) else None
        _add_string(program, text, start, end, following)
        if following is not None:
            program.separators.add("\\n" + text[end:following])
    if isinstance(cell, Scalar):
        program.separators.add("\\n")
    if inner:
        program.cells[-1].append("\n")
        program.starts.append(inner[-1][1])
        program.ends.append(inner[-1][1])


def _add_string(program: _Program, text: str, start: int, end: int, following: int | None) -> None:
    """One JSON string; the newline that ends it takes what stands between it and the next."""
    position = start
    while position < end:
        found = _ESCAPE.match(text, position)
        stop = found.end() if found else position + 1
        decoded = json.loads(f'"{text[position:stop]}"', strict=False)
        if decoded == "\n" and stop == end and following is not None:
            program.ends.append(following)
        else:
            program.ends += [stop] * len(decoded)
        program.starts += [position] * len(decoded)
        program.cells[-1].append(decoded)
        position = stop


def _encoder(newline: str, ascii_only: bool) -> Callable[[str], str]:
    def encode(text: str) -> str:
        parts = text.split("\n")
        return newline.join(json.dumps(part, ensure_ascii=ascii_only)[1:-1] for part in parts)

    return encode


def _is_foreign(cell: str) -> bool:
    """Whether a cell is in another language than Python."""
    found = _CELL.match(cell)
    return found is not None and found["name"] not in _PYTHON_CELLS


def covered(cell: str) -> str:
    """A cell with lines for IPython turned into comments of the same length, without a shell's commands."""
    if _SHELL_CELL.match(cell):
        return re.sub(r"[^\n]+", lambda found: "#" * len(found[0]), cell)
    if not _is_foreign(cell):
        cell = _COMMAND.sub(_blank, cell)
    else:
        return "".join(_comment(line) for line in cell.splitlines(keepends=True))
    return _ASSIGNED.sub(_cover, _MAGIC.sub(_cover, cell))


def _comment(line: str) -> str:
    return line if not line.strip() else "#" + line[1:]


def _blank(found: re.Match[str]) -> str:
    """``!command`` with other characters in place of the command's, on one line or several."""
    start = found.start("command") - found.start()
    first, *more = found["command"].split("\n")
    return found[0][:start] + "\n".join(["x" * len(first), *("#" * len(each) for each in more)])


def _cover(found: re.Match[str]) -> str:
    """``!ls`` becomes ``0#s``: an expression and a comment, so that blocks are not left empty."""
    magic = found["magic"]
    return found["indent"] + ("0#" + magic[2:] if len(magic) > 1 else "0")
