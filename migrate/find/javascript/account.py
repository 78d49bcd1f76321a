"""Everything shared is accounted for: other readers of a body, of a path's constant, of an alias.

A value that several places use may be edited only when each of these places is rewritten with it,
or is not touched by the change.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from migrate import contract
from migrate.find.javascript.functions import is_assigned, references_in_reach
from migrate.find.javascript.json_bodies import other_reader
from migrate.find.javascript.layout import SpanEdit, edit
from migrate.find.javascript.loaders import dynamic_reader
from migrate.find.javascript.payload import UnprovedError
from migrate.find.javascript.scope import Binding
from migrate.find.javascript.suspects import Suspects, in_markup
from migrate.find.javascript.tree import Node, outermost, unwrap
from migrate.find.javascript.values import member

if TYPE_CHECKING:
    from migrate.find.javascript.sites import Site, Sites

_LOGS = ("console.", "logger.", "log.", "debug(")
_HARMLESS_CALLS = frozenset(("Buffer.byteLength", "expect", "assert.ok", "Boolean", "String"))
_COMPARISONS = frozenset(("===", "!==", "==", "!=", "instanceof", "in", "<", ">", "<=", ">="))
_READERS = frozenset(
    ("identifier", "shorthand_property_identifier", "member_expression", "subscript_expression")
)
_NAMING = frozenset(
    ("export_specifier", "import_specifier", "import_clause", "export_statement", "type_query")
)


class Accounts:
    """One round of accounting over all sites that are looked at."""

    def __init__(self, sites: Sites) -> None:
        self.sites = sites
        self.values = sites.values

    def round(self) -> bool:
        """Find what is not accounted for; whether a site lost its edits by it."""
        for site in list(self.sites.all):
            if site.rewritable:
                self._look_at_importers(site)
        before = [site for site in self.sites.all if site.rewritable]
        reads = {node for site in self.sites.all if site.answers for node in site.answers.reads}
        used = {node for site in before for node in (*site.claims.used, *site.request.names)}
        lost = False
        for site in before:
            try:
                self._answers(site, reads)
            except UnprovedError as error:
                site.problem, lost = error, True
                continue
            try:
                extra = list(self._account(site, used))
            except UnprovedError as error:
                self._give_up(site, error)
                lost = True
                continue
            site.edits = list(dict.fromkeys([*site.edits, *extra]))
        for site in before:
            if site.rewritable and (value := self._edited_value(site)) is not None:
                self.sites.give_up(
                    site, UnprovedError(f"`{_words(value)}` reads what is rewritten as well", value)
                )
                lost = True
        return lost or len(before) != len([site for site in self.sites.all if site.rewritable])

    def _give_up(self, site: Site, error: UnprovedError) -> None:
        """A path that is shared can't be helped; a body that is shared may go through a function."""
        paths = any(_within(each, error.node) for each in site.request.renames) if error.node else False
        if paths or site.adapted or site.request.constants:
            site.problem = error
        else:
            self.sites.give_up(site, error)

    def _edited_value(self, site: Site) -> Node | None:
        """A value in a body that is itself edited, so that old and new can't be compared by their texts."""
        edits = [each for other in self.sites.all if other.rewritable for each in other.edits]
        for body in site.bodies:
            literals = [body.literal] if body.literal else []
            literals += [each.merged for each in body.statements if each.merged]
            elements = [element for each in literals for inner in each.every() for element in inner.elements]
            values = [each.value for each in elements if each.value and each.key != contract.SETTINGS]
            for value in (*values, *(each.value for each in body.statements if each.value)):
                if any(
                    _within(each, value) and value.start < each.start and each.end < value.end
                    for each in edits
                ):
                    return value
        return None

    def _answers(self, site: Site, reads: set[Node]) -> None:
        """Nothing may read a moved key from an answer that went out of sight, or from an old one as well."""
        if site.answers is None:
            return
        suspects = Suspects(site.answers.operation, self.values)
        modules = site.answers.modules
        if site.answers.escapes is not None:
            reach = self.values.workspace.neighbours(modules)
            if reach is None:
                raise UnprovedError(
                    "its answer goes out of sight, and the project is too large to find who reads it"
                )
            for node in suspects.find(reach, reads | site.answers.reads, site.claims.shared):
                raise UnprovedError(
                    f"the answer goes out of sight at {_place(site.answers.escapes, site)}, and "
                    f"{_place(node, site)} reads `{' '.join(node.text.split())[:60]}`, which may be of it",
                    node,
                )
        for module in modules:
            key = in_markup(module, site.answers.operation)
            if key and (site.answers.named or site.answers.escapes is not None):
                raise UnprovedError(f"the template of {module.path} names `{key}`, which may be the answer's")
        for other in self.sites.all:
            old = other.request.old is not None and not other.rewritable and other.answers is not None
            if old and other.answers is not None and site.answers.reads & other.answers.reads:
                raise UnprovedError(
                    f"its answer is read together with {_place(other.request.node, site)}'s, which stays old",
                    other.request.node,
                )

    def _look_at_importers(self, site: Site) -> None:
        """Look for sites in the modules that share an exported value with this one."""
        self._look_at_readers(site)
        for binding in self._edited(site):
            for reference in references_in_reach(binding, self.values):
                self.sites.of(reference.module)

    def _edited(self, site: Site) -> list[Binding]:
        """The bindings that reach a value which this site's edits change."""
        return [*self._bodies(site), *self._paths(site)]

    def _bodies(self, site: Site) -> list[Binding]:
        if len(site.edits) == len(site.request.renames):
            return []
        return [
            binding
            for binding in site.claims.shared
            if _touches(binding, site.edits) or binding.kind == "param" or binding.imported is not None
        ]

    def _paths(self, site: Site) -> list[Binding]:
        """The names that lead to the method, where their values are edited."""
        named: list[Binding] = []
        if not site.request.client:
            return named
        for node in site.request.names:
            binding = self.values.binding(unwrap(node)) if node.kind == "identifier" else None
            if binding is not None and binding.imported is not None:
                target = self.values.workspace.exported(node.module, *binding.imported)
                binding = target.module.binding(target) if target is not None else None
            if binding is not None and _touches(binding, site.request.renames):
                named.append(binding)
        return named

    def _account(self, site: Site, used: set[Node]) -> Iterator[SpanEdit]:
        for binding in self._bodies(site):
            key = in_markup(binding.node.module, site.request.old) if site.request.old else ""
            if key:
                raise UnprovedError(f"the template names `{key}`, which may be that of `{binding.name}`")
            for reference in references_in_reach(binding, self.values):
                if reference not in used:
                    yield from self._reference(reference, site)
        for binding in self._paths(site):
            for reference in references_in_reach(binding, self.values):
                if reference not in used and not _only_named(reference):
                    raise _used_elsewhere(reference, site)
        self._files(site)
        targets = [self.values.follow(name) for name in site.request.constants]
        if len(site.edits) > len(site.request.renames):
            targets += site.claims.targets
        for target in targets:
            self._constant(target, site, used)

    def _files(self, site: Site) -> None:
        """No other place may read a file that is edited. Raises UnprovedError."""
        known = [node for each in self.sites.all if each.rewritable for node in each.claims.files.values()]
        for path in site.claims.files:
            other = other_reader(path, known, self.values)
            if other is not None and any(each.path == path for each in site.edits):
                raise UnprovedError(f"{path} is also named at {_place(other, site)}", other)
        bodies = {target.module.path for target in site.claims.targets}
        bodies |= {each.node.module.path for each in site.claims.shared}
        for path in sorted({each.path for each in site.edits} & {*site.claims.files, *bodies}):
            loader = dynamic_reader(path, self.values) if path != site.request.node.module.path else None
            if loader is not None:
                raise UnprovedError(
                    f"`{_words(loader)}` at {_place(loader, site)} may load {path} as well", loader
                )

    def _reference(self, reference: Node, site: Site) -> Iterator[SpanEdit]:
        node = outermost(reference)
        parent = node.parent
        if parent is None or parent.kind in _NAMING:
            return
        if any(reference.inside(other.request.node) for other in self._left(site)):
            raise _used_elsewhere(reference, site)
        found = member(parent) if parent.first is node else None
        if found is not None:
            yield from self._read(parent, found[1], site)
        elif not _harmless(node, parent):
            raise _used_elsewhere(reference, site)

    def _left(self, site: Site) -> Iterator[Site]:
        """The other requests of old operations that stay as they are."""
        for other in self.sites.all:
            if other is not site and other.request.old is not None and not other.rewritable:
                yield other

    def _read(self, parent: Node, name: str, site: Site) -> Iterator[SpanEdit]:
        old = site.request.old
        move = old.move(name) if old else None
        if move is not None and parent.first is not None:
            if is_assigned(parent):
                raise UnprovedError(f"`{parent.text}` is set at {_place(parent, site)}", parent)
            place = ".".join(f"{part}?" for part in move.path[:-1])
            yield edit(parent, parent.first.end, parent.first.end, f".{place}")
            return
        target = self.values.get(parent.first, name) if parent.first is not None else None
        if target is not None and any(_within(each, target) for each in site.edits):
            yield from self._reference(parent, site)

    def _constant(self, target: Node, site: Site, used: set[Node]) -> None:
        """All readers of a shared value, wherever it is kept, must be rewritten with it."""
        importers = self.values.workspace.importers(target.module)
        if importers is None:
            raise UnprovedError("it is shared, and the project is too large to find who reads it", target)
        for module in dict.fromkeys((target.module, *importers, site.request.node.module)):
            for node in module.root.walk():
                if node.kind not in _READERS or node in used or _only_named(node) or _initialises(node):
                    continue
                if self.values.follow(node) is target and not self._reads_other(node, site):
                    raise _used_elsewhere(node, site)

    def _reads_other(self, node: Node, site: Site) -> bool:
        """Whether a reader only takes a part out of the shared value that no edit changes."""
        outer = outermost(node).parent
        found = member(outer) if outer is not None and outer.first is outermost(node) else None
        if found is None or outer is None or is_assigned(outer):
            return False
        part = self.values.follow(outer)
        return part is not outer and not any(_within(each, part) for each in site.edits)

    def _look_at_readers(self, site: Site) -> None:
        for path in site.claims.files:
            for module in self.values.workspace.mentioning(PurePosixPath(path).stem.encode()):
                self.sites.of(module)
        for target in (*map(self.values.follow, site.request.constants), *site.claims.targets):
            for module in self.values.workspace.importers(target.module) or ():
                self.sites.of(module)
            self.sites.of(target.module)


