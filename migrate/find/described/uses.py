"""From a described request to a use with its edits, a dismissal, and a request model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from migrate import contract, evidence
from migrate.contract import Operation, PathMatch, Untranslatable
from migrate.embed import Unwritable
from migrate.evidence import Evidence
from migrate.find.described import lengths
from migrate.find.described.bodies import edits_of, has_moved_keys, move, value_of
from migrate.find.described.links import Linked, linked
from migrate.find.described.scalars import as_path, region_of, text_of, with_holes
from migrate.find.described.shapes import Described
from migrate.find.text import advice
from migrate.model import HOLE, Action, Dismissal, Edit, Findings, RequestModel
from migrate.project import Project
from migrate.source import Source
from migrate.structured.edit_items import without_item
from migrate.structured.layout import TextEdit
from migrate.structured.nodes import Document, MappingNode, Scalar, SequenceNode, is_merged
from migrate.structured.template_checks import check_keys

_FORMAT = "body_format"
_JSON_FORMATS = ("json", "raw")
"""Of Ansible's ``uri``: a mapping is sent as JSON, or as the text of a Python dictionary (``raw``)."""
_NEAR = 3
"""Mappings around a request whose text counts as near."""


@dataclass(frozen=True, slots=True)
class Site:
    """A described request in its file.

    reads: edits for what reads its answer; hold: why it is left alone although it could be rewritten.
    """

    source: Source
    document: Document
    found: Described
    language: str
    reads: tuple[TextEdit, ...] = ()
    hold: str = ""

    @property
    def url(self) -> str:
        """The URL's text, expressions and all."""
        return text_of(self.document, self.found.url) or ""

    @property
    def span(self) -> tuple[int, int]:
        """The span of the URL."""
        return self.found.url.start, self.found.url.end

    @property
    def start(self) -> int:
        """Byte offset of the URL: of the use and of the model."""
        return self.source.byte_at(self.found.url.start)


def findings(site: Site, project: Project) -> Findings:
    """What a described request gives: nothing for other paths, a use or a dismissal for the old one."""
    url, method = with_holes(site.url), site.found.method
    target = project.options.target_path
    match = contract.match(method, url, target) if method else None
    if match:
        return _old(site, project, match)
    documented = contract.match_documented_name(url) if target != contract.DOCUMENTED_NAME else None
    if documented and method in ("", "PUT"):
        return _documented(site, project, documented)
    unclear = contract.open_operation(method, url, HOLE) if method else None
    if unclear:
        return _open_type(site, unclear)
    if method and contract.match_successor(method, url, target):
        return Findings(requests=(_model(site, project),))
    if any(contract.match(each, url, target) for each in contract.METHODS.values()):
        return _other_method(site)
    return Findings()


def _model(site: Site, project: Project) -> RequestModel:
    return RequestModel(site.found.method or "PUT", as_path(site.url), _worlds(site, project), site.start)


def _worlds(site: Site, project: Project) -> tuple[Mapping[str, Any], ...] | None:
    found = site.found
    if found.body is None and not found.opaque_body and found.is_double:
        return ()
    link = linked(site.source, site.document, found, project)
    value = link.value if link else value_of(site.document, found.body)
    return (value,) if isinstance(value, dict) else None


def _other_method(site: Site) -> Findings:
    if site.found.method:
        line, _ = site.source.line_column(site.found.url.start)
        reason = f"{site.found.method} on this path: the last segment is a job's own ID"
        return Findings(dismissals=(Dismissal(line, reason),))
    message = "Describes a request to the deprecated path. Not rewritten: its method is not known."
    return _for_person(site, None, message)


def _open_type(site: Site, operation: Operation) -> Findings:
    """A request whose path has an expression in the place of the job's type."""
    message = (
        f"Describes {operation.method} {contract.COLLECTION}/…. "
        "Not rewritten: the job's type in the path is not known."
    )
    return _for_person(site, operation, message)


def _for_person(site: Site, operation: Operation | None, message: str) -> Findings:
    """A request that may be a deprecated one, where it is Northflank's. operation: None where unknown."""
    about = _evidence(site, with_holes(site.url).split(contract.COLLECTION)[0])
    if about.foreign or not about.pro:
        line, _ = site.source.line_column(site.found.url.start)
        return Findings(dismissals=(Dismissal(line, _why_not_ours(about)),))
    use = site.source.use(
        site.span,
        kind="http-call",
        language=site.language,
        operation=operation.name if operation else "",
        action=Action.REVIEW,
        message=message,
        advice=advice(operation or contract.PUT_MANUAL),
        evidence=about.pro,
    )
    return Findings((use,))


