"""Counting over a fleet: everything once, and all sums agree."""

import json
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from migrate.accounts import SETTLED
from migrate.fleet.burndown import ACTIONS, NO_OWNER, burndown, findings
from migrate.fleet.charts import bar, nice, over_time
from migrate.fleet.model import HistoryRow, Status, UseRow
from migrate.fleet.state import State
from migrate.fleet.status import FORMATS, rendered, status_of
from migrate.proxy.usage import Caller, Seen, Store
from migrate.report import RenderOptions
from tests.fleet import fleets

SCHEMA = json.loads(
    resources.files("migrate").joinpath("schemas/fleet-status-v1.schema.json").read_text(encoding="utf-8")
)
PLAIN = RenderOptions(width=100)


def found(records=None, history=(), usage=None):
    """A burn-down of some records."""
    return burndown(fleets.ordinary() if records is None else records, history, fleets.NOW, usage)


def test_counts_add_up():
    """Every repository has one status; every way to group has the same sum of uses."""
    whole = found()

    assert sum(whole.statuses.values()) == len(whole.repositories) == 9
    assert whole.uses.open == 17
    assert whole.uses.actions["accepted"] == 2
    assert sum(each.uses.open for each in whole.repositories) == 17
    for name in ("language", "operation", "kind"):
        assert sum(each.open for each in whole.by[name]) == 17


def test_an_owner_counts_for_what_is_shared():
    """Uses of a file with two owners count for both; what nobody owns is said so."""
    owners = {each.name: each.open for each in found().by["owner"]}

    assert owners == {"@acme/ops": 12, "@ann": 3, "@bob": 3, NO_OWNER: 2}


def test_the_most_uses_come_first():
    """Repositories and groups are in order of what is left."""
    names = [each.name for each in found().repositories]

    assert names[:3] == ["acme/billing", "acme/infra", "acme/shop"]
    assert [each.name for each in found().by["language"]] == ["python", "yaml", "javascript", "shell"]


def test_failures_are_grouped_without_their_own_names():
    """The same fault of two repositories is one message; failures come before what only waits."""
    first, second = found().problems

    assert (first.message, first.failed) == ("cloning … failed: not found", True)
    assert first.repositories == ("acme/gone", "acme/lost")
    assert (second.message, second.failed) == ("its pull request was closed", False)


def test_over_time_holds_what_was_last_known():
    """Each repository's last scan holds until its next; what became clean counts no more."""
    rows = [
        HistoryRow(1000.0, "a", "", "python", "rewrite", 5),
        HistoryRow(1000.0, "a", "", "python", "review", 1),
        HistoryRow(2000.0, "b", "", "go", "rewrite", 3),
        HistoryRow(3000.0, "a", "", "", "", 0),
        HistoryRow(4000.0, "b", "", "go", "rewrite", 1),
    ]
    points = found(history=rows).over_time

    assert [(point.time, point.repositories, point.uses.open) for point in points] == [
        (1000.0, 1, 6),
        (2000.0, 2, 9),
        (3000.0, 2, 3),
        (4000.0, 2, 1),
    ]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 10**8), st.sampled_from("abc"), st.sampled_from([*ACTIONS]), st.integers(0, 50)
        ),
        max_size=60,
        unique_by=lambda row: (row[0], row[1], row[2]),
    )
)
def test_the_last_point_is_what_is_left(rows):
    """Whatever was scanned when, the last point is the sum of each repository's last rows, in few points."""
    history = [
        HistoryRow(float(time), name, "", "", action, count) for time, name, action, count in sorted(rows)
    ]
    points = found([], history).over_time
    latest = {name: max(time for time, other, *_ in rows if other == name) for _, name, *_ in rows}
    left = sum(count for time, name, action, count in rows if time == latest[name] and action not in SETTLED)

    assert len(points) <= 125
    assert (points[-1].uses.open if points else 0) == left
    assert over_time(points, 10**8 + 1).count("<svg") == bool(points)


def test_joined_with_who_still_calls():
    """Callers that nothing explains, and code that was never seen running, are told apart."""
    usage = fleets.usage(findings(fleets.ordinary()))

    assert [each.operation for each in usage.unexplained] == ["another"]
    assert {each.path for each in usage.never_seen} == {"acme/billing", "acme/infra", "acme/shop"}
    assert "Still in use" in usage.verdict


