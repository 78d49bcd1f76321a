"""Words that several formats share, and text made safe to show."""

from __future__ import annotations

import re

from migrate import contract
from migrate.accounts import Accounts, State
from migrate.kinds import KINDS
from migrate.model import FileResult, Outcome, Run, Use

STATE_WORDS = {
    (State.REWRITE, False): "would be rewritten",
    (State.REWRITE, True): "rewritten",
    (State.HELD, False): "held back",
    (State.HELD, True): "held back",
    (State.REVIEW, False): "for a person",
    (State.REVIEW, True): "for a person",
    (State.FAILED, False): "failed",
    (State.FAILED, True): "failed",
    (State.ACCEPTED, False): "accepted",
    (State.ACCEPTED, True): "accepted",
    (State.NOTICE, False): "notice",
    (State.NOTICE, True): "notice",
}
"""By state and whether files were written."""

SHORT = {**STATE_WORDS, (State.REWRITE, False): "rewrite", (State.HELD, False): "held"}
"""The same for the head of a narrow column."""

FILE_WORDS = {
    Outcome.REWRITTEN: "rewritten",
    Outcome.WOULD_REWRITE: "would be rewritten",
    Outcome.REVIEW: "for a person",
    Outcome.CLEAN: "clean",
    Outcome.NOT_OURS: "not ours",
    Outcome.ACCEPTED: "accepted",
    Outcome.SKIPPED: "skipped",
    Outcome.FAILED: "failed",
}

LEVELS = {
    State.REWRITE: "warning",
    State.HELD: "note",
    State.REVIEW: "warning",
    State.FAILED: "error",
    State.ACCEPTED: "note",
    State.NOTICE: "note",
}
"""How loudly formats with levels say it: ``error``, ``warning`` or ``note``."""

HELP = "nf-migrate explain"

LEFT = "Left as it is by choice."
"""Ends the message of a use that a person was asked about and left."""


def searched(run: Run) -> str:
    """How many files were searched, as a sentence, or "" where it is not known."""
    return "" if run.searched is None else f"{count(run.searched, 'file')} searched. "


def nothing_found(run: Run) -> str:
    """What is said of a run without a candidate."""
    return f"{searched(run)}No use of a deprecated operation found."


def summary(run: Run, accounts: Accounts) -> str:
    """What was found, in two or three sentences: uses, then what becomes of the files."""
    if not run.files:
        return nothing_found(run)
    files = [f"{accounts.outcomes[each]} {FILE_WORDS[each]}" for each in Outcome if accounts.outcomes[each]]
    found = f"{count(len(accounts.uses), 'use')} found." if accounts.uses else "No use found."
    return f"{searched(run)}{found} Of {count(len(run.files), 'candidate file')}, {', '.join(files)}."


_ASCII = str.maketrans(
    {
        "…": "...",
        "→": "->",
        "—": "-",
        "–": "-",
        "“": '"',
        "”": '"',
        "„": '"',
        "‘": "'",
        "’": "'",
        "×": "x",
        "─": "-",
        "\N{NO-BREAK SPACE}": " ",
        "\N{OBJECT REPLACEMENT CHARACTER}": "?",
    }
)
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters (but TAB and LF), marks that reorder text, lone surrogates."""


_HALVES = re.compile("[\ud800-\udfff]")


def plain(text: str) -> str:
    r"""The text in ASCII: typographic characters by their look, others as ``\uNNNN``."""
    return text.translate(_ASCII).encode("ascii", "backslashreplace").decode("ascii")


def valid(text: str) -> str:
    r"""The text as valid Unicode, for formats that demand it.

    Bytes of a path that are not UTF-8 become ``\xNN``, half characters ``\uNNNN``.
    """
    return _HALVES.sub(_shown, text)


def visible(text: str) -> str:
    """The text with characters that could steer a terminal or mislead a reader made visible.

    A path or a line of somebody's code must not move the cursor, change colours or reorder what
    stands on the screen (CVE-2021-42574).
    """
    return _UNSAFE.sub(_shown, text)


def on_one_line(path: str) -> str:
    """A path to show on one line: `visible`, and tabs and newlines, too."""
    return visible(path).replace("\t", "\\t").replace("\n", "\\n")


def _shown(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, ``1 file``, ``1,234 files``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def whole_message(use: Use, state: State, file: FileResult) -> str:
    """Message, advice, unmet prerequisites and what failed, in one paragraph."""
    parts = [use.message]
    if state is State.FAILED:
        parts.append(f"Failed: {file.reason}")
    if state is State.HELD:
        parts += [f"First: {each.text} {each.command}" for each in use.prerequisites if not each.met]
    parts.append(use.advice)
    return " ".join(" ".join(parts).split())


def docs_url(use: Use) -> str:
    """The vendor's page of the operation that replaces the use's."""
    operation = contract.BY_NAME.get(use.operation, contract.PUT_MANUAL)
    return f"https://{contract.PRODUCT}.com/docs/v1/api/jobs/{operation.new_docs_page}"


def title(use: Use) -> str:
    """What the use is, as a phrase that begins with a capital."""
    known = KINDS.get(use.kind)
    phrase = known.title if known else use.kind.replace("-", " ")
    return phrase[:1].upper() + phrase[1:]