def _documented(site: Site, project: Project, span: tuple[int, int]) -> Findings:
    about = _evidence(site, with_holes(site.url)[: span[0]])
    if not about.strong:
        line, _ = site.source.line_column(site.found.url.start)
        return Findings(dismissals=(Dismissal(line, _why_not_ours(about)),))
    slash = "/" if site.url[span[0]] == "/" else ""
    target = slash + project.options.target_path.removeprefix("/")
    edits, reason = _try(site, lambda: _documented_spans(site, span, target))
    use = site.source.use(
        site.span,
        kind="documented-name",
        language=site.language,
        action=Action.REVIEW if reason else Action.REWRITE,
        message="Describes a request to the documentation's name, which no server answers."
        + (f" Not rewritten: {reason}" if reason else ""),
        advice=f"Use {project.options.target_path}.",
        evidence=about.pro,
        edits=edits,
    )
    return Findings((use,), requests=(_model(site, project),))


def _documented_spans(site: Site, span: tuple[int, int], target: str) -> list[TextEdit]:
    _check_whole(site)
    return [*_in_url(site, span[0], span[1], target), *_segments(site, None)]


def _why_not_ours(about: Evidence) -> str:
    return about.contra[0] if about.contra else "nothing near it names Northflank"


def _old(site: Site, project: Project, match: PathMatch) -> Findings:
    about = _evidence(site, match.prefix)
    model = _model(site, project)
    if about.foreign or not about.pro:
        line, _ = site.source.line_column(site.found.url.start)
        return Findings(dismissals=(Dismissal(line, _why_not_ours(about)),), requests=(model,))
    link = linked(site.source, site.document, site.found, project, match.operation)
    if about.strong:
        edits, reason = _try(site, lambda: _all_spans(site, match, link))
        edits = (*edits, *link.edits) if link and not reason else edits
        reason = reason or (link.reason if link else "") or site.hold
    else:
        edits, reason = (), "the evidence that this is Northflank is not strong enough."
    use = site.source.use(
        site.span,
        kind="test-double" if site.found.is_double else "http-call",
        language=site.language,
        operation=match.operation.name,
        action=Action.REVIEW if reason else Action.REWRITE,
        message=f"Describes {match.operation.method} …{match.operation.old_path}."
        + (f" Not rewritten: {reason}" if reason else ""),
        advice=advice(match.operation),
        evidence=(*about.pro, *about.contra),
        edits=() if reason else edits,
        group=link.group if link else "",
    )
    return Findings((use,), requests=(model,))


def _try(site: Site, make: Any) -> tuple[tuple[Edit, ...], str]:
    """The edits that `make` gives, or the reason why there are none."""
    try:
        spans: list[TextEdit] = make()
    except Untranslatable as error:
        return (), error.reason
    except Unwritable as error:
        return (), f"{error}."
    except ValueError as error:
        return (), f"the body can't be understood: {error}."
    return edits_of(site.source, tuple(dict.fromkeys(spans))), ""


def _evidence(site: Site, prefix: str) -> Evidence:
    found, text = site.found, site.document.text
    body = text[found.body.start : found.body.end] if found.body else ""
    value = value_of(site.document, found.body)
    near = found.scope[min(_NEAR, len(found.scope)) - 1]
    file_words = evidence.of_words(f"{site.source.around}\n{text}", "the file")
    return evidence.combine(
        evidence.of_url(prefix),
        evidence.of_words(site.url, "the URL"),
        evidence.of_payload(frozenset(_keys(value)), body),
        evidence.of_words(text[near.start : near.end][:20_000], "the request"),
        Evidence(file_words.pro),
    )


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {str(key) for key in value}.union(*(_keys(each) for each in value.values()))
    return set().union(*(_keys(each) for each in value)) if isinstance(value, list) else set()


def _all_spans(site: Site, match: PathMatch, link: Linked | None) -> list[TextEdit]:
    """Every edit in the file itself. Raises Untranslatable, Unwritable, ValueError."""
    found = site.found
    _check_whole(site)
    spans = _in_url(site, match.start, match.end, match.replacement) + _segments(site, match.operation)
    spans += site.reads
    spans += _copies(site, match)
    if link is None:
        spans += _body_spans(site, match.operation)
    _check_recording(site)
    for node, at in found.answers:
        if has_moved_keys(value_of(site.document, node)):
            moved = move(site.document, found.root, node, at, match.operation, (contract.RESPONSE_ENVELOPE,))
            spans += moved.edits
            spans += lengths.corrected(site.document, found, node, moved.new)
    return spans


