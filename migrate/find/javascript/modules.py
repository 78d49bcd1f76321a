"""Modules: one parsed file each, and the way from an import to the file that it names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from migrate import contract, manifests
from migrate.find.javascript.aliases import Aliases
from migrate.find.javascript.scope import WHOLE, Binding, Scopes, pattern_names
from migrate.find.javascript.tree import Lines, Node, parse, script_blocks, unwrap
from migrate.project import Project
from migrate.source import Source

SUFFIXES = (".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte")
_COMPONENTS = (".vue", ".svelte")
_GRAMMARS = {".ts": "typescript", ".mts": "typescript", ".cts": "typescript", ".tsx": "tsx"}
_SKIPPED_FOLDERS = frozenset(("node_modules", "dist", "build", "coverage", "vendor", "out"))
_MOST_FILES = 20_000


@dataclass(frozen=True, slots=True)
class Export:
    """What a module exports under a name: a node of its own, or a name of another module."""

    node: Node | None = None
    specifier: str = ""
    name: str = ""


class Module:
    """One parsed file.

    language: the grammar; error: the first node that was not understood; code: the text with
    everything blanked out that is no script; assigned: what classes give to their fields, as far as
    it was asked for.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.path = source.path
        self.assigned: dict[Node, dict[str, list[Node]]] = {}
        self.text = source.text
        suffix = PurePosixPath(source.path).suffix.lower()
        code, self.language = source.text, _GRAMMARS.get(suffix, "javascript")
        if suffix in _COMPONENTS:
            code, self.language = script_blocks(source.text)
        self.code = code
        self.root, self.error = parse(code, self.language, self)
        if self.error is not None and self.language == "javascript":
            root, error = parse(code, "tsx", self)
            if error is None:
                self.root, self.error = root, None

    @property
    def words(self) -> str:
        """The text, and what stands around it where it is part of another file: for evidence."""
        return f"{self.text}\n{self.source.around}"

    @property
    def typed(self) -> bool:
        """Whether the file is TypeScript."""
        return self.language != "javascript"

    @cached_property
    def scopes(self) -> Scopes:
        """The module's bindings."""
        return Scopes(self.root)

    @cached_property
    def lines(self) -> Lines:
        """The author's habits."""
        return Lines(self.text)

    @cached_property
    def imports(self) -> frozenset[str]:
        """All module specifiers that are imported, re-exported or required."""
        found = {node.text[1:-1] for node in self.root.walk() if _is_specifier(node)}
        return frozenset(found)

    @cached_property
    def exports(self) -> dict[str, Export]:
        """The exported names; what ``export *`` passes on has keys ``*0``, ``*1`` and so on."""
        found: dict[str, Export] = {}
        for node in self.root.walk():
            if node.kind == "export_statement":
                found.update(_exported(node, len(found)))
            elif node.kind == "assignment_expression":
                found.update(_common_js(node))
        return found

    @cached_property
    def comments(self) -> list[Node]:
        """All comments."""
        return [node for node in self.root.walk() if node.kind == "comment"]

    def binding(self, node: Node) -> Binding | None:
        """The binding of an identifier."""
        return self.scopes.of.get(node)


def _is_specifier(node: Node) -> bool:
    if node.kind != "string" or node.parent is None:
        return False
    if node.parent.kind in ("import_statement", "export_statement"):
        return True
    call = node.parent.parent
    return (
        node.parent.kind == "arguments"
        and call is not None
        and call.first is not None
        and call.first.text in ("require", "import")
    )


def _exported(statement: Node, count: int) -> Iterator[tuple[str, Export]]:
    source = statement.part("string")
    specifier = source.text[1:-1] if source else ""
    clause = statement.part("export_clause")
    if clause is not None:
        for each in clause.parts:
            names = each.parts
            if names:
                inner = names[0]
                yield names[-1].text, Export(None if specifier else inner, specifier, inner.text)
    elif specifier and (named := statement.part("namespace_export")) is not None and named.last is not None:
        yield named.last.text, Export(None, specifier, "*")
    elif specifier and statement.token("*"):
        yield f"*{count}", Export(None, specifier, "*")
    elif statement.token("default") and statement.last is not None:
        yield "default", Export(statement.last)
    else:
        yield from _exported_declaration(statement)


def _exported_declaration(statement: Node) -> Iterator[tuple[str, Export]]:
    declaration = statement.last
    if declaration is None:
        return
    if declaration.kind in ("lexical_declaration", "variable_declaration"):
        for each in declaration.parts:
            if each.kind == "variable_declarator" and each.first:
                yield from ((name.text, Export(name)) for name, _, _ in pattern_names(each.first))
        return
    name = declaration.part("identifier", "type_identifier")
    if name is not None:
        yield name.text, Export(name)


