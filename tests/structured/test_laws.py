"""Laws of the move, over generated documents in random layout."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from typing import Any

import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from migrate import contract
from migrate.contract import Untranslatable
from migrate.model import Opaque
from migrate.structured import load, move_edits
from migrate.structured.layout import apply

OPERATIONS = st.sampled_from(contract.OPERATIONS)
NAMES = st.one_of(
    st.sampled_from(["name", "billing", "x", "env", contract.SETTINGS, contract.CRON]),
    st.sampled_from(contract.MOVED_KEYS),
    st.text("aé🙂 '\"#:{}-", min_size=1, max_size=5),
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=6),
    st.sampled_from(
        ["yes", "012", "a: b", "# c", "{{ x }}", "multi\nline\n", "never", "0 * * * *", "1:30", "<<"]
    ),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def bodies(draw: st.DrawFn) -> dict[str, Any]:
    """A body with moved keys, other keys, and often settings, in any order."""
    body = draw(st.dictionaries(NAMES, VALUES, max_size=4))
    for key in draw(st.lists(st.sampled_from(contract.MOVED_KEYS), unique=True, max_size=4)):
        body[key] = draw(LEAVES)
    if draw(st.booleans()):
        inner = draw(st.dictionaries(st.sampled_from(["x", *contract.MOVED_KEYS]), LEAVES, max_size=3))
        body[contract.SETTINGS] = {**inner, **{key: body[key] for key in inner if key in body}}
    keys = draw(st.permutations(list(body)))
    return {key: body[key] for key in keys}


class Writer:
    """Writes a value as JSON or JSONC with random white space, line breaks, comments and commas."""

    def __init__(self, seed: int, *, comments: bool) -> None:
        self.random = random.Random(seed)  # noqa: S311 (layout, not secrets)
        self.comments = comments
        self.newline = self.random.choice(["\n", "\r\n"])
        self.unit = self.random.choice(["  ", "\t", "    ", ""])
        self.tidy = self.random.random() < 0.5

    def gap(self, depth: int) -> str:
        """White space or a comment."""
        kind = self.random.random()
        if self.tidy:
            return self.newline + self.unit * depth
        if self.comments and kind < 0.15:
            return self.random.choice(
                ["/* c */", f" // d{self.newline}", f"{self.newline}// e{self.newline}"]
            )
        return self.random.choice(
            ["", " ", self.newline, self.newline + self.unit * depth, f"{self.newline * 2}\t"]
        )

    def value(self, value: Any, depth: int = 0) -> str:
        """A value at a depth."""
        if isinstance(value, dict) and value:
            pairs = [
                f"{json.dumps(k)}{self.space()}:{self.space()}{self.value(v, depth + 1)}"
                for k, v in value.items()
            ]
            return self.wrap("{", pairs, "}", depth)
        if isinstance(value, list) and value:
            return self.wrap("[", [self.value(each, depth + 1) for each in value], "]", depth)
        return json.dumps(value, ensure_ascii=self.random.random() < 0.5)

    def space(self) -> str:
        """White space around a colon."""
        return " " if self.tidy else self.random.choice(["", " ", "  "])

    def wrap(self, opening: str, parts: list[str], closing: str, depth: int) -> str:
        """Members or items in brackets."""
        text = opening
        for index, part in enumerate(parts):
            is_last = index + 1 == len(parts)
            comma = "," if not is_last or (self.comments and self.random.random() < 0.3) else ""
            text += (
                self.gap(depth + 1)
                + part
                + ("" if self.tidy else self.gap(depth + 1) if comma else "")
                + comma
            )
            if self.comments and self.random.random() < 0.2:
                text += f" // t{index}{self.newline}"
        return text + self.gap(depth) + closing


def as_yaml(value: Any, seed: int) -> str:
    """A value as YAML in a random style: PyYAML's emitter with random settings, comments, blank lines."""
    chance = random.Random(seed)  # noqa: S311 (layout, not secrets)
    text: str = yaml.safe_dump(
        value,
        sort_keys=False,
        allow_unicode=chance.random() < 0.7,
        default_flow_style=chance.choice([False, False, None, True]),
        default_style=chance.choice([None, None, None, '"', "'"]),
        indent=chance.choice([2, 4, 3]),
        width=chance.choice([20, 80]),
        line_break=chance.choice(["\n", "\r\n"]),
        explicit_start=chance.random() < 0.2,
    )
    if text.count('"') + text.count("'") + text.count("|") == 0:
        newline = "\r\n" if "\r\n" in text else "\n"
        lines = []
        for line in text.splitlines():
            indent = line[: len(line) - len(line.lstrip())]
            if chance.random() < 0.2 and ":" in line:
                lines.append(
                    chance.choice([f"{indent}# c{len(lines)}", "", "# left", f"{indent}      # deep"])
                )
            lines.append(line + ("  # t" if chance.random() < 0.2 and line.endswith("null") else ""))
        text = newline.join(lines) + chance.choice(["", newline, newline * 2])
    return text


