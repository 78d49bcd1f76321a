"""The contract: what of the Northflank API is deprecated, and what replaces it.

Everything the project knows about the old and the new operations stands here and nowhere
else: finders, checks, the proxy, the documentation and the tests derive from these tables.
Standard library only, no I/O.

Sources: the vendor's page "Put manual job" (deprecated, "Use /jobs/put-job instead") and the
type declarations of the published client, npm ``@northflank/js-client`` 0.9.5.

The vocabulary: an *operation* is one deprecated operation (verb x job type). A *move* takes a
top-level key of the request body to its place below ``settings``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

HOST = "api.northflank.com"
BASE_URL = f"https://{HOST}"
API_PREFIX = "/v1"
PRODUCT = "northflank"

JS_CLIENT_PACKAGE = "@northflank/js-client"
CLI_PACKAGE = "@northflank/cli"
CLI_PROGRAM = "northflank"

FIRST_CLIENT_WITH_SUCCESSOR = "0.8.10"
"""Oldest client version in which ``put.job(…)`` is verified to be callable (0.7.27 has it not)."""

LAST_CLI_WITHOUT_SUCCESSOR = "0.9.24"
"""Newest CLI in which ``northflank put job`` is verified to be missing."""

SETTINGS = "settings"
CRON = "cron"
MANUAL = "manual"
JOB_TYPE_FIELD = "jobType"
RESPONSE_ENVELOPE = "data"

COLLECTION = "/jobs"
"""Path of the type-agnostic collection below a project: the wire path of the successor."""

DOCUMENTED_NAME = "/jobs/put-job"
"""Name of the successor in the vendor's documentation; not a path that the API serves."""

DEFAULT_TARGET_PATH = COLLECTION

DEPRECATION_SEEN = "2026-11-24"
"""Day on which the vendor's page was read and called the operation deprecated; it gives no date itself."""

DOCS_URL = "https://northflank.com/docs/v1/api/jobs"
"""Where the vendor's pages of the job operations are."""

ADAPTER_PREFIX = "_nf_upgrade_"
"""How the names of functions begin that ``--adapt`` puts into a file."""

OLD_TEMPLATE_KIND = "ManualJob"
NEW_TEMPLATE_KIND = "Job"
"""Template node kinds: the old one is not deprecated by the vendor."""


@dataclass(frozen=True, slots=True)
class Move:
    """One top-level request key and its path below ``settings`` (``("settings", …, key)``)."""

    key: str
    path: tuple[str, ...]

    @property
    def dotted(self) -> str:
        """The new place as the vendor writes it, e.g. ``settings.cron.schedule``."""
        return ".".join(self.path)


COMMON_MOVES = tuple(
    Move(key, (SETTINGS, key)) for key in ("backoffLimit", "runOnSourceChange", "activeDeadlineSeconds")
)
CRON_MOVES = tuple(Move(key, (SETTINGS, CRON, key)) for key in ("schedule", "suspended", "concurrencyPolicy"))
REQUIRED_KEY = "backoffLimit"

COMMON_KEYS = tuple(move.key for move in COMMON_MOVES)
CRON_KEYS = tuple(move.key for move in CRON_MOVES)
MOVED_KEYS = COMMON_KEYS + CRON_KEYS


