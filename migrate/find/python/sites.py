"""From requests as they were seen to uses: one for each place in the file, with its edits."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import libcst as cst

from migrate import contract, evidence
from migrate.find.python import bodies, calls, importers
from migrate.find.python.engine import Engine, Shot
from migrate.find.python.module import Module
from migrate.find.python.values import Dumped, Made, Ref, Text, Unknown, Value, each_of
from migrate.model import HOLE

_NO_BODY = Unknown("payload", why="none is seen in the call")
_OLD, _NEW, _NAMED, _OPEN, _OTHER = "old", "new", "documented", "open", "other"
_OPEN_TYPE = re.compile(rf"/jobs/{HOLE}/?(?:$|[?#])")


@dataclass(frozen=True, slots=True)
class Target:
    """One method and URL of a request.

    kind: ``old``, ``new``, ``documented`` (the documentation's name), ``open`` (the job type is not known) or
    ``other``.
    start, end, replacement: what is replaced in the URL's model.
    """

    kind: str
    method: str
    url: Text
    operation: contract.Operation | None = None
    start: int = 0
    end: int = 0
    replacement: str = ""
    prefix: str = ""

    @property
    def model(self) -> str:
        """The URL with `HOLE` for what is not known."""
        return re.sub(r"\s", HOLE, self.url.model)


@dataclass(eq=False)
class Site:
    """One place in the file that sends requests: a call, with all ways in which it was seen.

    shots: those that count; all_shots: with those whose arguments are not known; symbols: last names of
    the client's method; adapted: the body goes through the inserted function; mixed: some of the
    requests are not deprecated; bodies: all possible ones, or None and `why`.
    """

    call: cst.Call
    module: Module
    shots: list[Shot] = field(default_factory=list)
    all_shots: list[Shot] = field(default_factory=list)
    symbols: list[tuple[Module, int, int]] = field(default_factory=list)
    adapted: bool = False
    mixed: bool = False
    targets: list[Target] = field(default_factory=list)
    bodies: tuple[dict[str, Any], ...] | None = ()
    why: str = ""

    @property
    def kind(self) -> str:
        """``http``, ``client`` or ``double``."""
        return self.shots[0].kind

    @property
    def olds(self) -> list[Target]:
        """The deprecated ones among the targets."""
        return [target for target in self.targets if target.kind == _OLD]

    @property
    def operation(self) -> contract.Operation | None:
        """The deprecated operation, the first where there are several."""
        return next((target.operation for target in self.targets if target.operation), None)


def targets_of(shot: Shot, target_path: str) -> list[Target]:
    """The methods and URLs that a request may have."""
    if shot.kind == "client":
        name = shot.url.model if isinstance(shot.url, Text) else ""
        old = contract.BY_NAME.get(name)
        text = shot.url if isinstance(shot.url, Text) else Text(())
        method = old.method if old else contract.METHODS.get(name.split(".", 1)[0], "")
        return [Target(_OLD if old else _NEW, method, text, old)]
    found: list[Target] = []
    for given in each_of(shot.method):
        verb = given.known if isinstance(given, Text) else None
        for url in each_of(shot.url):
            if verb and isinstance(url, Text):
                target = _target(verb.upper(), url, target_path)
                if target not in found:
                    found.append(target)
    return found


def _target(method: str, url: Text, target_path: str) -> Target:
    model = re.sub(r"\s", HOLE, url.model)
    match = contract.match(method, model, target_path)
    if match:
        return Target(
            _OLD, method, url, match.operation, match.start, match.end, match.replacement, match.prefix
        )
    documented = contract.match_documented_name(model)
    if documented and target_path != contract.DOCUMENTED_NAME and method in contract.METHODS.values():
        start, end = documented
        slash = "/" if model[start] == "/" else ""
        target = slash + target_path.removeprefix("/")
        return Target(_NAMED, method, url, None, start, end, target, model[:start])
    if method in ("PUT", "POST") and _OPEN_TYPE.search(model):
        return Target(_OPEN, method, url, None, prefix=model[: model.rfind("/jobs/")])
    if contract.match_successor(method, model, target_path):
        return Target(_NEW, method, url)
    return Target(_OTHER, method, url)


def gather(engine: Engine, module: Module, target_path: str) -> list[Site]:
    """All places of this file that send a request which matters, in the order of the source."""
    seen: list[tuple[Shot, list[Target]]] = []
    for shot in engine.shots.values():
        relevant = [each for each in targets_of(shot, target_path) if each.kind != _OTHER]
        if relevant:
            seen.append((shot, relevant))
    chains = {_chain(shot) for shot, _ in seen}
    sites: dict[int, Site] = {}
    for shot, targets in seen:
        where, call = _location(shot, chains, targets)
        site = sites.setdefault(id(call), Site(call, where))
        site.shots.append(shot)
        site.all_shots.append(shot)
        if shot.symbol is not None and shot.symbol not in site.symbols:
            site.symbols.append(shot.symbol)
        site.targets += [each for each in targets if _new_target(site.targets, each)]
    ours = [site for site in sites.values() if site.module is module]
    for site in ours:
        site.mixed = _is_mixed(engine, site, target_path)
    for site in ours:
        _settle_bodies(engine, site)
    return sorted(ours, key=lambda site: module.span(site.call))


def _is_mixed(engine: Engine, site: Site, target_path: str) -> bool:
    """Whether the same call sends deprecated requests and others."""
    numbers = {shot.number for shot in site.all_shots}
    shots = [shot for shot in engine.shots.values() if shot.number in numbers]
    kinds = {target.kind for shot in shots for target in targets_of(shot, target_path)}
    unknown = any(not targets_of(shot, target_path) for shot in shots)
    return _OLD in kinds and (unknown or bool(kinds - {_OLD}))


def _new_target(known: list[Target], one: Target) -> bool:
    return all(
        (each.kind, each.method, each.url.model) != (one.kind, one.method, one.url.model) for each in known
    )


def _chain(shot: Shot) -> tuple[int, ...]:
    return tuple(id(call) for _, call in shot.calls)


def _location(shot: Shot, chains: set[tuple[int, ...]], targets: list[Target]) -> tuple[Module, cst.Call]:
    """The innermost call at which the request is known without its callers.

    Where the outer calls are in files that give neither the URL nor the payload, it belongs to the
    file that does, and is accounted for there.
    """
    whole = _chain(shot)
    for length in range(1, len(whole)):
        if whole[-length:] in chains:
            return shot.calls[-length]
    collection = contract.COLLECTION.strip("/")
    giving = {
        piece.literal.module.path
        for target in targets
        for piece in target.url.pieces
        if piece.literal and collection in piece.text
    }
    if shot.symbol is not None:
        giving.add(shot.symbol[0].path)
    giving |= _payload_modules(shot)
    return next((each for each in shot.calls if each[0].path in giving), shot.calls[0])


def _payload_modules(shot: Shot) -> set[str]:
    """Paths of the files in which the payload's dicts are written."""
    found: set[str] = set()
    for value in each_of(shot.body) if shot.body is not None else ():
        inner = value.value if isinstance(value, Dumped) else value
        if isinstance(inner, Ref):
            held = shot.state.heap.get(inner.id)
            allocation = getattr(held, "allocation", None)
            if allocation is not None:
                found.add(allocation.module.path)
    return found


def _settle_bodies(engine: Engine, site: Site) -> None:
    """The bodies in all ways in which the place was seen; those of callers replace an unknown argument."""
    if site.kind == "double":
        return
    direct = [shot for shot in site.shots if shot.calls[0][1] is site.call]
    called = [shot for shot in site.shots if shot not in direct]
    if (
        called
        and direct
        and all(_depends_on_argument(shot.body) and not _is_called_unseen(engine, shot) for shot in direct)
    ):
        site.shots = called
    found: list[dict[str, Any]] = []
    for shot in site.shots:
        if _is_adapted(shot.body):
            site.adapted, site.bodies = True, None
            return
        try:
            found += [
                each
                for each in bodies.bodies_of(engine, shot.state, shot.body or _NO_BODY)
                if each not in found
            ]
        except bodies.UnprovedError as error:
            site.bodies, site.why = None, str(error)
            return
    site.bodies = tuple(found)


def _is_adapted(value: Value | None) -> bool:
    if isinstance(value, Dumped):
        return _is_adapted(value.value)
    return isinstance(value, Made) and value.dotted == calls.ADAPTED


_REGISTERING = frozenset(
    (
        *(method.lower() for method in contract.METHODS.values()),
        *(
            "route",
            "api_route",
            "websocket",
            "task",
            "shared_task",
            "flow",
            "command",
            "subscriber",
            "handler",
        ),
        *(
            "on_event",
            "tool",
            "register",
            "callback",
            "listener",
            "event",
            "on",
            "fixture",
            "receiver",
            "actor",
        ),
    )
)


def _is_called_unseen(engine: Engine, shot: Shot) -> bool:
    """Whether code that is not followed calls the function that sends: it is handed on, or registered."""
    module, call = shot.calls[0]
    function = module.enclosing(call, (cst.FunctionDef,))
    if not isinstance(function, cst.FunctionDef):
        return False
    name = function.name.value
    if function in engine.passed or _is_kept(engine, name) or importers.elsewhere(engine, module, name):
        return True
    for each in function.decorators:
        named = each.decorator.func if isinstance(each.decorator, cst.Call) else each.decorator
        if module.code(named).rsplit(".", 1)[-1] in _REGISTERING:
            return True
    return False


def _is_kept(engine: Engine, name: str) -> bool:
    """Whether a function of this name is put into a list or dict, or given back."""
    for module in engine.modules.values():
        for node in module.nodes(cst.Name) if module is not None else ():
            if getattr(node, "value", "") != name or module is None:
                continue
            above = module.parents.get(node)
            whole = above if isinstance(above, cst.Attribute) and above.attr is node else node
            holder = module.parents.get(whole)
            if isinstance(holder, (cst.Element, cst.Return)):
                return True
            if isinstance(holder, cst.DictElement) and holder.value is whole:
                return True
    return False


def _depends_on_argument(value: Value | None) -> bool:
    if value is None:
        return False
    found = [each.value if isinstance(each, Dumped) else each for each in each_of(value)]
    return any(isinstance(each, Unknown) and bool(each.parameter) for each in found)


def evidence_of(engine: Engine, site: Site, target: Target) -> evidence.Evidence:
    """What speaks for and against this being the platform's endpoint."""
    about = evidence.of_file(site.module.source.around + site.module.text)
    keys: set[str] = set()
    for body in site.bodies or ():
        deep = set().union(*(_keys(each) for each in body.values())) - set(contract.MOVED_KEYS)
        keys |= set(body) | deep
    text = " ".join(
        shot.calls[-1][0].code(shot.body_node)
        for shot in site.shots
        if shot.body_node is not None and not shot.calls[1:]
    )
    payload = evidence.of_payload(frozenset(keys), text)
    url = evidence.of_url(target.prefix)
    names = evidence.of_words(
        " ".join(piece.label for piece in target.url.pieces if piece.is_hole), "a part of the URL"
    )
    del engine
    if url.contra and not url.pro:
        return evidence.Evidence((), url.contra)
    if site.kind == "http" and not site.shots[0].exact and not (url.pro or payload.pro or names.pro):
        return evidence.Evidence(about.pro, url.contra, strong=False)
    return evidence.combine(url, names, payload, about)


def _keys(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(_keys(each) for each in value.values()))
    if isinstance(value, list):
        return set().union(*(_keys(each) for each in value))
    return set()
