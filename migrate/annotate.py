"""``rewrite --annotate``: a comment at each site where a person must act, with the reason.

A later run keeps a comment that still holds, and takes away one whose site is solved. A comment is
left only where it is proved to change nothing (`migrate.harmless`); elsewhere the run says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from migrate import comments, harmless, harmless_lines, plan
from migrate.accounts import State, state_of
from migrate.model import Edit, FileResult, Outcome, Run, Use
from migrate.report.words import LEFT, plain, visible
from migrate.source import Source, UndecodableError

MARK = "nf-migrate: review["
MORE = "nf-migrate: ... "
"""How a comment's first line begins, and how its further lines do."""

WIDTH = 99
"""Columns that a comment keeps within, where its indentation leaves room for it."""

_NARROWEST = 60
_MASK = re.compile(
    r"(?:(?<=nf-migrate: review\[)|(?<=nf-migrate: \.\.\. ))[^\r\n]*?(?=[ \t]*(?:-->)?[ \t]*(?:[\r\n]|\Z))"
)
_LINE_NUMBER = re.compile(r"(?<=[\w)]):\d+\b")
_HEAD = re.compile(r"#!|[ \t\f]*#.*?coding[:=]|<\?|<!doctype|---[ \t]*$", re.IGNORECASE)
"""Lines that mean something only at the head of a file: a shebang, a coding cookie, a declaration,
front matter."""

_CHANGED = (Outcome.WOULD_REWRITE, Outcome.REWRITTEN)
_NAMED = 5
_LOOK_UP = 40
"""Lines above a use among which a harmless place is looked for: about the longest statement."""

Read = Callable[[str], bytes | None]
"""Gives a file's bytes, or None where it can't be read."""


@dataclass(frozen=True, slots=True)
class _Page:
    """One file: its old text, how it comments, and the edits that rewrite it."""

    source: Source
    syntax: comments.Syntax
    proof: harmless.Proof
    edits: tuple[Edit, ...]

    def text(self, more: Sequence[Edit] = ()) -> str:
        """The new text, with further edits. Raises StaleEditError where they collide."""
        data = plan.apply_edits(self.source.data, sorted({*self.edits, *more}))
        return Source.decode(self.source.path, data).text


def masked(source: Source) -> Source:
    """The source with the words of its own review comments blanked, at the same offsets.

    So what a comment says is neither a use nor evidence.
    """
    if MARK not in source.text:
        return source
    text = _MASK.sub(lambda found: re.sub(r"[!-~]", "-", found[0]), source.text)
    return replace(source, text=text)


def annotated(run: Run, read: Read) -> Run:
    """The run with comments left and stale ones taken away, as part of what each file becomes.

    read: for files that no use changes. Where a comment can't be left, a note of the run says so.
    """
    edits = plan.make(run.uses).edits
    files: list[FileResult] = []
    missed: list[Use] = []
    for each in run.files:
        if each.outcome in (Outcome.FAILED, Outcome.SKIPPED, Outcome.ACCEPTED):
            files.append(each)
            continue
        done, left = _file(each, edits.get(each.path, ()), read)
        files.append(done)
        missed += left
    return replace(run, files=tuple(files), notes=(*run.notes, *_notes(missed)))


def _notes(missed: Sequence[Use]) -> Iterator[str]:
    """A sentence for each reason why uses got no comment."""
    mute = [use for use in missed if comments.syntax_of(use.path) in (None, comments.NONE)]
    unproved = [use for use in missed if use not in mute]
    for uses, why in (
        (mute, "No comment could be left where the format has none, or is not known"),
        (unproved, "No comment could be left, as nothing proves it harmless there"),
    ):
        if uses:
            places = [f"{use.path}:{use.line}" for use in uses[:_NAMED]]
            rest = f" and {len(uses) - _NAMED} more" if len(uses) > _NAMED else ""
            yield f"{why}: {', '.join(places)}{rest}."


def _file(each: FileResult, edits: tuple[Edit, ...], read: Read) -> tuple[FileResult, list[Use]]:
    """The file with its comments, and the uses that got none."""
    uses = [use for use in each.uses if _wants_comment(use)]
    before = each.before if each.before is not None else read(each.path)
    page = None if before is None else _page(each.path, before, edits if each.after is not None else ())
    if page is None or before is None:
        return each, uses
    try:
        taken = _taken_away(page)
        placed, missed = _placed(page, uses, taken)
        after = plan.apply_edits(before, sorted({*page.edits, *taken, *placed}))
    except plan.StaleEditError:
        return each, uses
    if after == (before if each.after is None else each.after):
        return each, missed
    outcome = each.outcome if each.outcome in _CHANGED else Outcome.WOULD_REWRITE
    return replace(each, outcome=outcome, before=before, after=after), missed


