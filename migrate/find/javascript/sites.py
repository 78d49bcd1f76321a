"""From the requests of a module to uses: bodies traced, edits made, everything shared accounted for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from migrate import contract, evidence
from migrate.find.javascript import adapt
from migrate.find.javascript.account import Accounts
from migrate.find.javascript.client import ClientCalls
from migrate.find.javascript.doubles import Doubles
from migrate.find.javascript.functions import annotations_around
from migrate.find.javascript.hooks import hook_on
from migrate.find.javascript.http import HttpCalls
from migrate.find.javascript.layout import SpanEdit
from migrate.find.javascript.modules import Module, Workspace
from migrate.find.javascript.moves import Mover
from migrate.find.javascript.payload import Body, UnprovedError, Worlds
from migrate.find.javascript.requests import Request
from migrate.find.javascript.responses import Answers
from migrate.find.javascript.statements import Claims
from migrate.find.javascript.trace import Tracing
from migrate.find.javascript.tree import Node, unwrap
from migrate.find.javascript.types import Types
from migrate.find.javascript.values import Values, member
from migrate.model import RequestModel

_LENGTH = re.compile(r"""content-length["'`]?\s*:\s*["'`]?\d""", re.IGNORECASE)


@dataclass(eq=False)
class Site:
    """One request with everything known about it.

    edits: empty where `problem` says why; worlds: every body that can be sent; answers: what is
    read from its answer; adapted: whether the body goes through a function at run time.
    """

    request: Request
    bodies: list[Body] = field(default_factory=list)
    worlds: tuple[object, ...] | None = None
    claims: Claims = field(default_factory=Claims)
    edits: list[SpanEdit] = field(default_factory=list)
    answers: Answers | None = None
    problem: UnprovedError | None = None
    adapted: bool = False

    @property
    def rewritable(self) -> bool:
        """Whether its edits are proved so far."""
        known = self.problem is None and self.request.evidence.strong
        return known and (self.request.old is not None or self.request.kind == "documented-name")


class Sites:
    """All sites of the modules that were looked at."""

    def __init__(self, workspace: Workspace) -> None:
        target_path = workspace.project.options.target_path
        self.workspace = workspace
        self.values = Values(workspace)
        self.client = ClientCalls(self.values)
        self.http = HttpCalls(self.values, target_path)
        self.doubles = Doubles(self.http, self.values)
        self.types = Types(self)
        self._by_module: dict[Module, list[Site]] = {}

    def of(self, module: Module) -> list[Site]:
        """The sites of a module, in the order of the source."""
        if module not in self._by_module:
            self._by_module[module] = []
            self._by_module[module] = [self._site(request) for request in self._requests(module)]
        return self._by_module[module]

    @property
    def all(self) -> list[Site]:
        """The sites of all modules looked at so far."""
        return [site for sites in self._by_module.values() for site in sites]

    def _requests(self, module: Module) -> list[Request]:
        found: list[Request] = []
        taken: set[Node] = set()
        for node in module.root.walk():
            if node.kind not in ("call_expression", "new_expression"):
                continue
            requests = self._of_call(node)
            for request in requests:
                if request.node not in taken:
                    taken.add(request.node)
                    found.append(request)
        return sorted(found, key=lambda each: (each.node.start, each.node.end))

    def _of_call(self, node: Node) -> list[Request]:
        return list(self.client.find(node, {})) or list(self.doubles.find(node)) or list(self.http.find(node))

    def _site(self, request: Request) -> Site:
        site = Site(request, problem=request.problem)
        tracing = Tracing(self.values, request.node)
        site.claims = tracing.claims
        unproved: UnprovedError | None = None
        body = adapt.body_of(request)
        if request.old is None and body is not None and adapt.is_adapted(body):
            site.adapted = True
            return site
        if not request.sends:
            site.edits = list(request.renames) if request.problem is None else []
            return site
        try:
            site.bodies = self._bodies(request, tracing)
            site.worlds = Worlds(self.values).of(site.bodies)
        except UnprovedError as error:
            site.worlds, site.bodies, unproved = None, [], error
        self._weigh(site)
        self._follow_answer(site)
        if unproved is not None and site.problem is None:
            self.give_up(site, unproved)
            return site
        if site.problem is None and request.old is not None:
            self._plan(site)
        elif site.problem is None and request.kind == "documented-name":
            site.edits = list(request.renames)
        return site

    def _bodies(self, request: Request, tracing: Tracing) -> list[Body]:
        if request.body is None:
            raise UnprovedError("the request's body is not in sight", request.node)
        if not request.option:
            return tracing(request.body, request.env)
        value = tracing.option(request.body, request.option, request.env)
        if value is None:
            raise UnprovedError(f"the request has no `{request.option}`", request.body)
        bodies = tracing(value, request.env)
        for body in bodies:
            body.annotations += annotations_around(self.values.follow(request.body, request.env))
        return bodies

    def _weigh(self, site: Site) -> None:
        keys = frozenset(
            element.key
            for body in site.bodies
            if body.literal
            for literal in body.literal.every()
            for element in literal.elements
            if element.key
        )
        text = " ".join(body.literal.node.text for body in site.bodies if body.literal)
        site.request.evidence = evidence.combine(site.request.evidence, evidence.of_payload(keys, text))

    def _follow_answer(self, site: Site) -> None:
        request = site.request
        if request.old is None or not request.sends:
            return
        typed = request.client and request.node.module.typed
        site.answers = Answers(request.old, self.values, typed)
        try:
            site.answers.follow(request.call or request.node)
        except UnprovedError as error:
            site.problem = site.problem or error

    def _plan(self, site: Site) -> None:
        """Make the edits of a site, or find out why there can't be any."""
        old = site.request.old
        assert old is not None  # noqa: S101 (asked by the caller)
        mover = Mover(old, self.values)
        try:
            for world in site.worlds or ():
                contract.upgrade_request(old, world)  # type: ignore[arg-type]
            edits = list(site.request.renames)
            for body in site.bodies:
                edits += mover.edits(body)
            _demand_outside(site.request.helpers, edits)
            self._demand_unhooked(site.request, old)
            if site.answers is not None:
                edits += site.answers.edits
            site.edits = list(dict.fromkeys(edits))
            self._keep_comments(site.edits)
        except UnprovedError as error:
            self.give_up(site, error)
        except contract.Untranslatable as error:
            site.problem = UnprovedError(error.reason.rstrip(".").replace("`", "`"), site.request.node)

    def _demand_unhooked(self, request: Request, old: contract.Operation) -> None:
        """No hook may look at the keys that move, and no header say their length. Raises UnprovedError."""
        owner = request.node.first
        while owner is not None and (reached := member(unwrap(owner))) is not None:
            owner = reached[0]
        maker = self.values.follow(owner) if owner is not None else request.node
        modules = dict.fromkeys(
            (request.node.module, maker.module, *(each.module for each in request.helpers))
        )
        if _LENGTH.search(request.node.text):
            raise UnprovedError("the length of the body is written out in a header", request.node)
        hook = hook_on(modules, old) if not request.client else None
        if hook is not None:
            raise UnprovedError(
                f"a hook at {hook.module.path}:{hook.line} looks at `{' '.join(hook.text.split())[:40]}`",
                hook,
            )

    def give_up(self, site: Site, error: UnprovedError) -> None:
        """A body can't be proved: it goes through a function where that is wanted, else to a person."""
        request = site.request
        if request.old is None or site.adapted or not self.workspace.project.options.adapt:
            site.problem = error
            return
        try:
            wrapped = adapt.plan(request)
        except UnprovedError as other:
            error.advice = error.advice or f"With --adapt it is no better: {other.reason}."
            site.problem = error
            return
        site.adapted, site.worlds, site.bodies, site.claims = True, None, [], Claims()
        answered = site.answers.edits if site.answers is not None else []
        site.edits = list(dict.fromkeys([*request.renames, *wrapped, *answered]))

    def _keep_comments(self, edits: list[SpanEdit]) -> None:
        """No comment may get lost. Raises UnprovedError."""
        written = " ".join(each.new for each in edits)
        for each in edits:
            module = self.workspace.module(each.path) if each.end > each.start else None
            for node in module.comments if module is not None else ():
                inside = each.start <= node.start and node.end <= each.end
                if inside and " ".join(node.text.split()) not in " ".join(written.split()):
                    raise UnprovedError("a comment among the keys that move would get lost", node)

    def settle(self, module: Module) -> list[Site]:
        """The module's sites after everything that they share was accounted for."""
        self.of(module)
        accounts = Accounts(self)
        while accounts.round() or self.types.round(module):
            pass
        return self.of(module)

    def model(self, site: Site) -> RequestModel:
        """A site as a request model."""
        request = site.request
        start = request.node.module.source.byte_at(request.node.start)
        bodies = () if not request.sends else site.worlds
        planned = site.adapted and request.old is None
        return RequestModel(request.method, request.path, bodies, start, planned)  # type: ignore[arg-type]


def _demand_outside(helpers: tuple[Node, ...], edits: list[SpanEdit]) -> None:
    """No edit may fall into a helper that other requests go through as well. Raises UnprovedError."""
    for helper in helpers:
        for each in edits:
            if each.path == helper.module.path and helper.start <= each.start < helper.end:
                raise UnprovedError("the helper that sends it puts in keys or a part of the path", helper)
