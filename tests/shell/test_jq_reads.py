"""jq programs that read an answer: what is rewritten prints the same of the new answer."""

from __future__ import annotations

import json
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate import contract
from migrate.find.shell import jq_reads, jq_tokens
from tests.need import need

OLD = {
    "data": {
        "name": "nightly",
        "id": "nightly",
        "tags": ["a", "b"],
        "billing": {"deploymentPlan": "nf-compute-10", "backoffLimit": 9},
        "backoffLimit": 3,
        "runOnSourceChange": "never",
        "activeDeadlineSeconds": None,
    }
}
MOVED = ("backoffLimit", "runOnSourceChange", "activeDeadlineSeconds")
NEW = {
    "data": {key: value for key, value in OLD["data"].items() if key not in MOVED}
    | {"settings": {key: OLD["data"][key] for key in MOVED}}
}

_names = st.sampled_from(("name", "tags", "billing", "data", "missing", *MOVED))
_fields = st.one_of(
    _names.map(lambda name: f".{name}"),
    _names.map(lambda name: f'.["{name}"]'),
    _names.map(lambda name: f'."{name}"'),
)
_leaves = st.one_of(
    _fields,
    st.sampled_from((".", ".data", ".data", '"x"', "1", "null", "$v", "..", ".[]", "keys", "length", "type",
                     "tojson", "to_entries", "not", "empty", "tostring", '.["data"]', ".data?", ".[0]",
                     "@text", "has(\"backoffLimit\")", "del(.backoffLimit)", "paths", "add", "first",
                     "map(.)", ".[$v]")),
)  # fmt: skip


def _more(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(inner, inner)
    return st.one_of(
        two.map(" | ".join),
        two.map(" , ".join),
        two.map(" // ".join),
        two.map(" == ".join),
        two.map(" + ".join),
        two.map(" and ".join),
        inner.map(lambda one: f"({one})"),
        inner.map(lambda one: f"[{one}]"),
        inner.map(lambda one: f"try ({one}) catch ."),
        inner.map(lambda one: f"select({one})"),
        inner.map(lambda one: f"first({one})"),
        inner.map(lambda one: f"map({one})"),
        inner.map(lambda one: f"({one})?"),
        inner.map(lambda one: f'"a \\({one}) b"'),
        inner.map(lambda one: f"{{name, key: ({one})}}"),
        inner.map(lambda one: f'{{backoffLimit, "k": {one}}}'),
        st.tuples(inner, _fields).map(lambda pair: f"({pair[0]}){pair[1]}"),
        two.map(lambda pair: f"({pair[0]}) as $v | {pair[1]}"),
        st.tuples(inner, inner, inner).map(lambda all_: "if {} then {} else {} end".format(*all_)),
        two.map(lambda pair: f"if {pair[0]} then {pair[1]} end"),
    )


PROGRAMS = st.recursive(_leaves, _more, max_leaves=8)


def output(program: str, answer: object) -> tuple[int, str]:
    """Whether jq ends well, and what it prints."""
    done = subprocess.run(
        [need("jq"), "-c", "--arg", "v", "backoffLimit", program],
        input=json.dumps(answer),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def rewritten(program: str, level: str = jq_reads.ROOT) -> tuple[str, str]:
    """The program for the new answer, and what it hands on."""
    found = jq_reads.read(program, contract.PUT_MANUAL, level)
    for start, end, new in sorted(found.edits, reverse=True):
        program = program[:start] + new + program[end:]
    return program, found.output


@settings(max_examples=100, deadline=None)
@given(PROGRAMS)
def test_same_output(program: str) -> None:
    """What is understood prints the same of the new answer, unless it prints the answer as a whole."""
    code, before = output(program, OLD)
    if code in (2, 3):  # jq does not understand it either
        return
    try:
        after, whole = rewritten(program)
    except jq_tokens.NotUnderstoodError:
        return
    if not whole:
        assert output(after, NEW) == (code, before), after


@pytest.mark.parametrize(
    ("program", "expected"),
    [
        (".data | {name, backoffLimit}", ".data | {name, backoffLimit: .settings.backoffLimit}"),
        ('.data["backoffLimit"]', '.data.settings["backoffLimit"]'),
        ('.data | .["backoffLimit"]', '.data | .settings["backoffLimit"]'),
        ('"\\(.data | "\\(.backoffLimit)")"', '"\\(.data | "\\(.settings.backoffLimit)")"'),
        (".data.settings.backoffLimit", ".data.settings.backoffLimit"),
        (
            "# .data.backoffLimit\n.data.billing.backoffLimit",
            "# .data.backoffLimit\n.data.billing.backoffLimit",
        ),
    ],
)
def test_reads(program: str, expected: str) -> None:
    """Reads of moved keys go to their new place; everything else stays."""
    assert rewritten(program) == (expected, "")


@pytest.mark.parametrize(
    "program",
    [".data | keys", ".data | to_entries", ".data[$k]", "..", "{data}", ".data | tojson",
     "reduce .[] as $x (0; 1)", "def f: .; f", ".data |= .", '"\\(.data)"', "[.]", "(", '"', "\\",
     ".data as [$a] | $a", ".data == {}"],
)  # fmt: skip
def test_not_understood(program: str) -> None:
    """Programs that could tell an old answer from a new one are not understood; nor is what is no program."""
    with pytest.raises(jq_tokens.NotUnderstoodError):
        rewritten(program)