def _words(node: Node) -> str:
    return " ".join(node.text.split())[:60]


def _used_elsewhere(reference: Node, site: Site) -> UnprovedError:
    return UnprovedError(
        f"`{reference.text}` is also used at {_place(reference, site)}",
        reference,
        "Make sure that the other use wants the new form too, then change both together.",
    )


def _only_named(reference: Node) -> bool:
    """Whether a reference is an import or export, or part of a log."""
    parent = outermost(reference).parent
    if parent is not None and parent.kind in _NAMING:
        return True
    call = next((each for each in reference.up() if each.kind == "call_expression"), None)
    return call is not None and call.first is not None and call.first.text.startswith(_LOGS)


def _is_named(node: Node, name: str) -> bool:
    found = member(node) if node.kind in ("member_expression", "subscript_expression") else None
    return found is not None and found[1] == name


def _touches(binding: Binding, edits: list[SpanEdit]) -> bool:
    value = binding.value
    home = value if value is not None else binding.function
    subject = any(
        each.path == reference.module.path and reference.start <= each.start <= reference.end + 2
        for each in edits
        for reference in binding.references
    )
    return subject or (home is not None and any(_within(each, home) for each in edits))


def _initialises(node: Node) -> bool:
    """Whether a reader only gives the constant another name, whose own readers count."""
    node = outermost(node)
    parent = node.parent
    if parent is None:
        return False
    if parent.kind == "variable_declarator":
        return True
    return parent.kind in ("pair", "object", "enum_assignment", "public_field_definition", "field_definition")


def _within(each: SpanEdit, node: Node) -> bool:
    return each.path == node.module.path and node.start <= each.start and each.end <= node.end


def _place(node: Node, site: Site) -> str:
    same = node.module is site.request.node.module
    return f"line {node.line}" if same else f"{node.module.path}:{node.line}"


def _harmless(node: Node, parent: Node) -> bool:
    """Whether a use of an object does not depend on its keys."""
    if parent.kind == "arguments" and parent.parent is not None and parent.parent.first is not None:
        name = parent.parent.first.text
        if name in ("JSON.stringify", "Buffer.from"):
            outer = parent.parent.parent
            return outer is not None and _harmless(parent.parent, outer)
        return name.startswith(_LOGS) or name in _HARMLESS_CALLS
    if parent.kind == "binary_expression":
        return any(parent.token(each) for each in _COMPARISONS) or (
            parent.first is node and parent.token("&&") is not None
        )
    if parent.kind == "template_substitution":
        return True
    return parent.kind in ("unary_expression", "if_statement", "expression_statement", "while_statement") or (
        parent.kind == "ternary_expression" and parent.first is node
    )