def _common_js(assignment: Node) -> Iterator[tuple[str, Export]]:
    left, right = assignment.first, assignment.last
    if left is None or right is None or left.kind != "member_expression":
        return
    value = unwrap(right)
    if left.text == "module.exports":
        yield "default", Export(value)
        for each in value.parts if value.kind == "object" else ():
            if each.kind == "shorthand_property_identifier":
                yield each.text, Export(each)
            elif each.kind == "pair" and each.first and each.last:
                yield each.first.text.strip("\"'"), Export(each.last)
    elif (
        left.first is not None and left.last is not None and left.first.text in ("exports", "module.exports")
    ):
        yield left.last.text, Export(value)


def _files_of(base: str) -> Iterator[str]:
    """The files that a specifier's path may mean: itself, with a suffix, or an index in the folder."""
    stem = base.rsplit(".", 1)[0] if base.endswith((".js", ".jsx", ".mjs", ".cjs")) else base
    if PurePosixPath(base).suffix:
        yield base
    yield from (stem + suffix for suffix in SUFFIXES)
    yield base + ".json"
    yield from (f"{base}/index{suffix}" for suffix in SUFFIXES)


def _specifiers_of(path: str, others: Iterator[bytes]) -> re.Pattern[bytes]:
    """A pattern for texts in quotes that may name a module in an import. others: such that may name any."""
    pure = PurePosixPath(path)
    stem = pure.name.split(".")[0]
    word = re.escape(pure.parent.name if stem == "index" else stem).encode()
    folder = rb"|[./]+" if stem == "index" else b""
    named = rb"""(?:[^"'`\s]*[/~@#$])?""" + word + rb"""[^"'`\s/]*/?"""
    alternatives = [named, *(re.escape(each) + rb"""[^"'`\s]*""" for each in sorted(set(others)))]
    return re.compile(rb"""["'`](""" + b"|".join(alternatives) + folder + rb""")["'`]""")