def proved(text: str, syntax: str, operation: contract.Operation, at: tuple[str | int, ...]) -> None:
    """Assert the law on one text: either refused, or exactly the contract's move, once and for all."""
    before = load(text, syntax)
    body = before
    for step in at:
        body = body[step]
    if refusal(text, syntax, operation, at) == "templated":
        assert any("{{" in str(key) for key in keys_of(body)), "only a template may be refused as one"
        return
    try:
        expected = contract.move_keys(operation, body)
    except Untranslatable as error:
        assert refusal(text, syntax, operation, at) == error.code  # noqa: PT017 (either is right)
        return
    if refusal(text, syntax, operation, at) in ("layout", "no-cron"):
        return
    edits = move_edits(text, syntax, operation, at)
    after_text = apply(text, edits)
    after = load(after_text, syntax)
    for step in at:
        after = after[step]
    assert after == expected
    assert move_edits(after_text, syntax, operation, at) == []
    assert comments_of(text) - comments_of(after_text) == set()
    assert all(start <= end and (start < end or new) for start, end, new in edits)
    assert all(one[1] <= other[0] for one, other in pairwise(edits))


def keys_of(body: dict[str, Any]) -> list[str]:
    """The keys that a move looks at: the body's own, and those of its settings."""
    inner = [each for each in body.values() if isinstance(each, dict)]
    return [*body, *(key for each in inner for key in each)]


def refusal(text: str, syntax: str, operation: contract.Operation, at: tuple[str | int, ...]) -> str:
    """The code of the refusal, or nothing where the move is done."""
    try:
        move_edits(text, syntax, operation, at)
    except Untranslatable as error:
        return error.code
    return ""


def comments_of(text: str) -> set[str]:
    """The generated comments that are in a text."""
    return {mark for mark in ("/* c */", "// d", "// e", "# c1", "# c2", "# left", "# deep") if mark in text}


WRAPPERS: list[tuple[Any, tuple[str | int, ...]]] = [
    (lambda body: body, ()),
    (lambda body: {"jobs": [1, body]}, ("jobs", 1)),
    (lambda body: {"a": {"b": body}, "z": [body]}, ("a", "b")),
]
LAW = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@LAW
@given(
    bodies(), OPERATIONS, st.integers(0, 2**32), st.sampled_from(WRAPPERS), st.sampled_from(["json", "jsonc"])
)
@example({"{{}}": None, contract.MOVED_KEYS[0]: 1}, contract.PUT_MANUAL, 0, WRAPPERS[0], "json")
def test_json_moves_are_the_contracts(
    body: dict[str, Any], operation: contract.Operation, seed: int, wrapper: Any, syntax: str
) -> None:
    """In any layout of JSON and JSONC, the move is the contract's, keeps comments and is stable."""
    text = Writer(seed, comments=syntax == "jsonc").value(wrapper[0](body))
    proved(text, syntax, operation, wrapper[1])


@LAW
@given(bodies(), OPERATIONS, st.integers(0, 2**32), st.sampled_from(WRAPPERS))
def test_yaml_moves_are_the_contracts(
    body: dict[str, Any], operation: contract.Operation, seed: int, wrapper: Any
) -> None:
    """In any layout of YAML that the emitter knows, the move is the contract's and is stable."""
    value = json.loads(json.dumps(wrapper[0](body)))
    proved(as_yaml(value, seed), "yaml", operation, wrapper[1])


@LAW
@given(bodies(), st.integers(0, 2**32))
def test_json_is_read_as_the_standard_library_reads_it(body: dict[str, Any], seed: int) -> None:
    """`load` agrees with `json.loads` on every value whose digits survive."""
    text = Writer(seed, comments=False).value(body).replace("{{ x }}", "x")

    assert load(text, "json") == json.loads(text, parse_float=_number, parse_int=_integer)


def _number(text: str) -> Any:
    value = load(text, "json")
    return value if isinstance(value, Opaque) else float(text)


def _integer(text: str) -> Any:
    return int(text)


@LAW
@given(
    st.text(max_size=40) | st.text("{}[]:,-?&*!|>'\"#% \n\tab0", max_size=30),
    st.sampled_from(["json", "jsonc", "yaml"]),
)
@example("{{{{{{", "yaml")
@example("\ud800", "yaml")
@example("&a [*a]", "yaml")
@example("? ? ? a", "yaml")
@example("{{ x }}", "json")
def test_any_text_is_read_or_refused(text: str, syntax: str) -> None:
    """No text raises anything but ValueError."""
    try:
        load(text, syntax)
        move_edits(text, syntax, contract.PUT_MANUAL)
    except ValueError:
        return
