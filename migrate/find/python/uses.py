"""From places that send requests to uses: what is rewritten, what a person must look at, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from migrate import contract
from migrate.find.python import (
    adapt,
    answers,
    collisions,
    expectations,
    headers,
    importers,
    mock_patterns,
    payload,
    sent,
    sites,
    urls,
)
from migrate.find.python.edits import Change, LayoutError
from migrate.find.python.engine import Engine, Shot
from migrate.find.python.module import Module
from migrate.find.python.planner import BlockedError, Conversion, Planner, top_allocations
from migrate.find.python.sites import Site, Target
from migrate.find.python.urls import UrlError
from migrate.find.python.values import Allocation, each_of
from migrate.find.text import advice, moves
from migrate.model import Action, Dismissal, Edit, Findings, RequestModel, Use
from migrate.source import Source

LANGUAGE = "python"


@dataclass(eq=False)
class Verdict:
    """What is decided for a place.

    blocked: why it is not rewritten ("" if it is); foreign: why it is not ours; changes: by file;
    literals: the string literals that are edited for the URL.
    """

    site: Site
    pro: tuple[str, ...] = ()
    blocked: str = ""
    foreign: str = ""
    advice: str = ""
    changes: dict[str, list[Change]] = field(default_factory=dict)
    numbers: set[int] = field(default_factory=set)
    adapted: bool = False

    @property
    def rewritten(self) -> bool:
        """Whether the place is rewritten."""
        return not self.blocked and not self.foreign

    def add(self, path: str, changes: list[Change]) -> None:
        """Add changes to a file, each once."""
        known = self.changes.setdefault(path, [])
        known += [each for each in changes if each not in known]


def of(engine: Engine, module: Module) -> Findings:
    """Uses, dismissals and request models of the requests in a file."""
    options = engine.project.options
    found = sites.gather(engine, module, options.target_path)
    verdicts = [
        Verdict(site, numbers={shot.number for shot in site.all_shots})
        for site in found
        if any(target.kind in ("old", "documented", "open") for target in site.targets)
    ]
    for verdict in verdicts:
        _judge(engine, verdict)
    _settle(engine, verdicts)
    uses = [_use(engine, module, verdict) for verdict in verdicts if not verdict.foreign]
    dismissals = [
        Dismissal(module.source.line_column(module.span(verdict.site.call)[0])[0], verdict.foreign)
        for verdict in verdicts
        if verdict.foreign
    ]
    requests = [model for site in found for model in _models(module, site)]
    reads = answers.unproved(engine, module, verdicts) + expectations.of(engine, module, verdicts)
    reads += answers.typed_fields(engine, module, verdicts)
    return Findings((*uses, *reads), tuple(dismissals), tuple(requests))


def _models(module: Module, site: Site) -> list[RequestModel]:
    start = module.source.byte_at(module.span(site.call)[0])
    return [
        RequestModel(target.method, target.model, site.bodies, start, site.adapted)
        for target in site.targets
        if target.kind in ("old", "documented", "new")
    ]


def _judge(engine: Engine, verdict: Verdict) -> None:
    """What can be said of one place alone."""
    site = verdict.site
    targets = [target for target in site.targets if target.kind in ("old", "documented", "open")]
    facts = [sites.evidence_of(engine, site, target) for target in targets]
    verdict.pro = tuple(dict.fromkeys(fact for each in facts for fact in each.pro))
    if any(each.foreign for each in facts):
        verdict.foreign = next(each.contra[0] for each in facts if each.foreign)
    elif not verdict.pro:
        verdict.foreign = "nothing here names Northflank"
    elif any(target.kind == "open" for target in targets):
        verdict.blocked = "the type of job in its URL is only known when the program runs"
        verdict.advice = (
            f"Where the type can be {contract.MANUAL} or {contract.CRON}, send to the path without it, "
            f"with the moved keys in `{contract.SETTINGS}`."
        )
        if not any(each.strong for each in facts):
            verdict.foreign = "nothing here names Northflank"
    elif site.mixed:
        verdict.blocked = "the same call sends other requests, too"
        verdict.advice = "Take the deprecated requests apart from the others. Then: " + _advice(site)
    elif not all(each.strong for each in facts):
        verdict.blocked = "it may be another system's endpoint"
        verdict.advice = "Check that the request goes to Northflank. If so: " + _advice(site)
    elif len({target.operation.job_type for target in site.olds if target.operation}) > 1:
        verdict.blocked = "it sends manual and scheduled jobs alike"


def _settle(engine: Engine, verdicts: list[Verdict]) -> None:
    """Plan the edits; what one place blocks, blocks those that share with it, until nothing changes."""
    while True:
        before = [verdict.rewritten for verdict in verdicts]
        for verdict in verdicts:
            if verdict.rewritten:
                verdict.changes = {}
                verdict.adapted = False
                try:
                    _plan(engine, verdict, verdicts)
                except (BlockedError, LayoutError) as error:
                    if _adapted(engine, verdict, verdicts):
                        continue
                    verdict.blocked = (
                        f"{getattr(error, 'subject', 'its payload')} can't be rewritten: {error}"
                    )
                except UrlError as error:
                    verdict.blocked = f"its URL can't be rewritten: {error}"
        if before == [verdict.rewritten for verdict in verdicts]:
            return


def _plan(engine: Engine, verdict: Verdict, verdicts: list[Verdict]) -> None:
    site = verdict.site
    rewritten = set().union(*(each.numbers for each in verdicts if each.rewritten and each.site.olds))
    rewritten |= {shot.number for each in verdicts if each.rewritten for shot in each.site.all_shots}
    for target in site.targets:
        if target.kind in ("old", "documented"):
            _plan_url(engine, verdict, target, rewritten)
    operation = site.operation
    if operation is None:
        return
    if site.kind == "double":
        _plan_double(engine, verdict, operation, verdicts)
        return
    moves = site.bodies is None or any(operation.move(key) for body in site.bodies for key in body)
    sent.check(engine, verdict.numbers, moves=moves)
    if moves:
        for where in {id(module): module for shot in site.shots for module, _ in shot.calls}.values():
            headers.check(engine, where)
    if not verdict.adapted:
        _plan_payload(engine, verdict, operation, rewritten, verdicts)
    try:
        answers.check_hooks(engine, verdict)
        answers.plan(engine, verdict, operation, rewritten)
    except BlockedError as error:
        raise BlockedError(str(error), "what depends on its answer") from error


def _adapted(engine: Engine, verdict: Verdict, verdicts: list[Verdict]) -> bool:
    """With ``--adapt``: send the payload through the inserted function, if that can be done."""
    operation = verdict.site.operation
    if not engine.project.options.adapt or operation is None or verdict.site.kind == "double":
        return False
    verdict.changes = {}
    try:
        verdict.adapted = True
        _plan(engine, verdict, verdicts)
        verdict.add(verdict.site.module.path, adapt.plan(verdict.site, operation))
    except (BlockedError, LayoutError, UrlError, adapt.UnadaptableError):
        verdict.changes, verdict.adapted = {}, False
        return False
    return True


def _plan_url(engine: Engine, verdict: Verdict, target: Target, rewritten: set[int]) -> None:
    symbol = verdict.site.symbols
    if verdict.site.kind == "client":
        for module, start, end in symbol:
            for shot in engine.shots.values():
                if shot.symbol == (module, start, end) and shot.number not in rewritten:
                    raise UrlError(f"the method is used in {_line_of(engine, shot.number)}, too")
            verdict.add(module.path, [(start, end, "")])
        if not symbol:
            raise UrlError("the method is reached in a way that is not followed")
        return
    for module, start, end, new in urls.url_changes(target):
        _check_literal(engine, verdict, module, (start, end), rewritten)
        collisions.check(engine, target, module, (start, end))
        verdict.add(module.path, [(start, end, new)])


def _check_literal(
    engine: Engine, verdict: Verdict, module: Module, span: tuple[int, int], rewritten: set[int]
) -> None:
    """A literal that other requests use, too, must not change below them."""
    importers.check_literal(engine, module, span)
    if module is not verdict.site.module and not importers.is_constant(module, span):
        raise UrlError(f"it is built in {module.path}, where other callers may use it")
    for text, where, node in engine.text_escapes:
        if urls.touches(text, module, span):
            line, _ = where.source.line_column(where.span(node)[0])
            raise UrlError(f"its text is handed to something else, too ({where.path}, line {line})")
    for shot in engine.shots.values():
        if shot.number in rewritten:
            continue
        if urls.uses_span(shot, module, span):
            where, call = shot.calls[-1]
            line, _ = where.source.line_column(where.span(call)[0])
            raise UrlError(f"its text is used for another request, too ({where.path}, line {line})")


def _plan_payload(
    engine: Engine,
    verdict: Verdict,
    operation: contract.Operation,
    rewritten: set[int],
    verdicts: list[Verdict],
) -> None:
    site = verdict.site
    if site.bodies is None:
        raise BlockedError(site.why)
    for target in site.olds:
        for body in site.bodies:
            try:
                contract.upgrade_request(target.operation or operation, body)
            except contract.Untranslatable as error:
                raise BlockedError(error.reason) from error
            if operation.job_type == contract.CRON and not operation.has_id:
                _check_schedule(body)
    planner = _planner(engine, operation, verdicts)
    for shot in site.shots:
        if shot.body is None:
            continue
        conversion = payload.convert(planner, shot.state, shot.body)
        for number in conversion.sites - rewritten:
            raise BlockedError(f"the same dict is sent by another request ({_line_of(engine, number)})")
        _check_types(conversion.sites, operation, verdicts)
        for path, changes in conversion.changes.items():
            verdict.add(path, changes)


def _check_schedule(body: dict[str, Any]) -> None:
    """A scheduled job needs `settings.cron`, which only its own keys bring."""
    settings = body.get(contract.SETTINGS)
    if not set(contract.CRON_KEYS) & body.keys() and not (
        isinstance(settings, dict) and contract.CRON in settings
    ):
        raise BlockedError(
            "it has no key that says when to run, so that nothing would make the job a scheduled one"
        )


def _planner(engine: Engine, operation: contract.Operation, verdicts: list[Verdict]) -> Planner:
    """A planner that knows all dicts that are converted for the same type of job."""
    planner = Planner(engine, operation, lambda module, name: importers.elsewhere(engine, module, name))
    start: list[Allocation] = []
    for verdict in verdicts:
        found = verdict.site.operation
        if not verdict.rewritten or verdict.adapted or not found or found.job_type != operation.job_type:
            continue
        for shot in verdict.site.shots:
            values = [shot.body] if shot.body is not None else []
            values += [value for value, _ in shot.extra]
            values += [] if shot.reply is None else payload.reply_data(engine, shot.state, shot.reply[0])
            for value in values:
                start += top_allocations(engine, shot.state, value)
    planner.converted = frozenset(planner.closure(start))
    return planner


def _plan_double(
    engine: Engine, verdict: Verdict, operation: contract.Operation, verdicts: list[Verdict]
) -> None:
    """The reply of a test double has the moved keys in ``data.settings``."""
    planner = _planner(engine, operation, verdicts)
    for shot in verdict.site.shots:
        if shot.doubt:
            raise BlockedError(shot.doubt, "its reply")
        mock_patterns.check(engine, shot, verdict.numbers)
        for value, _ in shot.extra:
            _add(verdict, payload.convert(planner, shot.state, value))
        if shot.reply is not None:
            for value in each_of(shot.reply[0]):
                _add(verdict, payload.convert_reply(planner, shot.state, value))


def _add(verdict: Verdict, conversion: Conversion) -> None:
    for path, changes in conversion.changes.items():
        verdict.add(path, changes)


def _check_types(numbers: set[int], operation: contract.Operation, verdicts: list[Verdict]) -> None:
    for other in verdicts:
        found = other.site.operation
        if other.numbers & numbers and (found is None or found.job_type != operation.job_type):
            raise BlockedError("the same dict is sent for another type of job or to the new path")


def _line_of(engine: Engine, number: int) -> str:
    shot = next((each for each in engine.shots.values() if each.number == number), None)
    if shot is None:
        return "elsewhere"
    module, call = shot.calls[-1]
    return f"{module.path}, line {module.source.line_column(module.span(call)[0])[0]}"


def _use(engine: Engine, module: Module, verdict: Verdict) -> Use:
    site = verdict.site
    operation = site.operation
    kind = "client-call" if site.kind == "client" else "http-call"
    if site.kind == "double":
        kind = "test-double"
    elif operation is None and any(target.kind == "documented" for target in site.targets):
        kind = "documented-name"
    message = _message(site, kind)
    shown = verdict.advice or (_advice_for_double(site) if site.kind == "double" else _advice(site))
    edits = () if verdict.blocked else _edits(engine, verdict)
    return module.source.use(
        module.span(site.call),
        kind=kind,
        language=LANGUAGE,
        action=Action.REVIEW if verdict.blocked else Action.REWRITE,
        operation=operation.name if operation else "",
        message=f"{message} Not rewritten: {verdict.blocked.rstrip('.')}." if verdict.blocked else message,
        advice=shown if verdict.blocked else "",
        evidence=(*verdict.pro, *_via(site)),
        edits=edits,
        group=_group(engine, verdict),
    )


def _group(engine: Engine, verdict: Verdict) -> str:
    """The group of the definition file that the payload is read from, or ""."""
    for shot in verdict.site.shots:
        for allocation in top_allocations(engine, shot.state, shot.body) if shot.body is not None else ():
            where = engine.texts.get(allocation, (None, ""))[0]
            if isinstance(where, Source):
                from migrate.definitions import group_of  # noqa: PLC0415 (parsers that few files need)

                return group_of(where.path)
    return ""


def _via(site: Site) -> tuple[str, ...]:
    shot: Shot = site.shots[0]
    return (f"sent by {shot.via}" + ("" if shot.exact else " (taken for a request by the form of the call)"),)


def _message(site: Site, kind: str) -> str:
    target = next(each for each in site.targets if each.kind in ("old", "documented", "open"))
    if kind == "client-call" and target.operation:
        return f"Calls the deprecated client method {target.operation.name}."
    if kind == "test-double" and target.operation:
        return f"Answers for the deprecated {target.method} …{target.operation.old_path} in a test."
    if target.operation:
        return f"Sends the deprecated request {target.method} …{target.operation.old_path}."
    if target.kind == "open":
        return f"Sends {target.method} to a job path whose type is a variable."
    return (
        f"Sends {target.method} to {contract.DOCUMENTED_NAME}, which is a page's name, not a path of the API."
    )


def _advice(site: Site) -> str:
    return advice(site.operation or contract.PUT_MANUAL)


def _advice_for_double(site: Site) -> str:
    old = site.operation or contract.PUT_MANUAL
    return (
        f"When the code under test is migrated, let the mock answer for {old.method} …{old.new_path} (in a "
        f"pattern too), and move {moves(old)} in the body it expects and in the "
        f"`{contract.RESPONSE_ENVELOPE}` of its reply."
    )


def _edits(engine: Engine, verdict: Verdict) -> tuple[Edit, ...]:
    found: list[Edit] = []
    for path, changes in verdict.changes.items():
        loaded = engine.modules.get(path)
        source = loaded.source if loaded else engine.project.read(path)
        if source is not None:
            found += [source.edit(start, end, new) for start, end, new in sorted(changes)]
    return tuple(sorted(found))
