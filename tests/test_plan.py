"""Planning: which uses are applied, and how their edits are made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate import plan
from migrate.model import Action, Edit, Prerequisite, Use


def use(path="a.py", start=0, edits=(), action=Action.REWRITE, **more):
    """A use with the fields that planning looks at."""
    return Use(
        path,
        start,
        start + 1,
        1,
        1,
        1,
        2,
        "http-call",
        "put.job.manual",
        "python",
        action,
        "m",
        edits=edits,
        **more,
    )


def test_review_is_never_applied():
    """A use for review contributes no edit."""
    made = plan.make([use(action=Action.REVIEW)])

    assert made.applied == frozenset()
    assert made.edits == {}


def test_overlapping_edits_of_two_uses_become_reviews():
    """Two uses whose edits overlap without being the same are both left to a person."""
    one = use(start=0, edits=(Edit("a.py", 0, 5, b"aaaaa", b"b"),))
    other = use(start=3, edits=(Edit("a.py", 3, 8, b"aabbb", b"c"),))

    made = plan.make([one, other])

    assert made.edits == {}
    assert [each.action for each in made.uses["a.py"]] == [Action.REVIEW, Action.REVIEW]


def test_different_insertions_at_one_place_become_reviews():
    """The order of two insertions at the same place can't be known."""
    made = plan.make([use(start=n, edits=(Edit("a.py", 4, 4, b"", b"x" * n),)) for n in (1, 2)])

    assert made.edits == {}


def test_touching_edits_are_applied():
    """Edits that only touch each other don't collide."""
    one = use(start=0, edits=(Edit("a.py", 0, 2, b"ab", b"x"),))
    other = use(start=2, edits=(Edit("a.py", 2, 4, b"cd", b"y"),))

    made = plan.make([one, other])

    assert plan.apply_edits(b"abcd", made.edits["a.py"]) == b"xy"


def test_shared_edit_ties_uses_together():
    """Where one of two uses with the same edit is held, the other is held too."""
    shared = Edit("job.json", 0, 1, b"a", b"b")
    unmet = Prerequisite("cli-version", "needs a newer CLI", met=False)
    made = plan.make([use(edits=(shared,)), use(path="b.sh", edits=(shared,), prerequisites=(unmet,))])

    assert made.edits == {}
    assert all(each.held for uses in made.uses.values() for each in uses)


def test_shared_edit_is_made_once():
    """Two uses with the same edit make it once, and their files form one component."""
    shared = Edit("job.json", 0, 1, b"a", b"b")
    made = plan.make([use(edits=(shared,)), use(path="b.py", edits=(shared,))])

    assert made.edits == {"job.json": (shared,)}
    assert made.components == (frozenset({"a.py", "b.py", "job.json"}),)


def test_group_with_a_review_is_left_alone():
    """A group stands or falls together."""
    edit = Edit("a.py", 0, 1, b"a", b"b")
    made = plan.make([use(edits=(edit,), group="g"), use(path="b.py", action=Action.REVIEW, group="g")])

    assert made.edits == {}
    assert "b.py:1" in made.uses["a.py"][0].message


def test_stale_edit_is_refused():
    """An edit whose old bytes are not there is refused, not guessed."""
    with pytest.raises(plan.StaleEditError):
        plan.apply_edits(b"abc", [Edit("a", 0, 1, b"x", b"y")])


@given(
    st.binary(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.binary(max_size=5)))
)
def test_bytes_outside_of_edits_stay(data, raw):
    """Applying edits keeps every byte outside of their spans, in order."""
    edits, position = [], 0
    for first, second, new in sorted(raw):
        start, end = sorted((min(first, len(data)), min(second, len(data))))
        if start >= position and end > start:
            edits.append(Edit("a", start, end, data[start:end], new))
            position = end

    result = plan.apply_edits(data, edits)

    for edit in reversed(edits):
        shift = sum(len(each.new) - len(each.old) for each in edits if each.start < edit.start)
        at = edit.start + shift
        result = result[:at] + edit.old + result[at + len(edit.new) :]
    assert result == data