@dataclass(frozen=True, slots=True)
class Operation:
    """One deprecated operation.

    verb: ``put``, ``create`` or ``patch`` (the client's and the CLI's word);
    job_type: ``manual`` or ``cron``; method: the HTTP method.
    """

    verb: str
    job_type: str
    method: str

    @property
    def name(self) -> str:
        """The old name in the JavaScript client, e.g. ``put.job.manual``; used as an identifier."""
        return f"{self.verb}.job.{self.job_type}"

    @property
    def new_name(self) -> str:
        """The name of the replacement in the JavaScript client, e.g. ``put.job``."""
        return f"{self.verb}.job"

    @property
    def has_id(self) -> bool:
        """Whether the path ends in the job's ID."""
        return self.verb == "patch"

    @property
    def old_path(self) -> str:
        """Path below the project, e.g. ``/jobs/manual`` or ``/jobs/manual/{jobId}``."""
        return f"{COLLECTION}/{self.job_type}" + ("/{jobId}" if self.has_id else "")

    @property
    def new_path(self) -> str:
        """Wire path of the replacement below the project, with the default target path."""
        return COLLECTION + ("/{jobId}" if self.has_id else "")

    @property
    def old_cli(self) -> str:
        """The old CLI command, e.g. ``northflank put job manual``."""
        return f"{CLI_PROGRAM} {self.verb} job {self.job_type}"

    @property
    def new_cli(self) -> str:
        """The CLI command of the replacement, e.g. ``northflank put job``."""
        return f"{CLI_PROGRAM} {self.verb} job"

    @property
    def old_docs_page(self) -> str:
        """Last segment of the vendor's page of the old operation, e.g. ``put-manual-job``."""
        return f"{self.verb}-{self.job_type}-job"

    @property
    def new_docs_page(self) -> str:
        """Last segment of the vendor's page of the replacement, e.g. ``put-job``."""
        return f"{self.verb}-job"

    @property
    def old_docs_url(self) -> str:
        """The vendor's page of the old operation."""
        return f"{DOCS_URL}/{self.old_docs_page}"

    @property
    def new_docs_url(self) -> str:
        """The vendor's page of the replacement."""
        return f"{DOCS_URL}/{self.new_docs_page}"

    @property
    def moves(self) -> tuple[Move, ...]:
        """The keys that move, in the order of the vendor's page."""
        return COMMON_MOVES + (CRON_MOVES if self.job_type == CRON else ())

    @property
    def moved_keys(self) -> tuple[str, ...]:
        """Names of the keys that move."""
        return tuple(move.key for move in self.moves)

    @property
    def required(self) -> tuple[str, ...]:
        """Keys without which the old operation refuses a body."""
        return () if self.has_id else (REQUIRED_KEY,)

    def move(self, key: str) -> Move | None:
        """The move of a top-level key, or None where the key stays."""
        return next((move for move in self.moves if move.key == key), None)


METHODS = {"put": "PUT", "create": "POST", "patch": "PATCH"}
JOB_TYPES = (MANUAL, CRON)
OPERATIONS = tuple(
    Operation(verb, job_type, method) for job_type in JOB_TYPES for verb, method in METHODS.items()
)
BY_NAME = {operation.name: operation for operation in OPERATIONS}
PUT_MANUAL = BY_NAME["put.job.manual"]


def operation(verb: str, job_type: str) -> Operation | None:
    """The operation of a client or CLI verb and a job type, or None where there is none."""
    return BY_NAME.get(f"{verb}.job.{job_type}")


