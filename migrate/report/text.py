"""The run for people at a terminal: by file, with diffs, evidence, a table that adds up.

Without colour and Unicode it is plain ASCII, whatever the paths and the code hold.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from migrate import diff
from migrate.accounts import Accounts, State, change_of, state_of
from migrate.kinds import KINDS
from migrate.model import FileResult, Outcome, Run, Use
from migrate.report import RenderOptions
from migrate.report.words import (
    FILE_WORDS,
    SHORT,
    STATE_WORDS,
    on_one_line,
    plain,
    summary,
    visible,
)

_STYLES = {
    State.REWRITE: "green",
    State.HELD: "cyan",
    State.REVIEW: "yellow",
    State.FAILED: "bold red",
    State.ACCEPTED: "dim",
    State.NOTICE: "dim",
}
_ROW_STYLES = {"-": "red", "+": "green", " ": ""}
_SILENT = (Outcome.CLEAN, Outcome.NOT_OURS)
_INDENT = "  "
_NARROWEST = 40


def render(run: Run, options: RenderOptions) -> str:
    """The report as text, at most `options.width` columns wide where it is not code."""
    return _Page(run, options, Accounts.of(run), *_console(options)).text()


def file_text(each: FileResult, run: Run, options: RenderOptions) -> str:
    """What `render` shows of one file: for showing a run bit by bit."""
    page = _Page(run, options, Accounts.of(run), *_console(options))
    page.file(each)
    return page.finished()


def _console(options: RenderOptions) -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    console = Console(
        file=out,
        width=max(_NARROWEST, options.width),
        force_terminal=options.color,
        no_color=not options.color,
        color_system="standard" if options.color else None,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    return console, out


@dataclass(frozen=True)
class _Page:
    """What is being written: the run, how to show it, and where to."""

    run: Run
    options: RenderOptions
    accounts: Accounts
    console: Console
    out: io.StringIO

    def text(self) -> str:
        """The whole report."""
        if not self.options.quiet:
            for each in self.run.files:
                if self._worth_showing(each):
                    self.file(each)
            self._remaining()
            if self.options.verbose:
                self._accepted()
            if self.accounts.uses:
                self._table()
        self._prose(Text(summary(self.run, self.accounts)), 0)
        for note in self.run.notes:
            self._prose(Text(f"note: {visible(note)}", "yellow"), 0)
        return self.finished()

    def finished(self) -> str:
        """All that was written."""
        return self.out.getvalue()

    def _worth_showing(self, each: FileResult) -> bool:
        if self.options.verbose or change_of(each) or any(not use.accepted for use in each.uses):
            return True
        return not each.uses and each.outcome not in _SILENT

    def file(self, each: FileResult) -> None:
        """One file: its outcome, its uses, its diff."""
        bad = each.outcome is Outcome.FAILED
        title = Text(on_one_line(each.path), "bold underline")
        title.append(
            f"  {FILE_WORDS[each.outcome]}", "not underline red" if bad else "not bold not underline"
        )
        if each.owners:
            title.append(f"  {' '.join(map(visible, each.owners))}", "not bold not underline cyan")
        self._prose(title, 0)
        if each.reason:
            self._prose(Text(visible(each.reason), "red" if bad else ""))
        for use in each.uses:
            if not use.accepted:
                self._use(use)
        change = change_of(each)
        if change and self.run.command == "rewrite":
            self._diff(each.path, *change)
        if self.options.verbose:
            for one in each.dismissals:
                self._prose(Text(f"{one.line}: not ours: {visible(one.reason)}", "dim"))
        self.console.print()

    def _use(self, use: Use) -> None:
        state = state_of(use, self.accounts.failed)
        head = Text(f"{use.line}:{use.column}", "bold")
        head.append(f"  {STATE_WORDS[state, self.run.written]}", _STYLES[state])
        head.append(f"  {use.kind}", "not bold magenta")
        if use.operation:
            head.append(f"  {use.operation}", "not bold dim")
        self._prose(head)
        self._prose(Text(visible(use.message)), 2)
        if use.advice and state in (State.REVIEW, State.NOTICE):
            self._labelled("do", use.advice)
        for each in use.prerequisites:
            if not each.met:
                self._labelled("first", f"{each.text} {each.command}".strip())
        if use.evidence:
            self._prose(Text(f"why ours: {', '.join(map(visible, use.evidence))}", "dim"), 2)

    def _diff(self, path: str, before: bytes, after: bytes) -> None:
        for hunk in diff.hunks(path, before, after):
            self._code(Text(hunk.header, "cyan"))
            for row in hunk.rows:
                self._code(Text(f"{row.mark}{visible(row.text)}", _ROW_STYLES[row.mark]))

    def _remaining(self) -> None:
        """What is left for people, grouped by what they have to do."""
        left = [
            (_todo(use, state), use)
            for use, state, _ in self.accounts.open
            if state in (State.REVIEW, State.HELD, State.FAILED)
        ]
        if not left:
            return
        self._prose(Text("Left for a person", "bold"), 0)
        order: dict[str, int] = {}
        for todo, _ in left:
            order.setdefault(todo, len(order))
        left.sort(key=lambda pair: order[pair[0]])
        for todo, group in groupby(left, key=lambda pair: pair[0]):
            self._prose(Text(visible(todo)))
            for _, use in group:
                place = Text(f"{on_one_line(use.path)}:{use.line}:{use.column}", "bold")
                self._prose(place.append(f"  {use.kind}", "not bold magenta"), 2)
        self.console.print()

    def _accepted(self) -> None:
        known = [use for use, state, _ in self.accounts.uses if state is State.ACCEPTED]
        if not known:
            return
        self._prose(Text("Accepted as they are", "bold"), 0)
        for use in known:
            text = f"{on_one_line(use.path)}:{use.line}:{use.column}  {use.kind}  {visible(use.accepted)}"
            self._prose(Text(text, "dim"))
        self.console.print()

    def _table(self) -> None:
        accounts, written = self.accounts, self.run.written
        states = [state for state in State if accounts.states[state]]
        table = Table(
            box=box.SIMPLE_HEAD if self.options.unicode else box.ASCII2, show_footer=True, pad_edge=False
        )
        table.add_column("kind of use", footer="all", overflow="fold")
        for state in states:
            footer = str(accounts.states[state])
            table.add_column(
                SHORT[state, written], footer=footer, justify="right", style=_STYLES[state], overflow="fold"
            )
        table.add_column(
            "all", footer=str(len(accounts.uses)), justify="right", style="bold", overflow="fold"
        )
        for kind in _kinds(use for use, _, _ in accounts.uses):
            counts = [
                sum(use.kind == kind and its is state for use, its, _ in accounts.uses) for state in states
            ]
            table.add_row(kind, *(str(each) if each else "" for each in counts), str(sum(counts)))
        with self.console.capture() as captured:
            self.console.print(table)
        lines = [line.rstrip() for line in captured.get().split("\n")]
        self.out.write("\n".join(lines).strip("\n") + "\n\n")

    def _labelled(self, label: str, text: str) -> None:
        self._prose(Text(f"{label}: ", "bold").append(visible(text), "not bold"), 2)

    def _prose(self, text: Text, level: int = 1) -> None:
        """Wrapped at words, indented."""
        indent = _INDENT * level
        room = self.console.width - len(indent)
        for line in self._safe(text).wrap(self.console, room, overflow="fold"):
            line.rstrip()
            self.console.print(Text(indent).append_text(line), soft_wrap=True)

    def _code(self, text: Text) -> None:
        """Never wrapped, so that it can be copied."""
        self.console.print(Text(_INDENT).append_text(self._safe(text)), soft_wrap=True)

    def _safe(self, text: Text) -> Text:
        """The text in ASCII where the output can hold no more, before it is measured and wrapped."""
        if self.options.unicode or text.plain.isascii():
            return text
        safe = Text(style=text.style)
        edges = {0, len(text), *(edge for span in text.spans for edge in (span.start, span.end))}
        for start, end in pairwise(sorted(edges)):
            styles = [str(span.style) for span in text.spans if span.start <= start and end <= span.end]
            safe.append(plain(text.plain[start:end]), " ".join(styles) or None)
        return safe


def _todo(use: Use, state: State) -> str:
    if state is State.HELD:
        return " ".join(f"{each.text} {each.command}".strip() for each in use.prerequisites if not each.met)
    if state is State.FAILED:
        return "Report it as a fault of nf-migrate; migrate it by hand meanwhile."
    return use.advice or use.message


def _kinds(uses: Iterable[Use]) -> list[str]:
    """Kinds in the catalogue's order, unknown ones last."""
    found = {use.kind for use in uses}
    return [kind for kind in KINDS if kind in found] + sorted(found - KINDS.keys())
