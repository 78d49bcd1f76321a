"""The run of the symbolic evaluation over one file and the siblings that it needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import libcst as cst

from migrate.find.python.module import Module, UnreadableError, parse
from migrate.find.python.state import Frame, State
from migrate.find.python.values import (
    Allocation,
    Answer,
    DictObject,
    Function,
    Record,
    Shape,
    Text,
    Value,
)
from migrate.project import Project
from migrate.source import Source

MAX_STEPS = 200_000
MAX_DEPTH = 6
MAX_SIBLINGS = 40


class TooLargeError(Exception):
    """The file takes more steps than the evaluation may take."""


@dataclass(eq=False)
class Operation:
    """Something that the program does with a dict.

    kind: ``create``, ``set``, ``setdefault``, ``delete``, ``pop``, ``read``, ``get``, ``contains``,
    ``update``, ``derive``, ``send``, ``escape``, ``export``; node: where; target: the expression that gives
    the dict; key: the key at hand; shapes: the dict's possible contents before; other: the dict that is
    derived or merged in; parts: what a creation or an update puts together; site: number of the request.
    """

    kind: str
    module: Module
    node: cst.CSTNode
    key: str = ""
    shapes: tuple[Shape, ...] = ()
    target: cst.BaseExpression | None = None
    other: tuple[Allocation, ...] = ()
    parts: tuple[Part, ...] = ()
    site: int = -1
    why: str = ""
    top_level: bool = False
    variants: list[tuple[Part, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Start the list of what the parts were in each run."""
        if self.parts:
            self.variants.append(self.parts)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a dict display, of ``dict(…)`` or of an update.

    key: of an element ("" where the key is not known); node: the element or argument; spread: the dict
    whose keys all go in (or None); sources: where that dict was made; shapes: its contents.
    """

    key: str
    node: cst.CSTNode
    value: cst.BaseExpression
    spread: bool = False
    sources: tuple[Allocation, ...] = ()
    shapes: tuple[Shape, ...] = ()


@dataclass(eq=False)
class Shot:
    """One request as it was seen in one run of the code.

    calls: the calls from the outermost to the one that sends; kind: ``http``, ``client`` or ``double``;
    via: what sends it, for the evidence; method, url: values; body: the payload's value, or None where
    there is none; form: how the body is given; heap: to look into the body; is_open: a double answers for
    all URLs that begin so; doubt: why its reply can't move.
    """

    number: int
    kind: str
    via: str
    calls: tuple[tuple[Module, cst.Call], ...]
    method: Value
    url: Value
    body: Value | None
    body_node: cst.BaseExpression | None
    state: State
    exact: bool = True
    reply: tuple[Value, cst.BaseExpression] | None = None
    extra: tuple[tuple[Value, cst.BaseExpression], ...] = ()
    symbol: tuple[Module, int, int] | None = None
    is_open: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """A read of a key of an answer. node: the ``x["key"]`` or ``x.get("key")``; certain: see `Answer`."""

    module: Module
    node: cst.CSTNode
    key: str
    site: int
    path: tuple[str, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class AnswerEscape:
    """An answer that is used as a whole. consumed: here, by code that depends on its form; else handed on.

    function: the function whose callers get it, or say who gets it (None where it is handed on otherwise).
    """

    module: Module
    node: cst.CSTNode
    answer: Answer
    why: str
    consumed: bool = False
    function: cst.FunctionDef | None = None


@dataclass(frozen=True, slots=True)
class SentRead:
    """Code that depends on what a request was sent with. part: ``url`` or ``body``."""

    module: Module
    node: cst.CSTNode
    site: int
    part: str


@dataclass(eq=False)
class Engine:
    """What the evaluation gathers and shares.

    modules: parsed files by path (None: not there or unreadable); shots: all requests seen; operations:
    by allocation; reads: keys read from answers; answer_escapes: answers used as a whole; compared: texts
    of URLs that are told apart; key_texts: those that are keys of a dict.
    """

    project: Project
    modules: dict[str, Module | None] = field(default_factory=dict)
    globals: dict[str, dict[str, Value]] = field(default_factory=dict)
    class_names: dict[cst.ClassDef, dict[str, Value]] = field(default_factory=dict)
    heap: dict[int, DictObject | Record] = field(default_factory=dict)
    shots: dict[tuple[object, ...], Shot] = field(default_factory=dict)
    operations: dict[Allocation, dict[tuple[object, ...], Operation]] = field(default_factory=dict)
    reads: dict[tuple[object, ...], AnswerRead] = field(default_factory=dict)
    answer_escapes: dict[tuple[object, ...], AnswerEscape] = field(default_factory=dict)
    allocations: dict[tuple[int, str], Allocation] = field(default_factory=dict)
    texts: dict[Allocation, tuple[Source | Text, str]] = field(default_factory=dict)
    file_nodes: dict[tuple[str, str], cst.CSTNode] = field(default_factory=dict)
    last_site: dict[str, int] = field(default_factory=dict)
    text_escapes: list[tuple[Text, Module, cst.CSTNode]] = field(default_factory=list)
    compared: dict[tuple[Text, Text], tuple[Module, cst.CSTNode]] = field(default_factory=dict)
    key_texts: dict[Allocation, list[Text]] = field(default_factory=dict)
    taken: dict[Allocation, Operation] = field(default_factory=dict)
    called: set[cst.CSTNode] = field(default_factory=set)
    files: list[str] | None = None
    relevant: dict[str, frozenset[cst.CSTNode]] = field(default_factory=dict)
    instances: dict[cst.ClassDef, int] = field(default_factory=dict)
    sending: set[int] = field(default_factory=set)
    passed: set[cst.CSTNode] = field(default_factory=set)
    hooked: dict[str, bool] = field(default_factory=dict)
    fixed_headers: dict[str, str] = field(default_factory=dict)
    reflection: str = ""
    sent_reads: dict[tuple[int, int], SentRead] = field(default_factory=dict)
    changed_requests: set[int] = field(default_factory=set)
    steps: int = 0
    _next: int = 0
    _numbers: dict[tuple[object, ...], int] = field(default_factory=dict)

    def step(self) -> None:
        """Count one evaluated node. Raises TooLargeError."""
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise TooLargeError

    def allocation(self, module: Module, node: cst.CSTNode, kind: str, shared: bool) -> Allocation:
        """The one allocation of a node."""
        return self.allocations.setdefault((id(node), kind), Allocation(module, node, kind, shared))

    def new(self, state: State, made: DictObject | Record) -> int:
        """Put an object on the heap; its ID."""
        self._next += 1
        state.heap[self._next] = made
        return self._next

    def look(self, state: State, key: int) -> DictObject | Record:
        """An object of the heap."""
        found = state.heap.get(key)
        return found if found is not None else self.heap[key]

    def dict_of(self, state: State, key: int) -> DictObject:
        """A dict of the heap."""
        found = self.look(state, key)
        if not isinstance(found, DictObject):
            raise TypeError("not a dict")
        return found

    def record_of(self, state: State, key: int) -> Record:
        """An object of a class on the heap."""
        found = self.look(state, key)
        if not isinstance(found, Record):
            raise TypeError("not an object")
        return found

    def log(self, allocation: Allocation, operation: Operation) -> None:
        """Note what is done with a dict; the same thing in other runs adds its shapes."""
        key = (operation.kind, id(operation.node), operation.key, operation.site, operation.other)
        known = self.operations.setdefault(allocation, {})
        present = known.get(key)
        if present is None:
            known[key] = operation
        else:
            present.shapes = (
                *present.shapes,
                *(each for each in operation.shapes if each not in present.shapes),
            )
            present.variants += [each for each in operation.variants if each not in present.variants]
            present.top_level = present.top_level and operation.top_level

    def site_number(self, calls: tuple[tuple[Module, cst.Call], ...]) -> int:
        """A number for a request: the same for the same chain of calls."""
        key = ("number", *(id(call) for _, call in calls))
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers)
        return self._numbers[key]

    def latest(self, number: int) -> Shot:
        """The last shot of a number."""
        return next(shot for shot in reversed(self.shots.values()) if shot.number == number)

    def load(self, path: str) -> Module | None:
        """A parsed sibling, or None."""
        if path not in self.modules:
            source = self.project.read(path) if len(self.modules) < MAX_SIBLINGS else None
            try:
                self.modules[path] = parse(source) if source else None
            except UnreadableError:
                self.modules[path] = None
        return self.modules[path]

    def names_of(self, path: str, run_module: Callable[[Engine, Module], None]) -> dict[str, Value]:
        """The global names of a sibling, which is run once for it."""
        if path not in self.globals:
            self.globals[path] = {}
            module = self.load(path)
            if module is not None:
                run_module(self, module)
        return self.globals[path]


def lookup(engine: Engine, state: State, name: str) -> Value | None:
    """The value of a name in the innermost scope that has it; None where there is none."""
    top = state.top
    if name in top.names:
        return top.names[name]
    around = set()
    current = top.module.parents.get(top.scope)
    while current is not None:
        around.add(current)
        current = top.module.parents.get(current)
    for frame in reversed(state.frames[:-1]):
        visible = frame.scope in around and not isinstance(frame.scope, cst.ClassDef)
        if visible and name in frame.names:
            return frame.names[name]
    return engine.globals.get(top.module.path, {}).get(name)


def frame_of(function: Function, call: cst.Call | None) -> Frame:
    """A new frame for a function."""
    return Frame(function.module, function.node, call=call, owner=function.owner)
