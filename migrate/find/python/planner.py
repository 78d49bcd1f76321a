"""Which dicts change their form together, and what is collected for them.

A dict that carries moved keys is *converted*: the place where it is made, every statement that
changes it, and every dict that it goes into are edited together. Whatever else sees it blocks
the conversion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import libcst as cst

from migrate import contract
from migrate.find.python.edits import Change
from migrate.find.python.engine import Engine, Operation
from migrate.find.python.module import Module
from migrate.find.python.state import State
from migrate.find.python.values import Allocation, Dumped, Ref, Shape, Value, each_of


class BlockedError(ValueError):
    """Something that can't be converted. The message completes "its payload can't be rewritten: …".

    subject: what can't be rewritten.
    """

    def __init__(self, message: str, subject: str = "its payload") -> None:
        super().__init__(message)
        self.subject = subject


@dataclass
class Conversion:
    """The edits of one payload. changes: by file; sites: numbers of the requests that send it."""

    changes: dict[str, list[Change]] = field(default_factory=dict)
    sites: set[int] = field(default_factory=set)
    replaced: dict[str, list[Change]] = field(default_factory=dict)

    def add(self, path: str, changes: Iterable[Change]) -> None:
        """Add changes to a file, each once, but for those that better ones have replaced."""
        known = self.changes.setdefault(path, [])
        gone = self.replaced.get(path, [])
        known += [each for each in changes if each not in known and each not in gone]


ALWAYS, MAYBE, NEVER = "always", "maybe", "never"


@dataclass(eq=False)
class Planner:
    """Plans conversions for one job type's moved keys.

    elsewhere: tells whether a name is used in other files of the project (the file's path, or None).
    converted: all dicts that are converted for the same job type, for this request or another.
    """

    engine: Engine
    operation: contract.Operation
    elsewhere: Callable[[Module, str], str | None]
    converted: frozenset[Allocation] = frozenset()

    @property
    def keys(self) -> frozenset[str]:
        """The moved keys."""
        return frozenset(self.operation.moved_keys)

    def is_deep(self, key: str) -> bool:
        """Whether the key moves below ``settings.cron``."""
        move = self.operation.move(key)
        return move is not None and len(move.path) > 2

    def path(self, key: str) -> tuple[str, ...]:
        """The names below which the key moves."""
        move = self.operation.move(key)
        return move.path[:-1] if move is not None else ()

    def carries(self, shapes: Iterable[Shape]) -> str:
        """Whether dicts of these shapes have settings once they are converted."""
        flags = [bool((self.keys | {contract.SETTINGS}) & shape.entries.keys()) for shape in shapes]
        if not any(flags):
            return NEVER
        return ALWAYS if all(flags) else MAYBE

    def has_moved(self, shapes: Iterable[Shape]) -> bool:
        """Whether any of the shapes has a moved key at its top."""
        return any(self.keys & shape.entries.keys() for shape in shapes)

    def closure(self, start: Iterable[Allocation]) -> list[Allocation]:
        """All dicts that change their form together with the given ones."""
        found: dict[Allocation, None] = {}
        waiting = list(start)
        while waiting:
            allocation = waiting.pop()
            if allocation in found:
                continue
            found[allocation] = None
            for operation in self.engine.operations.get(allocation, {}).values():
                for parts in operation.variants:
                    for part in parts:
                        if self.has_moved(part.shapes):
                            waiting += part.sources
                if operation.kind == "derive" and self.has_moved(operation.shapes):
                    waiting += operation.other
        return list(found)


def top_allocations(engine: Engine, state: State, value: Value) -> list[Allocation]:
    """Where the dicts that a payload may be were made."""
    found: list[Allocation] = []
    for each in each_of(value):
        if isinstance(each, Dumped):
            found += top_allocations(engine, state, each.value)
        elif isinstance(each, Ref):
            found.append(engine.dict_of(state, each.id).allocation)
    return found


def where(module: Module, node: cst.CSTNode) -> str:
    """The line of a node, for messages."""
    line, _ = module.source.line_column(module.span(node)[0])
    return f"line {line}"


def quote_like(code: str) -> str:
    """The quotes that a piece of code uses."""
    return "'" if "'" in code and '"' not in code else '"'


def is_simple(node: cst.BaseExpression) -> bool:
    """Whether evaluating the expression again is harmless: names and attributes."""
    return isinstance(node, cst.Name) or (isinstance(node, cst.Attribute) and is_simple(node.value))


def check_shared(allocation: Allocation, operation: Operation) -> None:
    """A dict of a module that functions change has no form that can be proved. Raises BlockedError."""
    if allocation.shared and not operation.top_level:
        raise BlockedError(
            f"a dict of the module is changed in a function ({where(operation.module, operation.node)})"
        )