class Workspace:
    """The modules of a project, parsed at most once each for one search."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._modules: dict[str, Module | None] = {}
        self._importers: dict[str, tuple[Module, ...] | None] = {}
        self._resolved: dict[tuple[str, str], str | None] = {}
        self._aliases = Aliases(project)
        self._client_names: dict[PurePosixPath, frozenset[str]] = {}

    def module(self, path: str) -> Module | None:
        """The module at a path; None where it is missing or not JavaScript."""
        if path not in self._modules:
            self._modules[path] = None
            source = self.project.read(path) if path.lower().endswith(SUFFIXES) else None
            if source is not None:
                self._modules[path] = Module(source)
        return self._modules[path]

    def adopt(self, module: Module) -> None:
        """Use a module that is parsed already."""
        self._modules[module.path] = module

    def resolve(self, module: Module, specifier: str) -> str | None:
        """Path of the file that an import names; None for packages of others and what is missing."""
        return self._resolve_from(module.path, specifier)

    def is_own(self, module: Module, specifier: str) -> bool:
        """Whether a specifier names a module of the project, and no package of others."""
        return specifier.startswith((".", "@/", "~/", "#")) or self.resolve(module, specifier) is not None

    def is_client(self, module: Module, specifier: str) -> bool:
        """Whether a specifier names the API's client, also with a version or under an alias."""
        if manifests.SPECIFIER.search(specifier):
            return True
        folder = PurePosixPath(module.path).parent
        if folder not in self._client_names:
            places = [each / name for each in (folder, *folder.parents) for name in manifests.NAMES]
            sources = filter(None, (self.project.read(str(each)) for each in places))
            self._client_names[folder] = frozenset(
                name for each in sources for name in manifests.aliases(each)
            )
        return specifier in self._client_names[folder]

    def client_versions(self) -> list[tuple[Source, manifests.Range]]:
        """The versions of the client that imports themselves name, in all modules parsed so far."""
        found = []
        for module in filter(None, self._modules.values()):
            for node in module.root.walk() if contract.JS_CLIENT_PACKAGE in module.text else ():
                named = manifests.SPECIFIER.search(node.text[1:-1]) if _is_specifier(node) else None
                if named is not None and named["range"]:
                    start = node.start + 1 + named.start("range")
                    found.append((module.source, (start, start + len(named["range"]), named["range"])))
        return found

    def _resolve_from(self, importer: str, specifier: str) -> str | None:
        key = (str(PurePosixPath(importer).parent), specifier)
        if key not in self._resolved:
            tries = (path for base in self._aliases.of(importer, specifier) for path in _files_of(base))
            self._resolved[key] = next((path for path in tries if self.project.exists(path)), None)
        return self._resolved[key]

    def exported(self, module: Module, specifier: str, name: str, depth: int = 0) -> Node | None:
        """The node that an imported name stands for, in whichever module declares it."""
        path = self.resolve(module, specifier)
        other = self.module(path) if path else None
        if other is None or depth > 8:
            return None
        if name == "*":
            return other.root
        if name == WHOLE:
            whole = other.exports.get("default")
            return whole.node if whole is not None and whole.node is not None else other.root
        found = other.exports.get(name)
        if found is not None and found.node is not None:
            return found.node
        if found is not None:
            return self.exported(other, found.specifier, found.name, depth + 1)
        for key, star in other.exports.items():
            if key.startswith("*"):
                node = self.exported(other, star.specifier, name, depth + 1)
                if node is not None:
                    return node
        return None

    def importers(self, module: Module) -> tuple[Module, ...] | None:
        """The modules that import a module, also through others; None where there are too many files."""
        if module.path not in self._importers:
            self._importers[module.path] = ()  # two modules may pass on each other's names
            found = self._search_importers(module)
            self._importers[module.path] = self._with_readers_of_barrels(module, found)
        return self._importers[module.path]

    def _with_readers_of_barrels(
        self, module: Module, found: tuple[Module, ...] | None
    ) -> tuple[Module, ...] | None:
        """The importers and those of the modules that pass names on: ``export * from "./module"``."""
        every = dict.fromkeys(found or ())
        for other in found or ():
            passed = {export.specifier for export in other.exports.values() if export.specifier}
            if any(self.resolve(other, each) == module.path for each in passed):
                every |= dict.fromkeys(self.importers(other) or ())
        every.pop(module, None)
        return tuple(every) if found is not None else None

    def neighbours(self, modules: Iterable[Module]) -> list[Module] | None:
        """Some modules, those that import them, and those that they import; None where that is not known."""
        found = dict.fromkeys(modules)
        for module in list(found):
            importers = self.importers(module)
            if importers is None:
                return None
            paths = (self.resolve(module, each) for each in module.imports)
            imported = (self.module(path) for path in paths if path is not None)
            found |= dict.fromkeys([*importers, *filter(None, imported)])
        return list(found)

    def _search_importers(self, module: Module) -> tuple[Module, ...] | None:
        # Sieve by bytes first: a text in quotes that may be a specifier of the module.
        specifier = _specifiers_of(module.path, self._aliases.words())
        found: list[Module] = []
        for path in self._paths:
            given = specifier.findall(self._bytes(path)) if path != module.path else []
            if any(self._names(path, each.decode("utf-8", "replace"), module.path) for each in given):
                other = self.module(path)
                if other is not None and any(
                    self.resolve(other, each) == module.path for each in other.imports
                ):
                    found.append(other)
        return None if len(self._paths) >= _MOST_FILES else tuple(found)

    def mentioning(self, word: bytes) -> Iterator[Module]:
        """The modules whose text holds a word."""
        for path in self._paths:
            module = self.module(path) if word in self._bytes(path) else None
            if module is not None:
                yield module

    def matching(self, pattern: re.Pattern[bytes]) -> Iterator[Module]:
        """The modules whose bytes an expression matches."""
        for path in self._paths:
            module = self.module(path) if pattern.search(self._bytes(path)) else None
            if module is not None:
                yield module

    def _names(self, path: str, specifier: str, target: str) -> bool:
        return self._resolve_from(path, specifier) == target

    def is_candidate(self, module: Module) -> bool:
        """Whether a module is looked at for its own sake: by what is on the disk, not by what is planned."""
        try:
            data = Path(module.path).read_bytes()
        except OSError:
            data = module.source.data
        return contract.may_hold_use(data)

    def _bytes(self, path: str) -> bytes:
        data = self.project.overlay.get(path)
        if data is None:
            try:
                data = Path(path).read_bytes()
            except OSError:
                return b""
        return data

    @cached_property
    def _paths(self) -> list[str]:
        root = self.project.root
        found = [path for path in self.project.overlay if path.endswith(SUFFIXES)]
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(
                name for name in folders if name not in _SKIPPED_FOLDERS and not name.startswith(".")
            )
            for name in sorted(names):
                if name.endswith(SUFFIXES) and not name.endswith(".d.ts"):
                    found.append(self.project.from_root(os.path.relpath(Path(folder, name), root)))
            if len(found) >= _MOST_FILES:
                break
        return sorted(set(found))
