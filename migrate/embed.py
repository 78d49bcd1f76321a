"""Embedded languages: a document is a tree of regions, each in a language of its own.

A finder of an outer format (YAML, a Markdown page, a Dockerfile, a Go file …) makes `Region`s of
the parts that are another language and hands them to `find_in`, which runs that language's finder
on the region's text as a virtual source and maps everything back to the file. The inner finder may
do the same again, so regions nest to any depth.

`migrate.quoting` makes regions for the usual ways of quoting and indenting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from migrate import contract, find
from migrate.model import Action, Dismissal, Edit, Findings, RequestModel, Use
from migrate.project import Project
from migrate.source import Source

_NEWLINE = re.compile(r"\r\n|\n|\r")


class Unwritable(ValueError):
    """A replacement that can't be put into the outer text. The message is the reason, for people."""


@dataclass(frozen=True)
class Region:
    """A part of an outer text that is written in a language of its own.

    language: name of a finder (a module of `migrate.find`). text: the inner text, without the outer
    quoting and indentation. starts, ends: for each character of `text` the span of the outer text
    (character offsets) that writes it; what lies between two neighbours belongs to the outer format.
    encode: writes a new piece of inner text in the outer quoting, or raises `Unwritable`; it never
    sees indentation. indent: what the outer text puts before each line of the region. origin: outer
    offset where an empty region stands. suffix: file suffix that tells the finder the dialect
    (``.tsx``), empty for the language's usual one. frozen: why nothing in it may be edited ("" if it may).
    folder: as in `Source.folder`.
    """

    language: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    encode: Callable[[str], str] = str
    indent: str = ""
    origin: int = 0
    suffix: str = ""
    frozen: str = ""
    folder: str | None = None

    def outer_start(self, offset: int) -> int:
        """Outer offset where the inner character at `offset` begins (at the end: where the last ends)."""
        if offset < len(self.text):
            return self.starts[offset]
        return self.ends[-1] if self.text else self.origin

    def outer_end(self, offset: int) -> int:
        """Outer offset where the inner text before `offset` ends."""
        return self.ends[offset - 1] if offset else self.outer_start(0)

    def outer_edit(self, start: int, end: int, new: str, outer: str) -> tuple[int, int, str]:
        """The outer span and replacement of an inner edit. Raises `Unwritable`.

        outer: the outer text.
        """
        if self.frozen:
            raise Unwritable(self.frozen)
        self._require_contiguous(start, end, outer)
        at_line_start = start == 0 or self.text[start - 1] in "\r\n"
        closes_region = end == len(self.text) and end > 0 and self.text[end - 1] in "\r\n"
        if self.indent and at_line_start and closes_region:
            first = _line_start(outer, self.starts[start]) if start < end else self.ends[-1]
            return first, self.ends[-1], self._lines(new, prefix_first=True)
        last = self.starts[end] if self._opens_line(end) else self.outer_end(end)
        first = self.starts[start] if start < len(self.text) and (start < end or at_line_start) else last
        if start == end:
            last = first
        return first, last, self._inner_lines(new, end, closes_region)

    def _opens_line(self, offset: int) -> bool:
        return 0 < offset < len(self.text) and self.text[offset - 1] in "\r\n"

    def _require_contiguous(self, start: int, end: int, outer: str) -> None:
        for each in (start, end):
            if 0 < each < len(self.text) and self.starts[each] == self.starts[each - 1]:
                raise Unwritable("one escape sequence writes several characters there")
        for each in range(start, end - 1):
            between = outer[self.ends[each] : self.starts[each + 1]]
            if between and not (self.text[each] in "\r\n" and self.indent.startswith(between)):
                raise Unwritable("the text is not written in one piece there")

    def _inner_lines(self, new: str, end: int, closes_region: bool) -> str:
        """`new` where the first line's indentation stands already: each newline brings the next one's."""
        text = self._lines(new, prefix_first=False)
        next_is_blank = end < len(self.text) and self.text[end] in "\r\n"
        if new[-1:] in ("\r", "\n") and not closes_region and not next_is_blank:
            text += self.indent
        return text

    def _lines(self, new: str, *, prefix_first: bool) -> str:
        result, position, fresh = [], 0, prefix_first
        for found in [*_NEWLINE.finditer(new), None]:
            line = new[position : found.start() if found else len(new)]
            if line:
                result.append((self.indent if fresh else "") + self.encode(line))
            if found:
                result.append(self.encode(found[0]))
                position = found.end()
            fresh = True
        return "".join(result)


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


