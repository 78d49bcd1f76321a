"""The data that flows from discover to report: frozen, plain, picklable.

A *use* is one place in a file that uses a deprecated operation. It carries its *edits*: spans of
bytes in the original files with what replaces them, all or nothing. A *file result* gives each
candidate file exactly one outcome. A *request model* is what a finder understood of one request;
the check before writing compares the models of the old and the new text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self


@dataclass(frozen=True, slots=True, order=True)
class Candidate:
    """A file worth looking at.

    path: POSIX path relative to the current directory (absolute outside of it). root: the
    repository's top level or the scanned folder, in the same form. skip: why it is listed but not
    looked at ("" to look). explicit: named by the user, so reported even where it holds nothing.
    """

    path: str
    root: str
    skip: str = ""
    explicit: bool = False


class Action(StrEnum):
    """What the tool proposes for a use."""

    REWRITE = "rewrite"
    REVIEW = "review"


class Outcome(StrEnum):
    """What became of a candidate file. Exactly one holds."""

    REWRITTEN = "rewritten"
    WOULD_REWRITE = "would-rewrite"
    REVIEW = "review"
    CLEAN = "clean"
    NOT_OURS = "not-ours"
    ACCEPTED = "accepted"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace the bytes ``start`` to ``end`` (exclusive) of a file's original bytes.

    path: as in `Use.path`; old, new: the bytes before and after (encoded as the file is).
    An insertion has start == end and empty `old`.
    """

    path: str
    start: int
    end: int
    old: bytes
    new: bytes


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """Something that must hold before a rewritten use works.

    id: a short stable name (``js-client-version``, ``cli-version``); text: a sentence; command:
    what to type; met: whether it is known to hold. An unmet one holds the use's edits back.
    """

    id: str
    text: str
    met: bool
    command: str = ""


class Opaque(str):
    """Source text of a value that is not known before the program runs.

    Two opaque values are equal when their texts are. Kinds of white space are folded.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Make one from the source text of an expression."""
        return super().__new__(cls, " ".join(text.split()))

    def __eq__(self, other: object) -> bool:
        """Equal to another opaque value of the same text; never to a plain string."""
        return isinstance(other, Opaque) and str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        """The opposite of ``==``."""
        return not self == other

    def __hash__(self) -> int:
        """Hash of the text."""
        return hash(("opaque", str(self)))

    def __repr__(self) -> str:
        """As ``<text>``."""
        return f"<{self!s}>"


HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for an unknown part in a URL or string."""


@dataclass(frozen=True, slots=True)
class RequestModel:
    """What a finder understood of one request, old or new.

    method: upper case; path: the URL with `HOLE` for unknown parts, or the client's dotted name
    (``put.job``) for a call through the client; bodies: every body that the program can send here
    ("possible worlds": one for each combination of conditions), as JSON values with `Opaque`
    leaves; None where the body is not understood. Bodies are in a deterministic order.
    An empty tuple means that no request body belongs here (a mock that names only the path).
    start: byte offset of the request in the file, the `start` of the use it belongs to (if any).
    adapted: the body goes through the inserted run-time function (``--adapt``).
    """

    method: str
    path: str
    bodies: tuple[Mapping[str, Any], ...] | None
    start: int
    adapted: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a deprecated operation.

    path: POSIX path relative to the current directory. start, end: bytes in the original file.
    line, column, end_line, end_column: 1-based, columns in code points, the end exclusive.
    kind: a key of `migrate.kinds.KINDS`. operation: name of a `contract.Operation`, or "" where
    unknown. message: what it is and, for a review, why no rewrite; advice: what to do, exactly.
    evidence: why it is taken for ours. group: uses with the same non-empty group are applied all
    or none, across files. accepted: why a person lets it stay as it is ("" where nobody did): such
    a use is neither edited nor counted as open. snippet: the lines `line` to `end_line` as they
    are, "" where they are too long to carry around (`migrate.source.LONGEST_SNIPPET`). notice: nothing
    has to be done about it; it is told, and not counted as open.
    """

    path: str
    start: int
    end: int
    line: int
    column: int
    end_line: int
    end_column: int
    kind: str
    operation: str
    language: str
    action: Action
    message: str
    advice: str = ""
    evidence: tuple[str, ...] = ()
    edits: tuple[Edit, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    group: str = ""
    accepted: str = ""
    snippet: str = ""
    notice: bool = False

    @property
    def held(self) -> bool:
        """Whether the edits wait for an unmet prerequisite."""
        return self.action is Action.REWRITE and not all(each.met for each in self.prerequisites)


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A place that looked like a use and is evidently somebody else's, with the reason."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a finder returns for one source.

    requests: models of every request to an old or a new path, in the order of the source. follow: paths
    of files that must be searched, too, whatever the sieve says: they use a name of this one.
    """

    uses: tuple[Use, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()
    requests: tuple[RequestModel, ...] = ()
    follow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileResult:
    """One candidate file and its one outcome.

    reason: why (for skipped, failed, not-ours); before, after: the file's bytes where it is or
    would be rewritten, else None. A file edited through a use in another file has its own result.
    repository: the repository's top level or the scanned folder, as in `Candidate.root`; owners:
    who owns the file by CODEOWNERS.
    """

    path: str
    outcome: Outcome
    reason: str = ""
    uses: tuple[Use, ...] = ()
    dismissals: tuple[Dismissal, ...] = ()
    before: bytes | None = None
    after: bytes | None = None
    repository: str = ""
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """The result of one run: what every report is made from.

    command: ``scan`` or ``rewrite``; written: whether files were changed on disk; searched:
    number of files searched for the needles (None where a search tool does not tell).
    """

    command: str
    files: tuple[FileResult, ...]
    written: bool = False
    searched: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def uses(self) -> tuple[Use, ...]:
        """All uses, ordered by path and place."""
        return tuple(use for each in self.files for use in each.uses)


@dataclass(frozen=True, slots=True)
class Options:
    """Settings that finders look at.

    target_path: wire path of the successor; adapt: rewrite unproved payloads through an inserted
    function; docs: rewrite samples in documents; cli_ready: the installed CLI has the successor;
    templates: turn template nodes; definitions: path patterns taken for definition files, relative to
    definitions_base (the current directory);
    dependency_edits: whether package.json may be edited.
    """

    target_path: str
    adapt: bool = False
    docs: bool = False
    cli_ready: bool = False
    templates: bool = False
    dependency_edits: bool = True
    definitions: tuple[str, ...] = field(default=())
    definitions_base: str = ""