def _check_whole(site: Site) -> None:
    """Raises Untranslatable where the request is not one piece that is only used as such."""
    document, found = site.document, site.found
    strings = [node for node in (found.url, found.body, *(node for node, _ in found.answers)) if node]
    if any(id(node) in document.shared for node in strings):
        raise Untranslatable("", "shared", "a part of the request has an anchor, and other places use it.")
    if not found.node.pairs:
        return
    if is_merged(document, found.node):
        reason = "the request is merged into others, which may replace a part of it."
        raise Untranslatable("", "shared", reason)
    names = [pair.name for pair in found.node.pairs if pair.name]
    if len(names) != len(set(names)):
        raise Untranslatable("", "duplicate-key", "a key stands twice in the request.")
    fixed = [pair for pair in found.node.pairs if not isinstance(pair.value, (MappingNode, SequenceNode))]
    whole_body = [pair for pair in fixed if pair.value is not found.body]
    check_keys(document, found.node, whole_body, "the request")


def _body_spans(site: Site, operation: Operation) -> list[TextEdit]:
    found = site.found
    if found.body is None:
        if found.is_double and not found.opaque_body:
            return []
        where = f"in `{found.opaque_body}` in a form that is not handled" if found.opaque_body else "not here"
        raise Untranslatable("", "no-body", f"the body is {where}.")
    value = value_of(site.document, found.body)
    if not isinstance(value, dict):
        raise Untranslatable("", "no-body", "the body is not literal JSON.")
    _check_json(site)
    contract.upgrade_request(operation, value)
    moved = move(site.document, found.root, found.body, found.body_at, operation)
    return [*moved.edits, *lengths.corrected(site.document, found, found.body, moved.new)]


def _copies(site: Site, url: PathMatch) -> list[TextEdit]:
    """The edits for strings that repeat the URL's path."""
    spans: list[TextEdit] = []
    for node in site.found.copies:
        text = text_of(site.document, node) or ""
        match = contract.match(site.found.method, with_holes(text))
        region = region_of(site.document, node, "text") if match else None
        if match and region:
            spans.append(region.outer_edit(match.start, match.end, url.replacement, site.document.text))
    return spans


def _check_recording(site: Site) -> None:
    """Raises Untranslatable where a recorded or mocked exchange would be only half in the new shape."""
    document, found = site.document, site.found
    for node, _ in found.answers:
        text = document.text[node.start : node.end]
        if value_of(document, node) is None and contract.MOVED_KEY_IN_TEXT.search(text):
            raise Untranslatable("", "answer", "a recorded answer is not understood.")
    if not found.is_double:
        return
    if found.opaque_answer:
        raise Untranslatable("", "answer", "a recorded answer is encoded, or stands in another file.")
    bodies = [(node.start, node.end) for node in (found.body, *(node for node, _ in found.answers)) if node]
    whole = found.exchange
    for name in contract.MOVED_KEY_IN_TEXT.finditer(document.text, whole.start, whole.end):
        if not any(start <= name.start() < end for start, end in bodies):
            line = document.text.count("\n", 0, name.start()) + 1
            raise Untranslatable(
                name[0], "answer", f"`{name[0]}` is named outside of its bodies, in line {line}."
            )


def _check_json(site: Site) -> None:
    """Raises Untranslatable where a task sends its body in another form than JSON."""
    pair = site.found.node.get(_FORMAT)
    form = text_of(site.document, pair.value) if pair else None
    if form and form not in _JSON_FORMATS and not isinstance(site.found.body, Scalar):
        raise Untranslatable("", "form", f"the body is sent as {form}, which has no objects in it.")


def _in_url(site: Site, start: int, end: int, replacement: str) -> list[TextEdit]:
    region = region_of(site.document, site.found.url, "text")
    if region is None:
        raise Untranslatable("", "layout", "the URL is quoted in a way that is not handled.")
    return [region.outer_edit(start, end, replacement, site.document.text)]


def _segments(site: Site, operation: Operation | None) -> list[TextEdit]:
    """Take the job type out of a list of path segments (Postman)."""
    found = site.found.segments
    if found is None:
        return []
    if operation is None:
        raise Untranslatable("", "layout", "the path is a list of segments.")
    values = [item.value if isinstance(item, Scalar) else None for item in found.items]
    index = len(values) - (2 if operation.has_id else 1)
    if index < 1 or values[index] != operation.job_type or f"/{values[index - 1]}" != contract.COLLECTION:
        raise Untranslatable("", "layout", "the list of the path's segments differs from the URL.")
    return [without_item(site.document.text, found, index)]