_OWN_LINE = re.compile(r"(?<!, )(?<!:)\bline (\d+)\b(?!,? col)")
"""A line of the same text: other files stand before theirs, and a parser counts columns in a value."""


def find_in(source: Source, project: Project, regions: Sequence[Region]) -> Findings:
    """All uses in the regions of a source, mapped to the source. Regions must not overlap."""
    mapped = [_Mapped(source, region) for region in regions]
    if len(mapped) < 2 or not contract.ANSWER_IN_TEXT.search(source.text):
        return merge(*(each.findings(project, source.text) for each in mapped))
    return merge(*_settled(source, project, mapped))


def _settled(source: Source, project: Project, mapped: list[_Mapped]) -> list[Findings]:
    """The findings of regions that look at each other: one is left alone for what another one reads.

    What another region reads and rewrites itself is no reason. So each is first looked at as if the
    others read nothing, then again with what the others would become, until nothing changes.
    """
    unread = [contract.MOVED_KEY_IN_TEXT.sub(_masked, each.outer_text) for each in mapped]
    parts = [
        each.findings(project, _around(source, mapped, index, unread)) for index, each in enumerate(mapped)
    ]
    for _ in mapped:
        texts = [each.after(found) for each, found in zip(mapped, parts, strict=True)]
        again = [
            each.findings(project, _around(source, mapped, index, texts)) for index, each in enumerate(mapped)
        ]
        if again == parts:
            break
        parts = again
    return parts


def _masked(found: re.Match[str]) -> str:
    return "_" * len(found[0])


def _around(source: Source, mapped: list[_Mapped], index: int, texts: list[str]) -> str:
    """The outer text with every region but one as `texts` has it."""
    parts, position = [], 0
    for other, (each, text) in enumerate(zip(mapped, texts, strict=True)):
        start, end = each.span
        if other != index and start >= position:
            parts += [source.text[position:start], text]
            position = end
    return "".join([*parts, source.text[position:]])


def merge(*parts: Findings) -> Findings:
    """Several findings of one source as one, in the order of the source."""
    return Findings(
        tuple(sorted((use for each in parts for use in each.uses), key=lambda use: (use.start, use.end))),
        tuple(sorted((gone for each in parts for gone in each.dismissals), key=lambda gone: gone.line)),
        tuple(sorted((model for each in parts for model in each.requests), key=lambda model: model.start)),
    )


def to_review(use: Use, reason: str, advice: str = "") -> Use:
    """A use that would have been rewritten, as one for a person, with the reason."""
    if use.action is Action.REVIEW:
        return use
    return replace(
        use,
        action=Action.REVIEW,
        message=f"{use.message.rstrip('.')}. Not rewritten: {reason}.",
        advice=use.advice or advice or _advice(use),
        edits=(),
        prerequisites=(),
        group="",
    )


def all_or_none(uses: Iterable[Use], broken: dict[str, str]) -> tuple[Use, ...]:
    """Uses with those of a broken group (group → reason) turned into reviews."""
    return tuple(to_review(use, broken[use.group]) if use.group in broken else use for use in uses)


def _advice(use: Use) -> str:
    news = " … ".join(edit.new.decode("utf-8", "replace").strip() for edit in use.edits if edit.new.strip())
    return f"Change it by hand; the new text is: {news}" if news else "Change it by hand."


