"""From sites to what a finder returns: uses, dismissals and request models."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from migrate import contract, evidence
from migrate.find.javascript.adapt import functions
from migrate.find.javascript.handed import handed_on
from migrate.find.javascript.http import is_path
from migrate.find.javascript.layout import SpanEdit
from migrate.find.javascript.modules import Module, Workspace
from migrate.find.javascript.names import TEXTS, Names
from migrate.find.javascript.sites import Site, Sites
from migrate.find.javascript.tree import Node
from migrate.find.javascript.types import ClientType
from migrate.find.text import UNREADABLE, advice, names_in
from migrate.model import Action, Dismissal, Edit, Findings, Prerequisite, Use
from migrate.pins import requirement
from migrate.source import Source

LANGUAGE = "javascript"
_MEND = "Mend the syntax and run again, or by hand: "


def findings(module: Module, workspace: Workspace) -> Findings:
    """Everything found in one module."""
    if module.error is not None:
        return _unreadable(module, module.error)
    sites = Sites(workspace)
    uses: list[Use] = []
    dismissals: list[Dismissal] = []
    settled = sites.settle(module)
    uses += _uses_of(settled, workspace)
    uses += handed_on(settled)
    dismissals += _dismissals(settled)
    uses += [_type_use(each, module, workspace) for each in sites.types.of(module)]
    remote = _remote(module, workspace, sites)
    for site, place in remote:
        if not workspace.is_candidate(site.request.node.module):
            uses += [replace(each, **_placed(module, place)) for each in _uses_of([site], workspace)]
    covered = (
        *_covered(settled, sites, module),
        *(
            (node.start, node.end)
            for site, _ in remote
            for node in site.request.pieces
            if node.module is module
        ),
    )
    names = Names(module, sites.values, sites.client, sites.http, covered).find()
    uses += names.uses
    dismissals += names.dismissals
    models = [sites.model(site) for site in settled]
    models += [
        replace(sites.model(site), start=module.source.byte_at(place.start))
        for site, place in remote
        if not workspace.is_candidate(site.request.node.module)
    ]
    models.sort(key=lambda model: model.start)
    return Findings(tuple(sorted(uses, key=lambda use: use.start)), tuple(dismissals), tuple(models))


def _unreadable(module: Module, error: Node) -> Findings:
    """Findings for a file that can't be parsed: what names the endpoint, else the place itself."""
    why = f"line {error.line} can't be parsed"
    found = names_in(module.source, LANGUAGE, why, UNREADABLE, first=_MEND)
    about = evidence.of_words(module.words, "the file")
    if found.uses or not about.strong:
        return found
    use = module.source.use(
        (error.start, min(error.end, error.start + 1)),
        kind=UNREADABLE,
        language=LANGUAGE,
        action=Action.REVIEW,
        message=f"May use the endpoint. Not rewritten: {why}.",
        advice=_MEND + advice(contract.PUT_MANUAL),
        evidence=about.pro,
    )
    return replace(found, uses=(use,))


def _is_use(site: Site) -> bool:
    return site.request.old is not None or site.request.kind == "documented-name"


def _is_foreign(site: Site) -> bool:
    return site.request.evidence.foreign or not site.request.evidence.pro


def _uses_of(sites: list[Site], workspace: Workspace) -> list[Use]:
    adapted = [each.request.old for each in sites if each.adapted and each.rewritable and each.request.old]
    return [_use(site, workspace, adapted) for site in sites if _is_use(site) and not _is_foreign(site)]


def _dismissals(sites: list[Site]) -> Iterator[Dismissal]:
    for site in sites:
        if _is_use(site) and _is_foreign(site):
            reason = "; ".join(site.request.evidence.contra) or "nothing here names Northflank"
            yield Dismissal(site.request.node.line, reason)


def _remote(module: Module, workspace: Workspace, sites: Sites) -> list[tuple[Site, Node]]:
    """Requests of other modules to a path that this module exports, each with the place of the path here."""
    if not module.exports or not any(map(_is_path, module.root.walk())):
        return []
    found = []
    for importer in workspace.importers(module) or ():
        for site in sites.settle(importer):
            here = [node for node in site.request.pieces if node.module is module and node.kind in TEXTS]
            if here and not site.request.client:
                found.append((site, here[-1]))
    return found


def _is_path(node: Node) -> bool:
    return node.kind in TEXTS and contract.COLLECTION.strip("/") in node.text and is_path(node.text)


