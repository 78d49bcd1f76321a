"""Regions for the usual ways to quote and indent text within text.

Each function decodes a span of an outer text into a `Region`: its inner text, the outer span of
each of its characters, and how to write new inner text there. Each returns None where the text is
not what the caller takes it for.

Sources: RFC 8259 section 7 (JSON strings); YAML 1.2.2 chapters 7.3 and 8.1 (scalars); the Go
specification (raw string literals); CommonMark 0.31.2 chapters 4.4 and 4.5 (code blocks).
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from migrate.embed import Region, Unwritable

Char = tuple[str, int, int]
"""A character of the inner text and the outer span that writes it."""


def region(language: str, chars: list[Char], encode: Callable[[str], str], **more: str | int) -> Region:
    """A region of decoded characters. more: as in `Region`."""
    text = "".join(char for char, _, _ in chars)
    starts = [start for _, start, _ in chars]
    ends = [end for _, _, end in chars]
    return Region(language, text, starts, ends, encode, **more)  # type: ignore[arg-type]


def verbatim(
    language: str, outer: str, start: int, end: int, *, refuse: str = "", suffix: str = ""
) -> Region:
    """Inner text that is the outer text itself (a raw string, a heredoc). refuse: what it can't hold."""
    return Region(
        language,
        outer[start:end],
        range(start, end),
        range(start + 1, end + 1),
        encode=lambda new: without(new, refuse),
        origin=start,
        suffix=suffix,
    )


def without(new: str, refuse: str) -> str:
    """`new`, which must hold none of the characters `refuse`; else raises `Unwritable`."""
    bad = sorted(set(new) & set(refuse))
    if bad:
        raise Unwritable(f"the new text holds {bad[0]!r}, which the quotes around it can't hold")
    return new


def indented(
    language: str, outer: str, start: int, end: int, indent: str, *, suffix: str = ""
) -> Region | None:
    """Lines that each have `indent` before them (blank lines may have less). start: at a line's start.

    None where a line has less.
    """
    chars: list[Char] = []
    for line_start, line_end in _lines(outer, start, end):
        line = outer[line_start:line_end]
        if line.startswith(indent):
            first = line_start + len(indent)
        elif line.strip(" \t\r\n" + indent.strip()):
            return None
        else:
            first = line_start + len(line.rstrip("\r\n"))
        chars += [(outer[each], each, each + 1) for each in range(first, line_end)]
    return region(language, chars, str, indent=indent, origin=start, suffix=suffix)


def _lines(outer: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    cuts = [start, *(start + each.end() for each in re.finditer(r"\r\n|\n|\r", outer[start:end]))]
    if cuts[-1] != end:
        cuts.append(end)
    return pairwise(cuts)


# ── JSON ─────────────────────────────────────────────────────────────────────────────────────

_JSON_CHAR = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}"
    r'|\\["\\/bfnrt]|[^"\\\x00-\x1f]'
)


def json_string(language: str, outer: str, start: int, end: int, *, suffix: str = "") -> Region | None:
    """A JSON string literal, quotes inside the span. Also right for the plain strings of HCL and Go."""
    if end - start < 2 or outer[start] != '"' or outer[end - 1] != '"':
        return None
    chars = _escaped(_JSON_CHAR, outer, start + 1, end - 1, lambda raw: str(json.loads(f'"{raw}"')))
    if chars is None:
        return None
    return region(language, chars, json_escape, origin=start + 1, suffix=suffix)


def json_escape(new: str) -> str:
    """Text as the inside of a JSON string."""
    return json.dumps(new, ensure_ascii=False)[1:-1]


def _escaped(
    pattern: re.Pattern[str], outer: str, start: int, end: int, decode: Callable[[str], str]
) -> list[Char] | None:
    chars: list[Char] = []
    position = start
    while position < end:
        found = pattern.match(outer, position, end)
        if found is None:
            return None
        raw = found[0]
        if len(raw) == 1:
            chars.append((raw, position, found.end()))
        else:
            chars += [(char, position, found.end()) for char in decode(raw)]
        position = found.end()
    return chars


# ── YAML ─────────────────────────────────────────────────────────────────────────────────────

_YAML_HEADER = re.compile(r"[|>][-+0-9]*[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)")
_YAML_DOUBLE_CHAR = re.compile(
    r'\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\[0abtnvfre "/\\N_LP\t]|[^"\\\r\n]'
)
_YAML_ESCAPES = dict(
    zip('0abt\tnvfre "/\\N_LP', '\0\a\b\t\t\n\v\f\r\x1b "/\\\x85\xa0\u2028\u2029', strict=True)
)


def yaml_scalar(
    language: str, outer: str, start: int, end: int, style: str | None, value: str, *, suffix: str = ""
) -> Region | None:
    """A YAML scalar by its marks (PyYAML's: quotes and a block's header inside the span).

    style: PyYAML's (``"'"``, ``'"'``, ``|``, ``>`` or None for plain); value: what the parser read,
    to check the decoding against. None where the decoding differs from it (a form too rare to
    be worth own code, such as a folded block with deeper lines).
    """
    if style in ("|", ">"):
        made = (_yaml_literal if style == "|" else _yaml_folded)(language, outer, start, end, suffix)
    else:
        made = _yaml_flow(language, outer, (start, end), style or "", suffix)
    if made is None or _same_lines(made.text) != _same_lines(value):
        return None
    return made


