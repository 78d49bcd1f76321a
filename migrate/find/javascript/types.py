"""Types and classes of the client, and the program's own types, that go with a rewritten body.

A type is renamed only together with everything that it types: each place where it stands must be
the annotation of a rewritten body, or of a value whose reads are rewritten.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from migrate import contract
from migrate.find.javascript.derived import in_types
from migrate.find.javascript.functions import references_in_reach
from migrate.find.javascript.layout import SpanEdit, edit
from migrate.find.javascript.modules import Module, Workspace
from migrate.find.javascript.payload import UnprovedError
from migrate.find.javascript.responses import Answers
from migrate.find.javascript.scope import Binding
from migrate.find.javascript.tree import FUNCTIONS, Node
from migrate.find.javascript.type_edits import moved_members, nested_members, without_specifier
from migrate.find.javascript.values import static_text

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


def client_types(module: Module, workspace: Workspace) -> list[ClientType]:
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
            or not workspace.is_client(module, source.text[1:-1])
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
            self._known[module] = client_types(module, self.values.workspace)
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
        places = list(self._places(site))
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
        brought = taken.imported if taken is not None else None
        same = brought is not None and brought[1] == kind.new_name
        if taken is not None and not (
            same and brought is not None and self.values.workspace.is_client(module, brought[0])
        ):
            return [edit(first, first.start, first.end, f"{kind.new_name} as {kind.name}"), *extra]
        found = (
            without_specifier(specifier)
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
            _demand_whole(reference, kind.operation)
            yield from self._result(reference, kind)

    def _demand_covered(self, reference: Node, kind: ClientType) -> None:
        if _exported_by_name(reference):
            return
        for site in self.sites.all:
            if not site.rewritable:
                continue
            if reference in site.request.names or any(
                reference.inside(place) for place in self._places(site)
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

    def _places(self, site: Site) -> list[Node]:
        """The types that stand beside what a site sends, and what own names for types stand for."""
        found: dict[Node, None] = {}
        waiting = list(_written(site))
        while waiting:
            place = waiting.pop()
            if place in found:
                continue
            found[place] = None
            for name in place.walk():
                alias = self._alias(name) if name.kind == "type_identifier" else None
                if alias is not None:
                    waiting.append(alias)
        return list(found)

    def _alias(self, name: Node) -> Node | None:
        """What an own name for a type stands for: ``Data`` in ``type Data = PutJobManualData``."""
        binding = self._type_binding(name)
        value = binding.value if binding is not None else None
        if value is None or value.kind != "type_alias_declaration" or name.parent is value:
            return None
        return value.last

    # ── The program's own types ──────────────────────────────────────────────────────────────

    def _own_types(self, site: Site) -> None:
        """Edits of interfaces and type aliases of the program that annotate a site's body."""
        old = site.request.old
        if old is None:
            return
        derived = in_types(iter(self._places(site)), self.sites.client)
        if derived is not None:
            raise UnprovedError(
                f"the type of its body is written as `{' '.join(derived.node.text.split())[:60]}`",
                derived.node,
                f"Write `{derived.new}` there, then rewrite again.",
            )
        for place in self._places(site):
            for name in [each for each in place.walk() if each.kind == "type_identifier"]:
                if self._stands_for_client_type(name):
                    self._demand_own_covered(name)
                declaration = self._declaration(name)
                if declaration is not None and moved_members(declaration, old):
                    self._demand_own_covered(name)
                    site.edits = list(dict.fromkeys([*site.edits, *nested_members(declaration, old)]))
            if any(moved_members(each, old) for each in place.walk() if each.kind == "object_type"):
                raise UnprovedError("the body's type is written out beside it", place)

    def _stands_for_client_type(self, name: Node) -> bool:
        """Whether an own name for a type stands for one of the client's. Raises UnprovedError."""
        alias = self._alias(name)
        for each in alias.walk() if alias is not None else ():
            binding = each.module.binding(each) if each.kind == "type_identifier" else None
            if (
                binding is not None
                and binding.imported is not None
                and contract.rename_type(binding.imported[1])
            ):
                if each.module is not name.module:
                    raise UnprovedError(f"its type `{name.text}` is declared in {each.module.path}", each)
                return True
        return False

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
        places = [place for site in self.sites.all if site.rewritable for place in self._places(site)]
        for reference in references_in_reach(binding, self.values):
            if _exported_by_name(reference) or reference.parent is None:
                continue
            if reference.parent.kind == "type_alias_declaration" and reference.parent.first is reference:
                continue
            if not any(reference.inside(place) for place in places):
                raise UnprovedError(
                    f"its type `{name.text}` is also used at {reference.module.path}:{reference.line}",
                    reference,
                )


def _written(site: Site) -> Iterator[Node]:
    """The types that stand beside what a site sends."""
    for body in site.bodies:
        yield from body.annotations
    for binding in site.claims.shared:
        if binding.annotation is not None:
            yield binding.annotation
    for name in site.request.names:
        alias = name.module.binding(name) if name.kind == "identifier" else None
        if alias is not None and alias.annotation is not None:
            yield alias.annotation


def _demand_whole(reference: Node, operation: contract.Operation) -> None:
    """A type of the answer from which a moved key is taken has another one. Raises UnprovedError."""
    holder = next(
        (each for each in reference.up() if each.kind not in ("type_arguments", "parenthesized_type")), None
    )
    if holder is None or holder.kind not in ("lookup_type", "generic_type"):
        return
    for node in holder.walk():
        text = static_text(node) if node.kind == "string" else None
        if text is not None and operation.move(text):
            raise UnprovedError(
                f"line {node.line} takes `{text}` out of it",
                node,
                f'Take it out of `NonNullable<…["{contract.SETTINGS}"]>` of the new type.',
            )


def _exported_by_name(reference: Node) -> bool:
    return reference.parent is not None and reference.parent.kind == "export_specifier"
