"""Which keys of an answer a jq program reads, and whether all that it does is understood.

A program is read from left to right, together with what its input is at each place: the whole
answer, its ``data``, or something inside of them. Whatever could show the difference between an old
and a new answer other than by reading one key (``keys``, ``to_entries``, ``.[$name]`` …) is not understood.
Grammar: https://jqlang.github.io/jq/manual/ and jq's parser.y.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from migrate import contract
from migrate.contract import Operation
from migrate.find.shell.jq_tokens import NotUnderstoodError, Token, interpolations, tokens

ROOT, DATA, INNER = "root", "data", "inner"
"""What a value is: the whole answer, the job in it, or something inside of a job."""

Kinds = frozenset[str]
_INNER: Kinds = frozenset([INNER])
_NONE: Kinds = frozenset()
_WHOLE = frozenset((ROOT, DATA))
MAX_DEPTH = 100

_UPDATES = frozenset(("=", "|=", "+=", "-=", "*=", "/=", "%=", "//="))
_LEVELS = (("or",), ("and",), ("==", "!=", "<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))
_CONSTANTS = frozenset(("null", "true", "false", "now", "env", "nan", "infinite", "input_filename"))
_NOT_READ = frozenset(("reduce", "foreach", "def", "label", "import", "include", "input", "inputs", "break",
                       "debug", "stderr", "input_line_number"))  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """edits: spans of the program and their new text; output: ``root`` or ``data`` where that goes on."""

    edits: tuple[tuple[int, int, str], ...]
    output: str = ""


def read(text: str, operation: Operation, level: str) -> Reading:
    """What a program reads from an answer to an old operation.

    level: what the program's input is, `ROOT` or `DATA`. Raises `NotUnderstoodError`.
    """
    parser = _Parser(text, operation)
    try:
        kinds = parser.pipe(frozenset([level]))
    except RecursionError:
        raise NotUnderstoodError from None
    if parser.position < len(parser.tokens):
        raise NotUnderstoodError
    whole = kinds & _WHOLE
    if len(whole) > 1:
        raise NotUnderstoodError
    return Reading(tuple(parser.edits), next(iter(whole), ""))


class _Parser:
    """Parses and evaluates at once. Each method takes what the input is and returns what comes out."""

    def __init__(self, text: str, operation: Operation, variables: dict[str, Kinds] | None = None) -> None:
        self.text = text
        self.operation = operation
        self.tokens = tokens(text)
        self.position = 0
        self.edits: list[tuple[int, int, str]] = []
        self.variables: dict[str, Kinds] = dict(variables or {})

    # ── Tokens ───────────────────────────────────────────────────────────────────────────────

    def _next(self) -> Token:
        if self.position >= len(self.tokens):
            raise NotUnderstoodError
        self.position += 1
        return self.tokens[self.position - 1]

    def _peek(self, ahead: int = 0) -> str:
        index = self.position + ahead
        return self.tokens[index].text if index < len(self.tokens) else ""

    def _kind(self, ahead: int = 0) -> str:
        index = self.position + ahead
        return self.tokens[index].kind if index < len(self.tokens) else ""

    def _take(self, *texts: str) -> bool:
        if self._kind() in ("sign", "name") and self._peek() in texts:
            self.position += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise NotUnderstoodError

    # ── Operators ────────────────────────────────────────────────────────────────────────────

    def pipe(self, given: Kinds) -> Kinds:
        """The lowest level: ``f | g``."""
        left = self._comma(given)
        return self.pipe(left) if self._take("|") else left

    def _comma(self, given: Kinds) -> Kinds:
        found = self._alternative(given)
        while self._take(","):
            found |= self._alternative(given)
        return found

    def _alternative(self, given: Kinds) -> Kinds:
        found = self._binary(given, 0)
        if self._kind() == "sign" and self._peek() in _UPDATES:
            raise NotUnderstoodError
        return found | self._alternative(given) if self._take("//") else found

    def _binary(self, given: Kinds, level: int) -> Kinds:
        if level == len(_LEVELS):
            return self._term(given)
        found = self._binary(given, level + 1)
        while self._take(*_LEVELS[level]):
            both = found | self._binary(given, level + 1)
            if level > 1 and both & _WHOLE:  # `and`, `or` ask only whether there is a value
                raise NotUnderstoodError
            found = _INNER
        return found

    # ── Terms ────────────────────────────────────────────────────────────────────────────────

    def _term(self, given: Kinds) -> Kinds:
        found = self._suffixes(self._head(given), given)
        if not self._take("as"):
            return found
        name = self._next()
        if name.kind != "variable":
            raise NotUnderstoodError
        self._expect("|")
        before = self.variables.get(name.text)
        self.variables[name.text] = found
        result = self.pipe(given)
        self.variables[name.text] = before or _INNER
        return result

    def _head(self, given: Kinds) -> Kinds:
        token = self._next()
        if token.kind == "field":
            return self._field(given, token.text[1:], token.start)
        if token.kind == "quote":
            return self._string(token, given)
        if token.kind == "number":
            return _INNER
        if token.kind == "variable":
            return self.variables.get(token.text, _INNER)
        if token.kind == "format":
            return self._string(self._next(), given) if self._kind() == "quote" else _inner(given)
        if token.kind == "name":
            return self._named(token, given)
        heads: dict[str, Callable[[Kinds], Kinds]] = {
            ".": lambda each: self._dot(each, token),
            "..": _inner,
            "-": lambda each: _inner(self._term(each)),
            "(": self._group,
            "[": self._array,
            "{": self._object,
        }
        if token.text not in heads:
            raise NotUnderstoodError
        return heads[token.text](given)

    def _dot(self, given: Kinds, dot: Token) -> Kinds:
        if self._kind() == "quote" and self.tokens[self.position].start == dot.end:
            return self._field(given, self._plain(self._next()), dot.start)
        if self._peek() == "[" and self._kind(1) == "quote" and self._peek(2) == "]":
            bracket = self._next()
            name = self._plain(self._next())
            self._expect("]")
            return self._field(given, name, bracket.start, has_dot=True)
        return given

    def _group(self, given: Kinds) -> Kinds:
        found = self.pipe(given)
        self._expect(")")
        return found

    def _array(self, given: Kinds) -> Kinds:
        if self._take("]"):
            return _INNER
        found = _inner(self.pipe(given))
        self._expect("]")
        return found

    def _suffixes(self, found: Kinds, given: Kinds) -> Kinds:
        while True:
            if self._kind() == "field":
                token = self._next()
                found = self._field(found, token.text[1:], token.start)
            elif self._peek() == "." and self._kind(1) == "quote":
                dot = self._next()
                found = self._field(found, self._plain(self._next()), dot.start)
            elif self._peek() == "[" or (self._peek() == "." and self._peek(1) == "["):
                found = self._index(found, given)
            elif not self._take("?"):
                return found

    def _index(self, found: Kinds, given: Kinds) -> Kinds:
        start = self.tokens[self.position].start
        self._take(".")
        self._expect("[")
        if self._kind() == "quote" and self._peek(1) == "]":
            name = self._plain(self._next())
            self._expect("]")
            return self._field(found, name, start)
        while not self._take("]"):
            if not self._take(":"):
                self.pipe(given)
        return _inner(found)

    def _string(self, token: Token, given: Kinds) -> Kinds:
        """A string is something new; what its interpolations print must not be the whole answer."""
        if token.kind != "quote":
            raise NotUnderstoodError
        for start, end in interpolations(token.text):
            inner = _Parser(token.text[start:end], self.operation, self.variables)
            if inner.pipe(given) & _WHOLE or inner.position < len(inner.tokens):
                raise NotUnderstoodError
            shift = token.start + start
            self.edits += [(first + shift, last + shift, new) for first, last, new in inner.edits]
        return _INNER

    def _plain(self, token: Token) -> str:
        if "\\" in token.text:
            raise NotUnderstoodError
        return token.text[1:-1]

    def _field(self, given: Kinds, name: str, at: int, *, has_dot: bool = False) -> Kinds:
        """``.name``. has_dot: the dot before `at` belongs to what is inserted (``.["name"]``)."""
        move = self.operation.move(name) if DATA in given else None
        if move:
            if given != {DATA}:
                raise NotUnderstoodError
            inner = ".".join(move.path[:-1])
            self.edits.append((at, at, inner if has_dot else f".{inner}"))
        below = {DATA if each == ROOT and name == contract.RESPONSE_ENVELOPE else INNER for each in given}
        return frozenset(below)

    # ── Names ────────────────────────────────────────────────────────────────────────────────

    def _named(self, token: Token, given: Kinds) -> Kinds:
        name = token.text
        if name in _NOT_READ:
            raise NotUnderstoodError
        if name == "if":
            return self._condition(given)
        if name == "try":
            found = self._term(given)
            return found | self._term(_INNER) if self._take("catch") else found
        arguments = self._arguments(given) if self._take("(") else []
        if name in _CONSTANTS and not arguments:
            return _INNER
        if name == "empty" or (name == "error" and arguments):
            return _NONE
        if name == "select" and len(arguments) == 1:
            return given
        if name in ("not", "type") and not arguments:
            return _INNER
        return _inner(given.union(*arguments))

    def _arguments(self, given: Kinds) -> list[Kinds]:
        found = [self.pipe(given)]
        while self._take(";"):
            found.append(self.pipe(given))
        self._expect(")")
        return found

    def _condition(self, given: Kinds) -> Kinds:
        self.pipe(given)
        self._expect("then")
        found = self.pipe(given)
        if self._take("elif"):
            return found | self._condition(given)
        found |= self.pipe(given) if self._take("else") else given
        self._expect("end")
        return found

    # ── Objects ──────────────────────────────────────────────────────────────────────────────

    def _object(self, given: Kinds) -> Kinds:
        while not self._take("}"):
            self._entry(given)
            if self._peek() != "}":
                self._expect(",")
        return _INNER

    def _entry(self, given: Kinds) -> None:
        token = self._next()
        if token.text == "(":
            _inner(self._group(given))
        elif token.kind == "quote":
            self._string(token, given)
        elif token.kind not in ("name", "variable"):
            raise NotUnderstoodError
        if self._take(":"):
            found = self._alternative_without_comma(given)
        elif token.kind == "variable":
            found = self.variables.get(token.text, _INNER)
        elif token.kind == "name":
            found = self._shorthand(token, given)
        else:
            raise NotUnderstoodError
        _inner(found)

    def _alternative_without_comma(self, given: Kinds) -> Kinds:
        found = self._alternative(given)
        while self._take("|"):
            found = self._alternative(found)
        return found

    def _shorthand(self, token: Token, given: Kinds) -> Kinds:
        """``{name}`` is ``{name: .name}``."""
        before = len(self.edits)
        found = self._field(given, token.text, token.end)
        self.edits[before:] = [(at, end, f": {new}.{token.text}") for at, end, new in self.edits[before:]]
        return found


def _inner(kinds: Kinds) -> Kinds:
    """Something that is made of values. Raises `NotUnderstoodError` where one is the whole answer."""
    if kinds & _WHOLE:
        raise NotUnderstoodError
    return _INNER