class _Mapped:
    """One region as a virtual source, and the way back."""

    def __init__(self, outer: Source, region: Region) -> None:
        self.outer = outer
        self.region = region
        suffix = region.suffix or find.suffix_of(region.language)
        path = f"{outer.path}!{region.outer_start(0)}{suffix}"
        self.inner = Source(
            path, region.text.encode("utf-8", "surrogatepass"), region.text, folder=region.folder
        )

    @property
    def span(self) -> tuple[int, int]:
        """Where the region stands in the outer text."""
        return self.region.outer_start(0), self.region.outer_end(len(self.region.text))

    @property
    def outer_text(self) -> str:
        """The outer text of the region."""
        return self.outer.text[slice(*self.span)]

    def after(self, found: Findings) -> str:
        """The outer text of the region with the edits that its findings plan, new reads masked."""
        start, end = self.span
        text = self.outer.text
        edits = {edit for use in found.uses for edit in use.edits if edit.path == self.outer.path}
        parts, position = [], start
        for edit in sorted(edits):
            first, last = self.outer.char_at_byte(edit.start), self.outer.char_at_byte(edit.end)
            if position <= first and last <= end:
                parts += [text[position:first], edit.new.decode(self.outer.encoding, "replace")]
                position = last
        return contract.NEW_READ_IN_TEXT.sub(_masked, "".join([*parts, text[position:end]]))

    def findings(self, project: Project, around: str) -> Findings:
        """What the region's finder finds. around: the outer text, as it is to be looked at."""
        outer = self.outer.around
        inner = replace(self.inner, around=f"{outer}\n{around}" if outer else around)
        found = find.finder_of(self.region.language)(inner, project)
        broken: dict[str, str] = {}
        uses = [self._use(use, broken) for use in found.uses]
        return Findings(
            all_or_none(uses, broken),
            tuple(self._dismissal(each) for each in found.dismissals),
            tuple(self._request(each) for each in found.requests),
        )

    def _use(self, use: Use, broken: dict[str, str]) -> Use:
        moved = self._placed(use)
        try:
            return replace(moved, edits=tuple(self._edit(edit) for edit in use.edits))
        except Unwritable as error:
            if use.group:
                broken[use.group] = str(error)
            return to_review(moved, str(error))

    def _placed(self, use: Use) -> Use:
        start, end = self._char(use.start), self._char(use.end)
        first = self.region.outer_start(start)
        last = max(self.region.outer_end(end), first)
        line, column = self.outer.line_column(first)
        end_line, end_column = self.outer.line_column(last)
        return replace(
            use,
            message=self._told(use.message),
            advice=self._told(use.advice),
            path=self.outer.path,
            start=self.outer.byte_at(first),
            end=self.outer.byte_at(last),
            line=line,
            column=column,
            end_line=end_line,
            end_column=end_column,
            snippet=self.outer.snippet(first, last),
        )

    def _told(self, text: str) -> str:
        """A sentence whose lines are those of the region, with the lines of the file."""
        own = text.replace(f"{self.inner.path}, line ", "line ")
        return _OWN_LINE.sub(lambda found: f"line {self._outer_line(int(found[1]))}", own)

    def _outer_line(self, line: int) -> int:
        starts = self._line_starts
        first = self.region.outer_start(starts[min(max(line, 1), len(starts)) - 1])
        return self.outer.line_column(first)[0]

    def _edit(self, edit: Edit) -> Edit:
        if edit.path != self.inner.path:
            return edit
        start, end = self._char(edit.start), self._char(edit.end)
        return self.outer.edit(*self.region.outer_edit(start, end, edit.new.decode(), self.outer.text))

    def _dismissal(self, gone: Dismissal) -> Dismissal:
        return Dismissal(self._outer_line(gone.line), gone.reason)

    def _request(self, model: RequestModel) -> RequestModel:
        first = self.region.outer_start(self._char(model.start))
        return replace(model, start=self.outer.byte_at(first))

    def _char(self, offset: int) -> int:
        return self.inner.char_at_utf8(offset)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _NEWLINE.finditer(self.region.text))]
