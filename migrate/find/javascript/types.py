"""Types and classes of the client, and the program's own types, that go with a rewritten body.

A type is renamed only together with everything that it types: each place where it stands must be
the annotation of a rewritten body, or of a value whose reads are rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrate import contract
from migrate.find.javascript.functions import references_in_reach
from migrate.find.javascript.layout import Block, Braces, SpanEdit, edit
from migrate.find.javascript.modules import Module
from migrate.find.javascript.payload import UnprovedError
from migrate.find.javascript.responses import Answers
from migrate.find.javascript.scope import Binding
from migrate.find.javascript.tree import FUNCTIONS, Node

if TYPE_CHECKING:
    from migrate.find.javascript.sites import Site, Sites

_PASSING = ("Promise", "Readonly", "Awaited", "ApiCallResponse")
_SHAPED = ("Data", "Request", "Call", "Endpoint")


@dataclass(eq=False)
class ClientType:
    """An imported or re-exported type or class of the client for a deprecated operation.

    specifier: the import or export specifier; name: as exported by the client; binding: the local
    name (None for a re-export).
    """

    specifier: Node
    name: str
    binding: Binding | None
    edits: list[SpanEdit] = field(default_factory=list)
    problem: UnprovedError | None = None

    @property
    def operation(self) -> contract.Operation:
        """The operation that the type belongs to."""
        found = contract.TYPE_NAME.fullmatch(self.name)
        assert found is not None  # noqa: S101 (made of such names only)
        old = contract.operation(found["verb"].lower(), found["type"].lower())
        assert old is not None  # noqa: S101
        return old

    @property
    def part(self) -> str:
        """What the type is of: ``Data``, ``Result`` and so on."""
        found = contract.TYPE_NAME.fullmatch(self.name)
        return found["part"] if found else ""

    @property
    def new_name(self) -> str:
        """The name of the successor's type."""
        return contract.rename_type(self.name) or self.name


def client_types(module: Module) -> list[ClientType]:
    """All imports and re-exports of the client's old types in a module."""
    found: list[ClientType] = []
    for node in module.root.walk():
        if node.kind not in ("import_specifier", "export_specifier") or not node.parts:
            continue
        statement = next((each for each in node.up() if each.kind.endswith("_statement")), None)
        source = statement.part("string") if statement is not None else None
        name = node.parts[0].text
        if (
            source is None
            or source.text[1:-1] != contract.JS_CLIENT_PACKAGE
            or not contract.rename_type(name)
        ):
            continue
        binding = module.binding(node.parts[-1]) if node.kind == "import_specifier" else None
        found.append(ClientType(node, name, binding))
    return found