def _yaml_flow(language: str, outer: str, span: tuple[int, int], style: str, suffix: str) -> Region | None:
    char, decode, encode = _YAML_STYLES[style]
    start, end = span[0] + len(style), span[1] - len(style)
    chars = _folded(char, outer, start, end, decode)
    return region(language, chars, encode, origin=start, suffix=suffix) if chars is not None else None


def _same_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")


def _yaml_literal(language: str, outer: str, start: int, end: int, suffix: str) -> Region | None:
    header = _YAML_HEADER.match(outer, start)
    if header is None:
        return None
    first, indent = header.end(), _block_indent(outer, header.end(), end)
    return indented(language, outer, first, _block_end(outer, first, end), indent, suffix=suffix)


def _block_indent(outer: str, start: int, end: int) -> str:
    found = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))*( *)").match(outer, start, end)
    return found[1] if found else ""


def _block_end(outer: str, start: int, end: int) -> int:
    """End of a block scalar's last line (PyYAML's end mark stands after the next line's indentation)."""
    last = max(outer.rfind("\n", start, end), outer.rfind("\r", start, end)) + 1
    return last if last and not outer[last:end].strip() and end < len(outer) else end


def _yaml_folded(language: str, outer: str, start: int, end: int, suffix: str) -> Region | None:
    header = _YAML_HEADER.match(outer, start)
    if header is None:
        return None
    first = header.end()
    end = _block_end(outer, first, end)
    text = outer[first:end].rstrip()
    first += len(_block_indent(outer, first, end))
    chars = _folded(re.compile(r"[^\r\n]"), outer, first, header.end() + len(text), str)
    if chars is None:
        return None
    if end > header.end() + len(text):
        chars.append(("\n", header.end() + len(text), end))
    return region(language, chars, lambda new: without(new, "\r\n"), origin=first, suffix=suffix)


_FOLD = re.compile(r"[ \t]*(?:\r\n|\n|\r)((?:[ \t]*(?:\r\n|\n|\r))*)[ \t]*")


def _folded(
    pattern: re.Pattern[str], outer: str, start: int, end: int, decode: Callable[[str], str]
) -> list[Char] | None:
    """Characters of a scalar whose single line breaks are spaces (YAML 1.2.2, 6.5).

    Between double quotes a backslash before the break takes the space away (7.3.1); the break then
    counts as a part of the character before it.
    """
    chars: list[Char] = []
    position = start
    for fold in [*_FOLD.finditer(outer, start, end), None]:
        stop = fold.start() if fold else end
        joins = fold is not None and pattern is _YAML_DOUBLE_CHAR and _ends_in_escape(outer[position:stop])
        part = _escaped(pattern, outer, position, stop - joins, decode)
        if part is None or (joins and not (part or chars)):
            return None
        chars += part
        if fold:
            blank = len(re.findall(r"\r\n|\n|\r", fold[1]))
            if joins and not blank:
                chars[-1] = (*chars[-1][:2], fold.end())
            else:
                chars += [(char, fold.start() - joins, fold.end()) for char in "\n" * blank or " "]
            position = fold.end()
    return chars


def _ends_in_escape(raw: str) -> bool:
    """Whether the last backslash of a text is not itself escaped and has nothing after it."""
    return (len(raw) - len(raw.rstrip("\\"))) % 2 == 1


def _yaml_unescape(raw: str) -> str:
    digits = raw[2:]
    if digits:
        return chr(int(digits, 16))
    return _YAML_ESCAPES[raw[1]]


def _yaml_single(new: str) -> str:
    return without(new, "\r\n").replace("'", "''")


def _yaml_plain(new: str) -> str:
    if re.search(r":(?:\s|$)|(?:^|\s)#|[\r\n]|^[\s,\[\]{}]|\s$", new):
        raise Unwritable("the new text would need quotes around the unquoted YAML value")
    return new


_YAML_STYLES: dict[str, tuple[re.Pattern[str], Callable[[str], str], Callable[[str], str]]] = {
    "'": (re.compile(r"''|[^'\r\n]"), lambda _: "'", _yaml_single),
    '"': (_YAML_DOUBLE_CHAR, _yaml_unescape, json_escape),
    "": (re.compile(r"[^\r\n]"), str, _yaml_plain),
}


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────

_HTML_CHAR = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]+);|[^&<]|&")


def html_text(language: str, outer: str, start: int, end: int, *, suffix: str = "") -> Region | None:
    """Text between HTML tags, with character references; None where there are tags in it."""
    chars = _escaped(_HTML_CHAR, outer, start, end, html.unescape)
    if chars is None:
        return None
    quote = "&quot;" in outer[start:end]
    return region(language, chars, lambda new: html.escape(new, quote=quote), origin=start, suffix=suffix)