def _wants_comment(use: Use) -> bool:
    return state_of(use) is State.REVIEW and not use.message.endswith(LEFT)


def _page(path: str, data: bytes, edits: tuple[Edit, ...]) -> _Page | None:
    try:
        source = Source.decode(path, data)
    except UndecodableError:
        return None
    syntax = comments.syntax_of(path, source.text[:200].split("\n", 1)[0])
    proof = harmless.proof_for(path)
    if syntax is None or not syntax.begins or proof is None:
        return None
    return _Page(source, syntax, proof, edits)


def _taken_away(page: _Page) -> list[Edit]:
    """Edits that remove every comment of ours, where that is harmless."""
    source, found = page.source, []
    begin, end = (page.syntax.line, "") if page.syntax.line else page.syntax.block
    comment = re.compile(
        rf"(?:\A|(?<=[\r\n]))[ \t]*{re.escape(begin)} (?:{re.escape(MARK)}|{re.escape(MORE)})"
        rf"[^\r\n]*{re.escape(end)}(?:\r\n|\n|\r|\Z)"
    )
    for match in comment.finditer(source.text):
        found.append(source.edit(*match.span(), ""))
    return found if not found or page.proof(page.text(), page.text(found)) else []


def _placed(page: _Page, uses: Sequence[Use], taken: Sequence[Edit]) -> tuple[list[Edit], list[Use]]:
    """Edits that leave a comment for each use, and the uses for which there is no place."""
    base = page.text(taken)
    placed: list[Edit] = []
    missed: list[Use] = []
    said: set[tuple[int, str]] = set()
    for use in uses:
        words = _words(use)
        if (use.line, words) in said:
            continue
        said.add((use.line, words))
        candidates = _candidates(page, use, words)
        edit = next((one for one in candidates if _is_harmless(page, base, taken, one)), None)
        if edit is None:
            missed.append(use)
        else:
            placed.append(edit)
    return _joined(placed), missed


def _joined(edits: Sequence[Edit]) -> list[Edit]:
    """One edit for all comments at the same place, in the order of their uses."""
    by_start: dict[int, Edit] = {}
    for edit in edits:
        known = by_start.get(edit.start)
        by_start[edit.start] = replace(edit, new=known.new + edit.new) if known else edit
    return list(by_start.values())


def _candidates(page: _Page, use: Use, words: str) -> Iterator[Edit]:
    """Places for a comment, the nearest first: above the use's line, then further up."""
    source = page.source
    for line in range(use.line, max(0, use.line - _LOOK_UP), -1):
        above = source.line_text(line - 1) if line > 1 else ""
        own = any(f"{begin} nf-migrate:" in above for begin in page.syntax.begins)
        if own or _at_head(source, line):
            continue
        text = source.line_text(line)
        indent = text[: len(text) - len(text.lstrip(" \t"))]
        if page.proof is harmless_lines.makefile:  # a tab would make it the shell's
            indent = ""
        start = source.start_of_line(line)
        lines = _comment(page.syntax, words, indent)
        yield source.edit(start, start, "".join(f"{indent}{line}{source.newline}" for line in lines))


def _at_head(source: Source, line: int) -> bool:
    """Whether a comment above a line would push down what must stay at the head of the file."""
    if line > 2:
        return False
    return any(_HEAD.match(source.line_text(each)) for each in range(line, min(2, source.line_count) + 1))


def _is_harmless(page: _Page, base: str, taken: Sequence[Edit], edit: Edit) -> bool:
    try:
        return page.proof(base, page.text([*taken, edit]))
    except (plan.StaleEditError, UndecodableError):
        return False


def _comment(syntax: comments.Syntax, words: str, indent: str) -> list[str]:
    """The comment's lines, without indentation."""
    room = max(_NARROWEST, WIDTH - len(indent.expandtabs()) - len(syntax.comment("")))
    if not syntax.line:
        for end in (syntax.block[1], "--!>"):
            words = words.replace(end, f"{end[:-1]} {end[-1]}")
    lines = wrap(words, room, subsequent_indent=MORE, break_long_words=False, break_on_hyphens=False)
    return [syntax.comment(line) for line in lines]


def _words(use: Use) -> str:
    """The comment's text: ASCII, without line numbers, which comments would shift."""
    words = plain(visible(" ".join(f"{use.message} {use.advice}".split())))
    return f"{MARK}{use.kind}] {_LINE_NUMBER.sub('', words)}"