def test_joined_with_the_shims_file(tmp_path):
    """The shim's own record is read, and the state's repositories are joined with it."""
    store = Store(str(tmp_path / "usage.sqlite3"))
    caller = Caller("", "web", "an-operation", "python-requests/2", "c0ffee", "translated")
    store.save({caller: Seen(fleets.NOW - 60, fleets.NOW - 60, 3, 200, "")}, {}, 0, fleets.NOW)
    store.close()
    state = State(str(tmp_path / "fleet.sqlite3"))
    whole = status_of(state, str(tmp_path / "usage.sqlite3"), fleets.NOW)
    state.close()

    assert [seen.count for _, seen in whole.usage.calls] == [3]
    assert whole.usage.unexplained == [caller]


FLEETS = {
    "ordinary": lambda: found(history=fleets.history(), usage=fleets.usage(findings(fleets.ordinary()))),
    "hostile": lambda: found(fleets.hostile(), usage=fleets.usage(findings(fleets.hostile()))),
    "nothing": lambda: found([]),
    "many": lambda: found(fleets.many()),
    "queued": lambda: found([fleets.record("a", Status.QUEUED)]),
    "clean": lambda: found([fleets.record("a", Status.CLEAN)], [HistoryRow(fleets.NOW, "a", "", "", "", 0)]),
    "failed without a word": lambda: found([fleets.record("a", Status.FAILED)]),
}


def test_schema_is_a_schema():
    """The published schema is valid by its own meta-schema."""
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("unicode", [True, False])
@pytest.mark.parametrize("name", FLEETS)
def test_json_is_valid(name, unicode):
    """Every status is valid by its schema, and valid Unicode."""
    text = rendered(FLEETS[name](), "json", RenderOptions(unicode=unicode))
    value = json.loads(text.encode("utf-8" if unicode else "ascii"))

    Draft202012Validator(SCHEMA).validate(value)
    assert sum(value["statuses"].values()) == len(value["repositories"])


@pytest.mark.parametrize("name", FLEETS)
def test_table_fits_and_steers_nothing(name):
    """The table holds no control character, and no line is longer than the terminal is wide."""
    text = rendered(FLEETS[name](), "table", PLAIN)

    assert not any(char != "\n" and not char.isprintable() for char in text)
    assert max(len(line) for line in text.splitlines()) <= 100
    assert rendered(FLEETS[name](), "table", RenderOptions(unicode=False)).isascii()


def test_table_of_an_ordinary_fleet():
    """What a person sees: the whole, statuses, groups, time, failures by message, callers."""
    text = rendered(FLEETS["ordinary"](), "table", PLAIN)

    assert text.startswith("17 open uses in 6 scanned repositories of 9; 2 clean or merged, 2 failed.\n")
    for part in ("By owner", "By language", "Over time", "2 failed: cloning … failed", "not found in code"):
        assert part in text
    assert "\x1b[" in rendered(FLEETS["ordinary"](), "table", RenderOptions(color=True))


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_yet(form):
    """A state without repositories says how to begin, or is an empty document."""
    text = rendered(FLEETS["nothing"](), form, PLAIN)

    assert form == "json" or "nf-migrate fleet scan" in text


def test_accepted_uses_are_no_work():
    """A repository with nothing but accepted uses has none open."""
    rows = [UseRow("a", "http-call", "x", "python", "accepted", (), 4)]
    whole = found([fleets.record("a", Status.CLEAN, rows)])

    assert (whole.uses.open, whole.uses.actions["accepted"]) == (0, 4)


@given(st.integers(0, 10**12))
def test_axes_end_at_round_numbers(number):
    """The end of an axis is not below what it shows, nor far above."""
    assert max(number, 4) <= nice(number) <= max(4, 2.5 * number)


def test_a_bar_is_as_long_as_its_share():
    """Parts add up to the share; nothing is drawn for nothing."""
    assert 'width="50.0"' in bar({"rewrite": 1}, 4)
    assert bar({"rewrite": 0}, 4) == bar({}, 0) == ""