class Untranslatable(ValueError):
    """A request or answer that the contract can't translate without guessing.

    field: dotted path of the field at fault ("" for the whole body); code: a short stable name;
    reason: a sentence for people, the same in a finding and in an HTTP error.
    """

    def __init__(self, field: str, code: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field
        self.code = code
        self.reason = reason


# ── Paths ────────────────────────────────────────────────────────────────────────────────────

_TAIL = re.compile(r"(?P<slash>/?)jobs/(?P<type>manual|cron)(?:/(?P<id>[^/?#\s]+))?(?P<trail>/?)(?=$|[?#])")
_TARGET = re.compile(r"(?P<slash>/?)jobs(?:/(?P<id>[^/?#\s]+))?/?(?=$|[?#])")
_DOCUMENTED = re.compile(r"(?P<slash>/?)(?P<name>jobs/put-job)/?(?=$|[?#])")
PLAIN_SEGMENT = r"(?!(?:[.]|%2[eE])(?:[.]|%2[eE])?(?:[/?;]|$))(?:(?!%2[fF]|%5[cC])[^/?#\s\x5c])+"
"""A path segment that is one to every server (Python, JavaScript, PCRE): no dot segment, no hidden slash.

A server that resolves ``..`` or ``%2F`` would take the translated path for quite another resource.
"""
_REQUEST_PATH = re.compile(
    rf"/v1(?:/teams/{PLAIN_SEGMENT})?/projects/{PLAIN_SEGMENT}{COLLECTION}/[^/]+(?:/{PLAIN_SEGMENT})?/?"
)


@dataclass(frozen=True, slots=True)
class PathMatch:
    """A deprecated operation recognised in a URL or path.

    start, end: the part to be replaced by `replacement` (character offsets in the matched
    string). It never includes the job's ID, a trailing slash, the query or the fragment.
    """

    operation: Operation
    start: int
    end: int
    replacement: str
    prefix: str


def match(method: str, path: str, target_path: str = DEFAULT_TARGET_PATH) -> PathMatch | None:
    """Recognise a deprecated operation in the end of a URL or path.

    method: any case. path: the URL or a path (absolute or relative); unknown parts may be
    represented by any characters but ``/?#`` and white space. Only PUT and POST on exactly
    ``…/jobs/<type>`` and PATCH on ``…/jobs/<type>/{id}`` match; in every other combination
    the segment is a job's own ID.
    """
    plain = re.split(r"[?#]", path, maxsplit=1)[0]
    for found in _TAIL.finditer(plain):
        if found.end() != len(plain) or not _at_segment_start(plain, found.start(), found["slash"]):
            continue
        for candidate in OPERATIONS:
            same_shape = candidate.has_id == (found["id"] is not None)
            if candidate.job_type == found["type"] and candidate.method == method.upper() and same_shape:
                end = found.end("type")
                target = target_of(candidate, target_path)
                replacement = target if found["slash"] else target.removeprefix("/")
                return PathMatch(candidate, found.start(), end, replacement, plain[: found.start()])
    return None


def _at_segment_start(path: str, start: int, slash: str) -> bool:
    return bool(slash) or start == 0 or path[start - 1] == "/"


def match_request(
    method: str, path: str, target_path: str = DEFAULT_TARGET_PATH
) -> tuple[Operation, str] | None:
    """Recognise a deprecated operation in an absolute request path (without query).

    Returns the operation and the new path, or None. Stricter than `match`: the whole prefix must
    be the API's, with or without the teams part, of segments as `PLAIN_SEGMENT`. For the proxy.
    """
    found = match(method, path, target_path)
    if found is None or not _REQUEST_PATH.fullmatch(path):
        return None
    return found.operation, path[: found.start] + found.replacement + path[found.end :]


def match_documented_name(path: str) -> tuple[int, int] | None:
    """Span of ``/jobs/put-job`` at the end of a path, the documentation's name taken for a path."""
    plain = re.split(r"[?#]", path, maxsplit=1)[0]
    found = _DOCUMENTED.search(plain)
    if found is None or not _at_segment_start(
        plain, found.start(), "/" if plain[found.start()] == "/" else ""
    ):
        return None
    return found.start(), found.start() + len(plain[found.start() : found.end()].rstrip("/"))


def match_documented_request(method: str, path: str, target_path: str = DEFAULT_TARGET_PATH) -> str | None:
    """The wire path for a PUT to the documentation's name taken for a path, or None.

    path: an absolute request path (without query). With any other method ``put-job`` is a job's
    own ID. None also where the target path is that name itself. For the proxy.
    """
    span = match_documented_name(path)
    if span is None or method.upper() != PUT_MANUAL.method or target_path == DOCUMENTED_NAME:
        return None
    start, end = span
    return path[:start] + target_path + path[end:] if _REQUEST_PATH.fullmatch(path) else None


def open_operation(method: str, path: str, hole: str) -> Operation | None:
    """The manual operation of a request whose path has an unknown part in the place of the job's type.

    hole: what stands for an unknown part, once or several times. ``PUT …/jobs/{x}`` can't be anything
    but a deprecated operation, since the API has no such request on a job's own ID.
    """
    plain = re.split(r"[?#]", path, maxsplit=1)[0]
    found = re.search(rf"(?:^|/)jobs/(?:{re.escape(hole)})+(?P<id>/[^/]+)?/?$", plain)
    if found is None:
        return None
    olds = (each for each in OPERATIONS if each.job_type == MANUAL and each.method == method.upper())
    return next((each for each in olds if each.has_id == (found["id"] is not None)), None)


def match_successor(method: str, path: str, target_path: str = DEFAULT_TARGET_PATH) -> str | None:
    """The verb (``put``, ``create``, ``patch``) when method and path are a successor's request."""
    plain = re.split(r"[?#]", path, maxsplit=1)[0]
    verb = next((verb for verb, known in METHODS.items() if known == method.upper()), None)
    if verb is None:
        return None
    if verb == "put" and target_path != COLLECTION and plain.rstrip("/").endswith(target_path):
        return verb
    for found in _TARGET.finditer(plain):
        at_start = _at_segment_start(plain, found.start(), found["slash"])
        if at_start and found.end() == len(plain) and (verb == "patch") == (found["id"] is not None):
            return verb
    return None


def target_of(old: Operation, target_path: str = DEFAULT_TARGET_PATH) -> str:
    """Path of the replacement without the ID. A target path of one's own holds for PUT alone."""
    return target_path if old.verb == "put" else COLLECTION


# ── Bodies ───────────────────────────────────────────────────────────────────────────────────


def upgrade_request(old: Operation, body: Mapping[str, Any]) -> dict[str, Any]:
    """Translate an old request body into the equivalent new one.

    `move_keys`, after checking what the old operation itself demanded: a body that it refused
    must not become acceptable by being translated.

    Raises Untranslatable: a required key missing at the top level (code ``missing-required``), and
    what `move_keys` raises.
    """
    for key in old.required:
        if key not in body:
            raise Untranslatable(
                key,
                "missing-required",
                f"`{key}` is missing at the top level: {old.method} {old.old_path} refuses such a body.",
            )
    return move_keys(old, body)


def move_keys(old: Operation, body: Mapping[str, Any]) -> dict[str, Any]:
    """Move the old operation's keys to their new places.

    Keys that don't move keep their values and order, and the moved keys keep theirs within
    ``settings``, which keeps its place or takes the place of the first moved key. The argument is
    not changed, and a second call changes nothing.

    Raises Untranslatable: ``conflict`` (a key at both levels with different values),
    ``settings-not-object``, ``cron-in-manual``.
    """
    settings = _settings_of(old, body)
    moved = [move for key in body if (move := old.move(key))]
    for move in moved:
        _put(settings, move, body[move.key])
    if old.job_type == CRON and not old.has_id:
        settings.setdefault(CRON, {})
    return _with_settings(body, {move.key for move in moved}, settings)


def _settings_of(old: Operation, body: Mapping[str, Any]) -> dict[str, Any]:
    found = body.get(SETTINGS, {})
    if not isinstance(found, Mapping):
        raise Untranslatable(SETTINGS, "settings-not-object", f"`{SETTINGS}` is not an object.")
    settings = dict(found)
    if old.job_type != CRON and CRON in settings:
        raise Untranslatable(
            f"{SETTINGS}.{CRON}",
            "cron-in-manual",
            f"`{SETTINGS}.{CRON}` in the body of a {old.job_type} job would turn it into a scheduled job.",
        )
    if CRON in settings:
        cron = settings[CRON]
        if not isinstance(cron, Mapping):
            raise Untranslatable(
                f"{SETTINGS}.{CRON}", "settings-not-object", f"`{SETTINGS}.{CRON}` is not an object."
            )
        settings[CRON] = dict(cron)
    return settings


def _put(settings: dict[str, Any], move: Move, value: Any) -> None:
    place = settings
    for name in move.path[1:-1]:
        place = place.setdefault(name, {})
    if move.key in place and not same_value(place[move.key], value):
        raise Untranslatable(
            move.key,
            "conflict",
            f"`{move.key}` and `{move.dotted}` have different values; only a person can say which one holds.",
        )
    place[move.key] = value


def _with_settings(body: Mapping[str, Any], gone: set[str], settings: dict[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key, value in body.items():
        if key == SETTINGS or (key in gone and SETTINGS not in body and SETTINGS not in result):
            result[SETTINGS] = settings
        elif key not in gone:
            result[key] = value
    if settings and SETTINGS not in result:
        result[SETTINGS] = settings
    return result


def same_value(one: Any, other: Any) -> bool:
    """Whether two JSON values are the same, with ``1``, ``1.0`` and ``true`` all different."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(same_value(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same_value, one, other))
    return bool(one == other)


def downgrade_response(old: Operation, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Translate a new answer (``{"data": {…}}``) into the one the old operation gave.

    The keys of ``data.settings`` that the old operation had at the top of ``data`` return to it,
    in the place of ``settings``, which is dropped. An answer without a ``data`` object or without
    ``settings`` is returned as it is. ``jobType`` stays what upstream says.

    Raises Untranslatable where the answer is of another job type than the operation's.
    """
    data = answer.get(RESPONSE_ENVELOPE)
    if not isinstance(data, Mapping):
        return dict(answer)
    return {
        key: downgrade_data(old, data) if key == RESPONSE_ENVELOPE else value for key, value in answer.items()
    }


def downgrade_data(old: Operation, data: Mapping[str, Any]) -> dict[str, Any]:
    """`downgrade_response` for the inside of ``data``."""
    job_type = data.get(JOB_TYPE_FIELD, old.job_type)
    settings = data.get(SETTINGS)
    has_cron = isinstance(settings, Mapping) and settings.get(CRON) is not None
    if job_type != old.job_type or (has_cron and old.job_type != CRON):
        raise Untranslatable(
            JOB_TYPE_FIELD,
            "wrong-job-type",
            f"The answer to {old.method} {old.old_path} is of a {CRON if has_cron else job_type} job.",
        )
    if not isinstance(settings, Mapping):
        return dict(data)
    returned = _returned(old, settings)
    result: dict[str, Any] = {}
    for key, value in data.items():
        if key == SETTINGS:
            result.update((name, data.get(name, found)) for name, found in returned.items())
        elif key not in returned or key not in result:
            result[key] = value
    return result


def _returned(old: Operation, settings: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for move in old.moves:
        place: Any = settings
        for name in move.path[1:-1]:
            place = place.get(name) if isinstance(place, Mapping) else None
        if isinstance(place, Mapping) and move.key in place:
            found[move.key] = place[move.key]
    return found


def error_patterns(old: Operation) -> list[tuple[str, str]]:
    """What `downgrade_text` replaces: regular expressions (Python's and JavaScript's) and old names."""
    inner = r"(?:\.|/|\[['\"]|['\"]\]\[['\"]|['\"]\s*,\s*['\"])"
    moves = sorted(old.moves, key=lambda each: -len(each.path))
    patterns = []
    for move in moves:
        path = inner.join(map(re.escape, move.path))
        first, *middle, last = map(re.escape, move.path)
        steps = "".join(rf"(?:[./]{each}|\[['\"]{each}['\"]\])" for each in middle)
        bracketed = rf"(?<![\w-]){first}{steps}\[['\"]{last}['\"]\]"
        patterns += [(bracketed, move.key), (rf"(?<![\w-]){path}(?![\w-])", move.key)]
    return patterns


def downgrade_text(old: Operation, text: str) -> str:
    """Map the field paths in an error text back to the names that an old caller knows."""
    for pattern, key in error_patterns(old):
        text = re.sub(pattern, key, text)
    return text


# ── Names ────────────────────────────────────────────────────────────────────────────────────

_VERB_NAMES = "|".join(verb.capitalize() for verb in METHODS)
_TYPE_NAMES = "|".join(job_type.capitalize() for job_type in JOB_TYPES)
_PARTS = "Data|Request|Parameters|Result|Call|Endpoint"
TYPE_NAME = re.compile(rf"\b(?P<verb>{_VERB_NAMES})Job(?P<type>{_TYPE_NAMES})(?P<part>{_PARTS})\b")
"""A type or class exported by the JavaScript client for a deprecated operation."""

DOCS_LINK = re.compile(
    rf"/docs/v1/api/+(?:project/)?(?:team/)?(?:project/)?jobs/(?P<page>(?P<verb>{'|'.join(METHODS)})"
    rf"-(?P<type>{'|'.join(JOB_TYPES)})-job)\b(?!-)"
)
"""A link to the vendor's page of a deprecated operation."""

PATH_IN_TEXT = re.compile(
    rf"{COLLECTION}/(?P<type>{'|'.join(JOB_TYPES)})(?=[\"'`\s?#)\]}}>,;]|/[{{$:%<]|/?$)", re.MULTILINE
)
"""The deprecated path in text that is only searched, not understood."""

_EXPRESSION = r"(?:[#$]?\{[^{}\"'\n]*\}|\$\w+(?:\.\w+)?|%[s@]|\\\([^()\n]*\))"
OPEN_PATH_IN_TEXT = re.compile(
    rf"(?<![\w-]){COLLECTION[1:]}/(?:{_EXPRESSION}(?P<id>/{_EXPRESSION})?(?=[\"'`?\s]|$)"
    r"|[\"']\s*(?:\+|\.\.?|<>|&)\s*\$?\w[\w.]*(?:->\w+)?(?:\(\))?(?=\s*(?:[,);]|$)))",
    re.MULTILINE,
)
"""A path with an expression of some language in the place of the job's type, as its end or before an ID."""

PATH_IN_PROSE = re.compile(
    rf"{COLLECTION}/(?P<type>{'|'.join(JOB_TYPES)})(?=[\"'`\s?#)\]}}>,;]|[.:!](?:\s|[\"'`]|$)|/[{{$:%<]|/?$)",
    re.MULTILINE,
)
"""`PATH_IN_TEXT` for sentences, which may end with it."""


def place_of(key: str) -> tuple[str, ...]:
    """The new place of a moved key below the body's or the answer's top."""
    return next(move.path for each in OPERATIONS for move in each.moves if move.key == key)


MOVED_KEY_IN_TEXT = re.compile(rf"\b(?:{'|'.join(MOVED_KEYS)})\b")
"""A moved key in text that is only searched."""

NEW_READ_IN_TEXT = re.compile(rf"\b{SETTINGS}\W{{1,4}}(?:{CRON}\W{{1,4}})?(?:{'|'.join(MOVED_KEYS)})\b")
"""A moved key at its new place, in text that is only searched."""

ANSWER_IN_TEXT = re.compile(rf"\b{RESPONSE_ENVELOPE}\W{{1,8}}(?:\w+\W{{1,3}})?(?:{'|'.join(MOVED_KEYS)})\b")
"""What may be a read of a moved key from an answer, in text that is only searched."""

CLIENT_IN_TEXT = re.compile(rf"\b(?P<verb>{'|'.join(METHODS)})\.job\.(?P<type>{'|'.join(JOB_TYPES)})\b")
"""The client's deprecated method in text that is only searched, not understood."""

CLI_WORDS = (tuple(METHODS), ("job", "jobs"), JOB_TYPES)
"""The words of a deprecated CLI command after the program, each with its alternatives."""


def _choice(names: Iterable[str], least: int) -> str:
    """Pattern for names of which a reader is to take one: ``manual|cron``, ``<cron|manual>``."""
    one = f"(?:{'|'.join(names)})"
    return rf"[\[<{{(]?{one}(?:\s?\\?[|/,]\s?{one}){{{least},}}\b(?!-)"


_MORE_TYPES = rf"(?!\s?\\?[|/,]\s?(?:{'|'.join(JOB_TYPES)})\b)"
CLI_COMMAND = re.compile(
    rf"\b{CLI_PROGRAM}\s+(?P<verb>{'|'.join(METHODS)})\s+jobs?\s+(?P<type>{'|'.join(JOB_TYPES)})\b(?!-){_MORE_TYPES}"
)
"""A deprecated CLI command on one line; shell finders parse, this is for prose and text."""

CLI_SYNOPSIS = re.compile(
    rf"\b{CLI_PROGRAM}(?:/cli)?\s+(?:{_choice(METHODS, 0)}[\]>)}}]?\s+jobs?\s+{_choice(JOB_TYPES, 1)}"
    rf"|{_choice(METHODS, 1)}[\]>)}}]?\s+jobs?\s+{_choice(JOB_TYPES, 0)})"
)
"""A deprecated CLI command as its help would show it, with alternatives: nothing that anybody runs."""

CLI_WORDS_AS_CODE = re.compile(
    rf"`(?P<verb>{'|'.join(METHODS)})\s+jobs?\s+(?P<type>{'|'.join(JOB_TYPES)})\b(?!-){_MORE_TYPES}"
)
"""The words of a CLI command without the program, as inline code of a document."""

CLI_BY_NAME = re.compile(
    rf"(?<![\w./-]){CLI_PROGRAM}[ \t]+\w|{CLI_PACKAGE}\b|(?i:\b{CLI_PROGRAM}(?:'s)?[ \t]+CLI\b)"
)
"""Text that names the vendor's CLI."""


def rename_type(name: str) -> str | None:
    """New name of a client type or class, e.g. ``PutJobManualData`` → ``PutJobData``; else None."""
    found = TYPE_NAME.fullmatch(name)
    return f"{found['verb']}Job{found['part']}" if found else None


# ── Search ───────────────────────────────────────────────────────────────────────────────────


COMMENT_MARKS = ("nf-migrate:ignore", "nf-migrate: ignore", "nf-migrate: review")
"""What the tool's own comments begin with; files that hold one are looked at too."""


_OPEN_TYPES = (f"{COLLECTION[1:]}/$", f"{COLLECTION[1:]}/%")
"""Paths whose last part is a variable of a shell, or a verb of a format."""


def _needles() -> tuple[str, ...]:
    names = [*COMMENT_MARKS, DOCUMENTED_NAME.removeprefix("/"), OLD_TEMPLATE_KIND]
    for kind in JOB_TYPES:
        names += [f"jobs/{kind}", f"job.{kind}", f"job {kind}", f"jobs {kind}", f"-{kind}-job"]
        names += [f"Job{kind.capitalize()}", f'"{kind}"', f"'{kind}'", f".{kind}", f"{kind} }}"]
        names += [f"/{kind}{quote}" for quote in "\"'`"]
        names += [f"- {kind}", f": {kind}"]
    return (*names, *_OPEN_TYPES)


NEEDLES = _needles()
"""Literals, one of which is in every file that can hold a use (wide; `may_hold_use` narrows)."""

STEMS = (
    MANUAL[1:],
    CRON,
    f"Job{CRON.capitalize()}",
    DOCUMENTED_NAME.rpartition("/")[2],
    COMMENT_MARKS[0][:11],
    *_OPEN_TYPES,
)
"""Few literals, one of which is inside every needle: for a fast first pass over many files."""


def _narrowing() -> dict[str, dict[str, tuple[str, ...]]]:
    """Expressions, below literals without which none of them matches, the commoner one outside.

    Each expression begins with literal text too, since such ones are searched fastest by far.
    """
    path, mark = f"{COLLECTION[1:]}/", COMMENT_MARKS[0][:11]
    texts: dict[str, tuple[str, ...]] = {}
    texts[path] = (rf"{path}(?<!\w{path})[^\w\s]", rf"{path}(?<!\w{path})put-job\b")
    names: dict[str, tuple[str, ...]] = {OLD_TEMPLATE_KIND: (OLD_TEMPLATE_KIND,)}
    for kind in JOB_TYPES:
        page = "|".join(rf"(?<={verb}-{kind}-job)" for verb in METHODS)
        texts[kind] = (
            rf"job(?<!\wjob)s?\b(?=\W*+{kind}\b)[^\w\n]{{0,40}}\s*[^\w\n]{{0,40}}\b{kind}\b",
            rf"{kind}(?<!\w{kind})\b[^;]{{0,120}}\.\s*job\b",
            rf"-{kind}-job(?:{page})",
        )
        name = f"Job{kind.capitalize()}"
        names[name] = (name + "(?:" + "|".join(f"(?<={verb.capitalize()}{name})" for verb in METHODS) + ")",)
    marks = (rf"{mark}(?<!\w{mark}) ?(?:ignore|review)\b",)
    return {"job": texts, "Job": names, mark: {mark: marks}}


_NARROW = tuple(
    (outer.encode(), literal.encode(), tuple(re.compile(each.encode()) for each in expressions))
    for outer, inside in _narrowing().items()
    for literal, expressions in inside.items()
)

_LAST_SEGMENTS = tuple(re.compile(rf"/{kind}[\"'`]".encode()) for kind in JOB_TYPES)
"""The ends of a path whose first part, ``jobs``, stands elsewhere in the file."""


def may_hold_use(data: bytes) -> bool:
    """Whether a file's bytes can hold a use at all: the second, narrower sieve after `NEEDLES`."""
    there = {outer: outer in data for outer, *_ in _NARROW}
    for outer, literal, expressions in _NARROW:
        if there[outer] and literal in data and any(each.search(data) for each in expressions):
            return True
    return any(end.search(data) for end in _LAST_SEGMENTS) and b"jobs" in data.lower()