def _placed(module: Module, node: Node) -> dict[str, Any]:
    """The fields of a use that say where it is."""
    source = module.source
    line, column = source.line_column(node.start)
    end_line, end_column = source.line_column(node.end)
    return {
        "path": module.path,
        "start": source.byte_at(node.start),
        "end": source.byte_at(node.end),
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
    }


def _covered(settled: list[Site], sites: Sites, module: Module) -> Iterator[tuple[int, int]]:
    """What the requests of a module explain: their calls, and the names and paths that they come through."""
    for site in settled:
        request = site.request
        if request.old is None and request.kind != "documented-name" and not request.renames:
            continue
        function = request.node.first or request.node
        if request.client:
            yield (
                (function.start, function.end)
                if request.call is None
                else (request.node.start, request.node.end)
            )
        else:
            yield request.node.start, request.node.end
        yield from ((each.start, each.end) for each in request.renames if each.path == module.path)
        yield from ((each.start, each.end) for each in request.names if each.module is module)
        for name in request.names:
            target = sites.values.follow(name)
            if target.module is module:
                yield target.start, target.end


def _use(site: Site, workspace: Workspace, adapted: list[contract.Operation]) -> Use:
    request = site.request
    old = request.old or contract.PUT_MANUAL
    source = request.node.module.source
    name = old.name if request.client else f"{old.method} …{old.old_path}"
    if request.kind == "documented-name":
        name = contract.DOCUMENTED_NAME
    span = (request.node.start, request.node.end)
    common: dict[str, Any] = {
        "kind": request.kind,
        "language": LANGUAGE,
        "operation": old.name,
        "evidence": (*request.evidence.pro, *request.evidence.contra),
    }
    if site.problem is not None or not request.evidence.strong:
        sure = request.evidence.strong or request.evidence.contested
        why = site.problem.reason if site.problem and sure else _doubt(site)
        todo = (site.problem.advice if site.problem and sure else "") or advice(old)
        if not request.evidence.strong:
            todo = f"Check that the request goes to Northflank. If so: {todo}"
        return source.use(
            span, action=Action.REVIEW, message=f"Uses {name}. Not rewritten: {why}.", advice=todo, **common
        )
    prerequisites, pinned = _requirement(source, workspace) if request.client else ((), ())
    added = functions(request.node.module, adapted) if site.adapted else []
    how = " Its body goes through a function that moves the keys at run time." if site.adapted else ""
    return source.use(
        span,
        action=Action.REWRITE,
        message=f"Uses {name}.{how}",
        edits=(*_edits([*site.edits, *added], site.request.node.module, workspace), *pinned),
        prerequisites=prerequisites,
        **common,
    )


def _requirement(source: Source, workspace: Workspace) -> tuple[tuple[Prerequisite, ...], tuple[Edit, ...]]:
    return requirement(source.path, workspace.project, workspace.client_versions())


def _type_use(found: ClientType, module: Module, workspace: Workspace) -> Use:
    """The use of one of the client's types."""
    source = module.source
    common: dict[str, Any] = {
        "kind": "client-type",
        "language": LANGUAGE,
        "operation": found.operation.name,
        "evidence": (f"{found.name} is imported from {contract.JS_CLIENT_PACKAGE}",),
        "group": f"{module.path}:{found.new_name}",
    }
    span = (found.specifier.start, found.specifier.end)
    if found.problem is not None:
        return source.use(
            span,
            action=Action.REVIEW,
            message=f"Uses {found.name}. Not rewritten: {found.problem.reason}.",
            advice=found.problem.advice or advice(found.operation),
            **common,
        )
    prerequisites, pinned = _requirement(source, workspace)
    return source.use(
        span,
        action=Action.REWRITE,
        message=f"Uses {found.name}; its successor is {found.new_name}.",
        edits=(*_edits(found.edits, module, workspace), *pinned),
        prerequisites=prerequisites,
        **common,
    )


def _doubt(site: Site) -> str:
    if site.request.evidence.contested:
        return "it is not certain that it is Northflank's, for " + "; ".join(site.request.evidence.contra)
    return "it is not certain that it is Northflank's"


def _edits(edits: list[SpanEdit], module: Module, workspace: Workspace) -> tuple[Edit, ...]:
    found: list[Edit] = []
    for each in sorted(set(edits), key=lambda each: (each.path, each.start, each.end)):
        source = workspace.project.read(each.path)
        if each.path == module.path:
            source = module.source
        if source is not None:
            found.append(source.edit(each.start, each.end, each.new))
    return tuple(found)
