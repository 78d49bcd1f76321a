"""The check before writing: each wrong rewrite is caught."""

import pytest

from migrate import verify
from migrate.model import HOLE, Action, Findings, Opaque, RequestModel, Use

OLD = RequestModel("PUT", f"{HOLE}/jobs/manual", ({"name": Opaque("n"), "backoffLimit": 0},), 5)
NEW = RequestModel("PUT", f"{HOLE}/jobs", ({"name": Opaque("n"), "settings": {"backoffLimit": 0}},), 7)


def use(start=5, action=Action.REWRITE):
    """A use of the request at `start`."""
    return Use("a.py", start, start + 1, 1, 1, 1, 2, "http-call", "put.job.manual", "python", action, "m")


def check(old, new, new_uses=()):
    """Check one request, whose use is applied."""
    applied = use()
    verify.check(Findings((applied,), (), old), Findings(tuple(new_uses), (), new), frozenset({applied}))


def test_equivalent_rewrite_passes():
    """The contract's own translation passes."""
    check((OLD,), (NEW,))


@pytest.mark.parametrize(
    "bodies",
    [
        ({"name": Opaque("n"), "backoffLimit": 0},),
        ({"name": Opaque("n"), "settings": {"backoffLimit": False}},),
        ({"name": Opaque("other"), "settings": {"backoffLimit": 0}},),
        ({"name": "n", "settings": {"backoffLimit": 0}},),
        None,
    ],
)
def test_other_body_is_caught(bodies):
    """A body that is not the contract's translation is caught."""
    with pytest.raises(verify.VerificationError):
        check((OLD,), (RequestModel("PUT", NEW.path, bodies, 7),))


def test_lost_request_is_caught():
    """A request that disappears is caught."""
    with pytest.raises(verify.VerificationError):
        check((OLD,), ())


def test_other_method_is_caught():
    """A changed method is caught."""
    with pytest.raises(verify.VerificationError):
        check((OLD,), (RequestModel("POST", NEW.path, NEW.bodies, 7),))


def test_untouched_request_must_stay():
    """A request whose use is not applied must be the same afterwards."""
    other = RequestModel("PUT", "/x/jobs/manual", None, 50)

    check((OLD, other), (NEW, other))
    with pytest.raises(verify.SideEffectError):
        check((OLD, other), (NEW, RequestModel("PUT", "/x/jobs", None, 50)))


def test_body_that_is_not_understood_needs_the_runtime_function():
    """A request with an unknown body may only change through the inserted function."""
    unknown = RequestModel("PUT", OLD.path, None, 5)

    check((unknown,), (RequestModel("PUT", NEW.path, None, 7, adapted=True),))
    with pytest.raises(verify.VerificationError):
        check((unknown,), (RequestModel("PUT", NEW.path, None, 7),))


def test_second_pass_must_plan_nothing():
    """A rewrite that a second pass would change again is caught."""
    with pytest.raises(verify.VerificationError):
        check((OLD,), (NEW,), [use(7)])


def test_order_of_keys_has_no_meaning():
    """Bodies that differ in the order of keys alone are the same."""
    body = {"settings": {"backoffLimit": 0}, "name": Opaque("n")}

    check((OLD,), (RequestModel("PUT", NEW.path, (body,), 7),))


def test_documented_name_goes_to_the_wire_path():
    """A request to the documentation's name keeps its body and gets the wire path."""
    old = RequestModel("PUT", f"{HOLE}/jobs/put-job?x=1", ({"a": 1},), 5)

    check((old,), (RequestModel("PUT", f"{HOLE}/jobs?x=1", ({"a": 1},), 7),))


def test_known_body_may_go_through_the_runtime_function():
    """The inserted function does the contract's move on any body, so on a known one, too."""
    check((OLD,), (RequestModel("PUT", NEW.path, None, 7, adapted=True),))
