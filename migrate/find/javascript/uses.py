"""From sites to what a finder returns: uses, dismissals and request models."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from migrate import contract
from migrate.find.javascript.layout import SpanEdit
from migrate.find.javascript.modules import Module, Workspace
from migrate.find.javascript.names import Names
from migrate.find.javascript.sites import Site, Sites
from migrate.find.javascript.types import ClientType
from migrate.find.text import UNREADABLE, advice, names_in
from migrate.model import Action, Dismissal, Edit, Findings, Use
from migrate.pins import requirement

LANGUAGE = "javascript"


def findings(module: Module, workspace: Workspace) -> Findings:
    """Everything found in one module."""
    if module.error is not None:
        where = module.error.line
        return names_in(module.source, LANGUAGE, f"line {where} can't be parsed", UNREADABLE)
    sites = Sites(workspace, workspace.project.options.target_path)
    uses: list[Use] = []
    dismissals: list[Dismissal] = []
    settled = sites.settle(module)
    for site in settled:
        request = site.request
        if request.old is None and request.kind != "documented-name":
            continue
        if request.evidence.foreign or not request.evidence.pro:
            reason = "; ".join(request.evidence.contra) or "nothing here names Northflank"
            dismissals.append(Dismissal(request.node.line, reason))
            continue
        uses.append(_use(site, workspace))
    uses += [_type_use(each, module, workspace) for each in sites.types.of(module)]
    names = Names(module, sites.values, sites.client, sites.http, tuple(_covered(settled, sites, module))).find()
    uses += names.uses
    dismissals += names.dismissals
    models = tuple(sites.model(site) for site in settled)
    return Findings(tuple(sorted(uses, key=lambda use: use.start)), tuple(dismissals), models)


def _covered(settled: list[Site], sites: Sites, module: Module) -> Iterator[tuple[int, int]]:
    """What the requests of a module explain: their calls, and the names and paths that they come through."""
    for site in settled:
        request = site.request
        if request.old is None and request.kind != "documented-name" and not request.renames:
            continue
        function = request.node.first or request.node
        if request.client:
            yield (function.start, function.end) if request.call is None else (request.node.start, request.node.end)
        else:
            yield request.node.start, request.node.end
        yield from ((each.start, each.end) for each in request.renames if each.path == module.path)
        yield from ((each.start, each.end) for each in request.names if each.module is module)
        for name in request.names:
            target = sites.values.follow(name)
            if target.module is module:
                yield target.start, target.end


def _use(site: Site, workspace: Workspace) -> Use:
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
        why = site.problem.reason if site.problem else _doubt(site)
        todo = (site.problem.advice if site.problem else "") or advice(old)
        return source.use(
            span, action=Action.REVIEW, message=f"Uses {name}. Not rewritten: {why}.", advice=todo, **common
        )
    prerequisites, pinned = requirement(source.path, workspace.project) if request.client else ((), ())
    return source.use(
        span,
        action=Action.REWRITE,
        message=f"Uses {name}.",
        edits=(*_edits(site.edits, site.request.node.module, workspace), *pinned),
        prerequisites=prerequisites,
        **common,
    )


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
    prerequisites, pinned = requirement(source.path, workspace.project)
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
