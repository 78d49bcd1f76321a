"""The state of the symbolic evaluation at one point of a program, forks of it, and their union."""

from __future__ import annotations

from dataclasses import dataclass, field

import libcst as cst

from migrate.find.python.module import Module
from migrate.find.python.values import DictObject, Record, Shape, Unknown, Value, choice

MAX_SHAPES = 64


@dataclass(eq=False)
class Frame:
    """One running function, class body or module.

    scope: its node; names: its variables; returned: states and values at its ``return`` statements;
    left: states at ``break`` and ``continue`` of the loops at hand; call: the call that runs it.
    """

    module: Module
    scope: cst.CSTNode
    names: dict[str, Value] = field(default_factory=dict)
    returned: list[tuple[State, Value]] = field(default_factory=list)
    left: list[list[State]] = field(default_factory=list)
    call: cst.Call | None = None
    owner: Value | None = None

    def copy(self) -> Frame:
        """A copy with its own variables; returns and loop exits are collected together."""
        return Frame(
            self.module, self.scope, dict(self.names), self.returned, self.left, self.call, self.owner
        )


class State:
    """Frames (innermost last) and the heap."""

    def __init__(self, frames: list[Frame], heap: dict[int, DictObject | Record] | None = None) -> None:
        self.frames = frames
        self.heap = heap if heap is not None else {}

    @property
    def top(self) -> Frame:
        """The running frame."""
        return self.frames[-1]

    @property
    def module(self) -> Module:
        """The module whose code runs."""
        return self.frames[-1].module

    def fork(self) -> State:
        """An independent copy."""
        return State([frame.copy() for frame in self.frames], dict(self.heap))

    def become(self, other: State) -> None:
        """Take over another state."""
        self.frames, self.heap = other.frames, other.heap


def union(states: list[State]) -> State:
    """One state that stands for all of the given ones (at least one)."""
    first, *others = states
    for other in others:
        first = _both(first, other)
    return first


def _both(one: State, other: State) -> State:
    frames = []
    for mine, theirs in zip(one.frames, other.frames, strict=False):
        frame = mine.copy()
        for name, value in theirs.names.items():
            frame.names[name] = _either(mine.names.get(name), value)
        frames.append(frame)
    heap = dict(one.heap)
    for key, found in other.heap.items():
        present = heap.get(key)
        if present is None:
            heap[key] = found
        elif present is not found:
            heap[key] = _either_object(present, found)
    return State(frames, heap)


def _either(one: Value | None, other: Value) -> Value:
    if one is None or one == other:
        return other
    if isinstance(one, Unknown) and isinstance(other, Unknown):
        return Unknown(one.label, one.parameter, one.base, one.name, one.why or "it has several values")
    return choice(one, other)


def _either_object(one: DictObject | Record, other: DictObject | Record) -> DictObject | Record:
    if isinstance(one, DictObject) and isinstance(other, DictObject):
        return DictObject(one.allocation, distinct((*one.shapes, *other.shapes)))
    if isinstance(one, Record) and isinstance(other, Record):
        attributes = dict(one.attributes)
        for name, value in other.attributes.items():
            attributes[name] = _either(attributes.get(name), value)
        return Record(one.made_from, attributes, one.node)
    return one


def distinct(shapes: tuple[Shape, ...]) -> tuple[Shape, ...]:
    """Shapes without repeats; where there are too many, one of unknown content."""
    found: list[Shape] = []
    for shape in shapes:
        if shape not in found:
            found.append(shape)
    if len(found) > MAX_SHAPES:
        return (Shape({}, f"it has more than {MAX_SHAPES} possible forms"),)
    return tuple(found)