class Types:
    """The client's types in the modules that were looked at, settled together with the sites."""

    def __init__(self, sites: Sites) -> None:
        self.sites = sites
        self.values = sites.values
        self._known: dict[Module, list[ClientType]] = {}

    def of(self, module: Module) -> list[ClientType]:
        """The types of a module."""
        if module not in self._known:
            self._known[module] = client_types(module)
        return self._known[module]

    def round(self, module: Module) -> bool:
        """Make the edits of all types; whether a site lost its edits because of one."""
        lost = False
        for site in [each for each in self.sites.all if each.rewritable]:
            try:
                self._own_types(site)
            except UnprovedError as error:
                self.sites.give_up(site, error)
                lost = True
        for each in self.of(module):
            each.problem = None
            try:
                each.edits = self._rename(each, module)
            except UnprovedError as error:
                each.problem, each.edits = error, []
        for site in [each for each in self.sites.all if each.rewritable]:
            for each in self._types_of(site, module):
                if each.problem is not None:
                    reason = f"`{each.name}`, the type of its body, can't be renamed: {each.problem.reason}"
                    self.sites.give_up(site, UnprovedError(reason, each.specifier, each.problem.advice))
                    lost = True
                else:
                    site.edits = list(dict.fromkeys([*site.edits, *each.edits]))
        return lost

    def _types_of(self, site: Site, module: Module) -> Iterator[ClientType]:
        if site.request.node.module is not module:
            return
        places = list(_annotations(site))
        for each in self.of(module):
            references = each.binding.references if each.binding else []
            constructed = any(reference in site.request.names for reference in references)
            if constructed or any(reference.inside(place) for reference in references for place in places):
                yield each

    # ── The client's types ───────────────────────────────────────────────────────────────────

    def _rename(self, kind: ClientType, module: Module) -> list[SpanEdit]:
        specifier = kind.specifier
        first, last = specifier.parts[0], specifier.parts[-1]
        if kind.binding is None:
            alias = kind.new_name if first is not last else f"{kind.new_name} as {kind.name}"
            return [edit(first, first.start, first.end, alias)]
        extra = [found for reference in kind.binding.references for found in self._at(reference, kind)]
        if first is not last:
            return [edit(first, first.start, first.end, kind.new_name), *extra]
        twin = self._twin(kind, module)
        taken = module.scopes.lookup(kind.new_name, module.root)
        if taken is not None and taken.imported != (contract.JS_CLIENT_PACKAGE, kind.new_name):
            return [edit(first, first.start, first.end, f"{kind.new_name} as {kind.name}"), *extra]
        found = (
            _without_specifier(specifier)
            if twin or taken is not None
            else [edit(first, first.start, first.end, kind.new_name)]
        )
        for reference in kind.binding.references:
            kept = f" as {kind.name}" if _exported_by_name(reference) else ""
            new = f"{kind.new_name}{kept}"
            found.append(edit(reference, reference.start, reference.end, new))
        return [*found, *extra]

    def _twin(self, kind: ClientType, module: Module) -> bool:
        """Whether another type of the module gets the same name before this one."""
        for other in self.of(module):
            if other is kind:
                return False
            if (
                other.new_name == kind.new_name
                and other.binding is not None
                and len(other.specifier.parts) == 1
            ):
                return True
        return False

    def _at(self, reference: Node, kind: ClientType) -> Iterator[SpanEdit]:
        """Edits that one place of a type needs beside the name. Raises UnprovedError."""
        if kind.part in _SHAPED:
            self._demand_covered(reference, kind)
        elif kind.part == "Result":
            yield from self._result(reference, kind)

    def _demand_covered(self, reference: Node, kind: ClientType) -> None:
        if _exported_by_name(reference):
            return
        for site in self.sites.all:
            if not site.rewritable:
                continue
            if reference in site.request.names or any(
                reference.inside(place) for place in _annotations(site)
            ):
                return
        raise UnprovedError(
            f"line {reference.line} uses it for something that is not seen to be sent",
            reference,
            f"Move the keys of its values into `{contract.SETTINGS}`, then rename it to {kind.new_name}.",
        )

    def _result(self, reference: Node, kind: ClientType) -> Iterator[SpanEdit]:
        holder = next(
            (
                each
                for each in reference.up()
                if each.kind
                in ("variable_declarator", "required_parameter", "optional_parameter", *FUNCTIONS)
            ),
            None,
        )
        if holder is None or holder.kind in FUNCTIONS or holder.first is None:
            return
        name = holder.part("identifier", "object_pattern")
        answers = Answers(kind.operation, self.values, typed=True)
        if name is not None:
            answers.follow_name(name)
        yield from answers.edits

    # ── The program's own types ──────────────────────────────────────────────────────────────

    def _own_types(self, site: Site) -> None:
        """Edits of interfaces and type aliases of the program that annotate a site's body."""
        old = site.request.old
        if old is None:
            return
        for place in _annotations(site):
            for name in [each for each in place.walk() if each.kind == "type_identifier"]:
                declaration = self._declaration(name)
                if declaration is not None and _members(declaration, old):
                    self._demand_own_covered(name)
                    site.edits = list(dict.fromkeys([*site.edits, *_nested_members(declaration, old)]))
            if any(_members(each, old) for each in place.walk() if each.kind == "object_type"):
                raise UnprovedError("the body's type is written out beside it", place)

    def _declaration(self, name: Node) -> Node | None:
        target = self._type_binding(name)
        value = target.value if target is not None else None
        if value is None:
            return None
        if value.kind == "interface_declaration":
            return value.part("interface_body", "object_type")
        return value.part("object_type")

    def _type_binding(self, name: Node) -> Binding | None:
        binding = name.module.binding(name)
        if binding is not None and binding.imported is not None:
            found = self.values.workspace.exported(name.module, *binding.imported)
            binding = found.module.binding(found) if found is not None else None
        return binding if binding is not None and binding.kind == "type" else None

    def _demand_own_covered(self, name: Node) -> None:
        binding = self._type_binding(name)
        if binding is None:
            return
        places = [place for site in self.sites.all if site.rewritable for place in _annotations(site)]
        for reference in references_in_reach(binding, self.values):
            if _exported_by_name(reference) or reference.parent is None:
                continue
            if not any(reference.inside(place) for place in places):
                raise UnprovedError(
                    f"its type `{name.text}` is also used at {reference.module.path}:{reference.line}",
                    reference,
                )


