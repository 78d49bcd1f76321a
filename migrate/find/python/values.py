"""What an expression may be: the values of the symbolic evaluation.

All values are immutable. Dicts and instances live on a heap (`state.State`), so that aliases
see each other's changes; a `Ref` or an `Instance` names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import libcst as cst

from migrate.find.python.module import Module
from migrate.model import HOLE


class Value:
    """Base of all values."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Const(Value):
    """None, a truth value or a number. type: name of its type (``1`` is not ``True``)."""

    value: bool | int | float | None
    type: str

    @classmethod
    def of(cls, value: bool | float | None) -> Const:
        """The constant of a Python value."""
        return cls(value, type(value).__name__)


NONE = Const.of(None)
NESTED = "it may be an object with fields of its own"


@dataclass(frozen=True, slots=True)
class Unknown(Value):
    """Known only when the program runs.

    label: source text; parameter: it is an argument of the function at hand, by this name;
    base, name: it is an attribute of another value; why: what could not be followed; place: where an
    attribute is taken.
    """

    label: str
    parameter: str = ""
    base: Value | None = None
    name: str = ""
    why: str = ""
    place: tuple[Module, cst.CSTNode] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """The characters of one string literal (or of one text part of an f-string).

    offsets: for each decoded character its offset in the file, and one more for the end.
    """

    module: Module
    node: cst.CSTNode
    text: str
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a string: known text, or a hole.

    literal, start: where the text stands, if it is a literal's; label: source text of a hole;
    outer: the span that brings the piece into an f-string or a concatenation.
    """

    text: str
    literal: Literal | None = None
    start: int = 0
    label: str = ""
    outer: tuple[Module, int, int] | None = None

    @property
    def is_hole(self) -> bool:
        """Whether the text is unknown."""
        return bool(self.label)


@dataclass(frozen=True, slots=True)
class Text(Value):
    """A string of which some parts are known. data: whether it is bytes."""

    pieces: tuple[Piece, ...]

    @property
    def model(self) -> str:
        """The text with `HOLE` for unknown parts."""
        return "".join(HOLE if piece.is_hole else piece.text for piece in self.pieces)

    @property
    def known(self) -> str | None:
        """The text if all of it is known."""
        return None if any(piece.is_hole for piece in self.pieces) else self.model

    @property
    def label(self) -> str:
        """The text with holes as they are written in the source."""
        return "".join(f"{{{piece.label}}}" if piece.is_hole else piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Seq(Value):
    """A list or tuple display. node: the display."""

    items: tuple[Value, ...]
    node: cst.CSTNode | None = None


@dataclass(frozen=True, slots=True)
class Ref(Value):
    """A dict on the heap."""

    id: int


@dataclass(frozen=True, slots=True)
class Instance(Value):
    """An object of a class of the project, on the heap."""

    id: int


@dataclass(frozen=True, slots=True)
class Dumped(Value):
    """The JSON text of a value (``json.dumps(value)``)."""

    value: Value


@dataclass(frozen=True, slots=True)
class Function(Value):
    """A function or lambda of the project. owner: the object it is bound to."""

    module: Module
    node: cst.FunctionDef | cst.Lambda
    owner: Value | None = None


@dataclass(frozen=True, slots=True)
class Class(Value):
    """A class of the project."""

    module: Module
    node: cst.ClassDef


@dataclass(frozen=True, slots=True)
class Imported(Value):
    """A module, or something in a module, that is not the project's: its dotted name."""

    dotted: str


@dataclass(frozen=True, slots=True)
class Sibling(Value):
    """A module of the project. attribute: what is taken from it ("" for the module itself)."""

    path: str
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class Made(Value):
    """What a call of something imported gives: a client, a session, a request object.

    arguments: by keyword, positions as ``"0"``, ``"1"``, …
    """

    dotted: str
    arguments: Mapping[str, Value] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Partial(Value):
    """``functools.partial``. call: where it is made."""

    function: Value
    positional: tuple[tuple[Value, cst.BaseExpression], ...]
    keywords: tuple[tuple[str, Value, cst.BaseExpression], ...]
    call: cst.Call = field(compare=False)


@dataclass(frozen=True, slots=True)
class Answer(Value):
    """What a request gives, or a part of it.

    site: number of the request; body: whether it is the decoded body; path: keys taken from it;
    exact: whether it is certain that the path starts at the body's top.
    """

    site: int
    body: bool = False
    path: tuple[str, ...] = ()
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Sent(Value):
    """What a request or its answer tells of what was sent. part: ``request``, ``url`` or ``body``."""

    site: int
    part: str


@dataclass(frozen=True, slots=True)
class Method(Value):
    """A method looked up on a value of ours or of a library (``session.put``)."""

    base: Value
    name: str
    node: cst.Attribute = field(compare=False)


@dataclass(frozen=True, slots=True)
class Choice(Value):
    """One of several values."""

    values: tuple[Value, ...]


MAX_CHOICES = 12


def choice(*values: Value) -> Value:
    """One of the values; flat, without repeats; Unknown where there are too many."""
    flat: list[Value] = []
    for value in values:
        for each in value.values if isinstance(value, Choice) else (value,):
            if each not in flat:
                flat.append(each)
    if len(flat) > MAX_CHOICES:
        return Unknown("one of many values", why="it has too many possible values")
    return flat[0] if len(flat) == 1 else Choice(tuple(flat))


def each_of(value: Value) -> tuple[Value, ...]:
    """The possible values of a value."""
    return value.values if isinstance(value, Choice) else (value,)


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """The place where a dict comes into being.

    kind: ``display``, ``call`` (``dict(…)``), ``copy``, ``merge`` (``a | b``), ``json`` (a JSON text),
    ``file``, ``fields`` (a dataclass's or model's fields); shared: lives in a module or class.
    """

    module: Module
    node: cst.CSTNode
    kind: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """What puts a key into a dict: an element, a keyword, a statement, a JSON text, a field."""

    kind: str
    module: Module
    node: cst.CSTNode
    allocation: Allocation


@dataclass(frozen=True, slots=True)
class Entry:
    """The value of a key, and where it comes from."""

    value: Value
    origin: Origin


@dataclass(frozen=True, slots=True)
class Shape:
    """One possible content of a dict. unknown: why there may be more keys than these ("" if not)."""

    entries: Mapping[str, Entry]
    unknown: str = ""

    def with_entry(self, key: str, entry: Entry) -> Shape:
        """The shape after ``d[key] = …``."""
        return Shape({**self.entries, key: entry}, self.unknown)

    def without(self, key: str) -> Shape:
        """The shape after ``del d[key]``."""
        return Shape({name: entry for name, entry in self.entries.items() if name != key}, self.unknown)


@dataclass(frozen=True, slots=True)
class DictObject:
    """A dict on the heap: where it was made and all its possible contents."""

    allocation: Allocation
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """An object of a class on the heap."""

    made_from: Class
    attributes: Mapping[str, Value]
    node: cst.CSTNode | None = None
