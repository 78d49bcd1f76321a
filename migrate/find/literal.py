"""One request whose URL and body are literal texts of some language, as a use.

For finders of languages in which only such requests are rewritten (Go, Terraform).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from migrate import contract, evidence, structured
from migrate.contract import Operation, Untranslatable
from migrate.embed import Region, Unwritable
from migrate.find.described.scalars import as_path, with_holes
from migrate.find.text import advice
from migrate.model import HOLE, Action, Dismissal, Edit, RequestModel, Use
from migrate.project import Project
from migrate.source import Source


@dataclass(frozen=True)
class Literal:
    """A request. url, body: its texts with ``{{…}}`` for unknown parts; place: what a reader takes for it.

    reason: why it can't be rewritten whatever the texts say, half a sentence.
    """

    place: tuple[int, int]
    method: str
    url: Region
    body: Region | None
    reason: str = ""


@dataclass(frozen=True)
class Found:
    """use: None for a request to a successor, or where there is no request to a known path."""

    use: Use | Dismissal | None = None
    model: RequestModel | None = None


def examine(source: Source, project: Project, request: Literal, language: str) -> Found:
    """The use and the model of a request."""
    target = project.options.target_path
    url = with_holes(request.url.text)
    old = contract.match(request.method, url, target)
    documented = None
    if request.method == contract.PUT_MANUAL.method and target != contract.DOCUMENTED_NAME:
        documented = contract.match_documented_name(url)
    unclear = contract.open_operation(request.method, url, HOLE)
    if unclear:
        return _open_type(source, request, url, unclear, language)
    if not (old or documented or contract.match_successor(request.method, url, target)):
        return _other_method(source, request)
    body, reason = _body(request.body)
    start = source.byte_at(request.place[0])
    model = RequestModel(request.method, as_path(request.url.text), None if body is None else (body,), start)
    proof = _proof(source, request, old.prefix if old else url[: documented[0]] if documented else url, body)
    if old is None and documented is None:
        return Found(None, model)
    if proof.foreign or not proof.pro:
        why = proof.contra[0] if proof.contra else "nothing around it names Northflank"
        return Found(Dismissal(source.line_column(request.place[0])[0], why), model)
    reason = request.reason or (old_shape([body]) if documented else reason)
    edits: tuple[Edit, ...] = ()
    try:
        if old:
            edits = _edits(source, request, old, body)
        elif documented:
            edits = (_edit(source, request.url, *path_edit(url, *documented, target)),)
    except Untranslatable as error:
        reason = reason or error.reason.rstrip(".")
    except (Unwritable, ValueError) as error:
        reason = reason or str(error)
    if not proof.strong:
        reason = reason or "it is not certain that this is Northflank's API"
    return Found(_use(source, request, old.operation if old else None, proof, edits, reason, language), model)


def _open_type(source: Source, request: Literal, url: str, old: Operation, language: str) -> Found:
    """A request whose job's type is a variable: for a person."""
    proof = _proof(source, request, url[: url.rindex(f"{contract.COLLECTION[1:]}/")], None)
    if proof.foreign or not proof.pro:
        return Found()
    return Found(_use(source, request, old, proof, (), "the job's type in the path is not known", language))


def _other_method(source: Source, request: Literal) -> Found:
    if not contract.PATH_IN_TEXT.search(request.url.text):
        return Found()
    line, _ = source.line_column(request.place[0])
    return Found(Dismissal(line, f"{request.method}: the last segments are a job's own ID"))


def path_edit(url: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """The smallest edit that puts `new` in the place of a part of a URL."""
    old = url[start:end]
    if not old.startswith("/"):
        new = new.removeprefix("/")
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    return start + same, end, new[same:]


def what(old: Operation) -> str:
    """What a request is, in a sentence."""
    return f"{old.method} …{old.old_path} is deprecated; its successor is {old.method} …{old.new_path}."


def named_elsewhere(
    source: Source, use: Use, known: Sequence[tuple[int, int]], *, any_case: bool = False
) -> str:
    """Why a file that names a moved key outside of some spans can't be rewritten, or "".

    The key may be read from the answer, or be a body that is built in another place. any_case: whether
    the language finds a key under a name in other case (Go's ``encoding/json``).
    """
    old = contract.BY_NAME.get(use.operation)
    for key in old.moved_keys if old else ():
        for found in re.finditer(rf"\b{key}\b", source.text, re.IGNORECASE if any_case else 0):
            if not any(start <= found.start() < end for start, end in known):
                line, _ = source.line_column(found.start())
                return f"`{found[0]}` in line {line} may be read from the answer"
    return ""


def documented_name() -> str:
    """What a request to the documentation's name is, in a sentence."""
    name = contract.DOCUMENTED_NAME
    return f"{name} is the successor's name in the documentation; the API serves no such path."


def old_shape(bodies: Iterable[Mapping[str, Any] | None]) -> str:
    """Why a request to the documentation's name can't be mended by its path alone, or ""."""
    keys = [key for body in bodies for key in body or () if contract.PUT_MANUAL.move(key)]
    return f"its body has the old shape: `{keys[0]}` must move too" if keys else ""


def keys_of(value: Any) -> Iterator[str]:
    """Names of all keys at any depth."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from keys_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner)


def _body(region: Region | None) -> tuple[Mapping[str, Any] | None, str]:
    if region is None:
        return None, "the body is not a literal JSON text"
    try:
        body = structured.load(region.text, "json")
    except ValueError as error:
        return None, f"the body can't be understood ({error})"
    return (body, "") if isinstance(body, Mapping) else (None, "the body is not an object")


def _proof(
    source: Source, request: Literal, prefix: str, body: Mapping[str, Any] | None
) -> evidence.Evidence:
    about_url = evidence.of_url(prefix)
    if about_url.contra and not about_url.pro:
        return about_url
    return evidence.combine(
        about_url,
        evidence.of_words(request.url.text, "the URL"),
        evidence.of_file(f"{source.text}\n{source.around}"),
        evidence.of_payload(frozenset(keys_of(body)), request.body.text if request.body else ""),
    )


def _edits(
    source: Source, request: Literal, old: contract.PathMatch, body: Mapping[str, Any] | None
) -> tuple[Edit, ...]:
    where = path_edit(request.url.text, old.start, old.end, old.replacement)
    edits = [_edit(source, request.url, *where)]
    if body is not None and request.body is not None:
        contract.upgrade_request(old.operation, body)
        spans = structured.move_edits(request.body.text, "json", old.operation)
        edits += [_edit(source, request.body, *span) for span in spans]
    return tuple(sorted(edits))


def _edit(source: Source, region: Region, start: int, end: int, new: str) -> Edit:
    return source.edit(*region.outer_edit(start, end, new, source.text))


def _use(
    source: Source,
    request: Literal,
    old: Operation | None,
    proof: evidence.Evidence,
    edits: tuple[Edit, ...],
    reason: str,
    language: str,
) -> Use:
    message = what(old) if old else documented_name()
    return source.use(
        request.place,
        kind="http-call" if old else "documented-name",
        language=language,
        operation=old.name if old else "",
        action=Action.REVIEW if reason else Action.REWRITE,
        message=f"{message} Not rewritten: {reason}." if reason else message,
        advice=advice(old or contract.PUT_MANUAL),
        evidence=proof.pro + proof.contra,
        edits=() if reason else edits,
    )