def _annotations(site: Site) -> Iterator[Node]:
    for body in site.bodies:
        yield from body.annotations
    for binding in site.claims.shared:
        if binding.annotation is not None:
            yield binding.annotation
    for name in site.request.names:
        alias = name.module.binding(name) if name.kind == "identifier" else None
        if alias is not None and alias.annotation is not None:
            yield alias.annotation


def _exported_by_name(reference: Node) -> bool:
    return reference.parent is not None and reference.parent.kind == "export_specifier"


def _members(declaration: Node, old: contract.Operation) -> list[Node]:
    return [
        each
        for each in declaration.parts
        if each.kind == "property_signature" and each.first is not None and old.move(_name_of(each))
    ]


def _name_of(member: Node) -> str:
    return member.first.text.strip("\"'") if member.first is not None else ""


def _nested_members(declaration: Node, old: contract.Operation) -> list[SpanEdit]:
    """Edits that nest the members of a type as the contract nests the keys."""
    moved = _members(declaration, old)
    if any(_name_of(each) == contract.SETTINGS for each in declaration.parts):
        raise UnprovedError(f"its type has `{contract.SETTINGS}` already", declaration)
    braces = Braces(declaration)
    runs = braces.runs(moved)
    common: list[str | Block] = []
    cron: list[str | Block] = []
    ordered = [node for run in runs for node in run]
    for node in ordered:
        deep = _name_of(node) in contract.CRON_KEYS
        (cron if deep else common).append(braces.entry(node, 2 if deep else 1))
    if cron:
        common.append(
            Block(
                contract.CRON + _optional(each for each in ordered if _name_of(each) in contract.CRON_KEYS),
                cron,
            )
        )
    found = [braces.put(runs[0], Block(contract.SETTINGS + _optional(iter(ordered)), common))]
    for run in runs[1:]:
        found += braces.delete(run)
    return found


def _optional(members: Iterator[Node]) -> str:
    return "?" if all(re.match(r"\s*(?:readonly\s+)?[\w\"']+\?", each.text) for each in members) else ""


def _without_specifier(specifier: Node) -> list[SpanEdit]:
    """Edits that take an import away because another one brings the same name."""
    names = specifier.parent
    statement = names.parent.parent if names is not None and names.parent is not None else None
    if names is not None and len(names.parts) > 1:
        return Braces(names).delete([specifier])
    if (
        names is None
        or statement is None
        or statement.kind != "import_statement"
        or len(names.parent.parts if names.parent else []) > 1
    ):
        raise UnprovedError("the import can't be merged with the one that is there", specifier)
    text = statement.module.text
    end = statement.end
    found = re.compile(r"[ \t]*(\r\n|\r|\n)?").match(text, end)
    return [edit(statement, statement.start, found.end() if found else end, "")]
