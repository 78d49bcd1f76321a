"""Laws of request descriptions, over generated files."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrate import contract
from tests.find.planned import planned
from tests.structured.test_laws import Writer, as_yaml, bodies

BASES = (
    "https://api.northflank.com/v1/projects/p",
    "https://{{ host }}/v1/teams/t/projects/p",
    "/v1/projects/p",
)
TAILS = (
    "/jobs/manual",
    "/jobs/cron",
    "/jobs/manual/x",
    "/jobs",
    "/jobs/x",
    "/jobs/put-job",
    "/jobs/manual?a=b",
    "/x",
)
METHODS = (*contract.METHODS.values(), "GET", "put")
KEYS = (("url", "method", "body"), ("uri", "method", "data"), ("URL", "httpMethod", "json"))


@st.composite
def descriptions(draw: st.DrawFn) -> dict[str, Any]:
    """A mapping with a URL, a method, and a body that is a mapping or a text."""
    url_key, method_key, body_key = draw(st.sampled_from(KEYS))
    body: Any = draw(bodies())
    if draw(st.booleans()):
        body = json.dumps(body, indent=draw(st.sampled_from([None, 2])))
    members = {
        url_key: draw(st.sampled_from(BASES)) + draw(st.sampled_from(TAILS)),
        method_key: draw(st.sampled_from(METHODS)),
        body_key: body,
        "name": "northflank",
    }
    return {key: members[key] for key in draw(st.permutations(list(members)))}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(descriptions(), min_size=1, max_size=3), st.integers(0, 2**32), st.booleans())
def test_every_old_request_is_rewritten_rightly_or_reported(
    requests: list[dict[str, Any]], seed: int, in_yaml: bool
) -> None:
    """No plan fails its verification, nothing old goes unnoticed, a second run plans nothing."""
    value = json.loads(json.dumps({"steps": requests}))
    text = as_yaml(value, seed) if in_yaml else Writer(seed, comments=False).value(value)
    path = "file.yaml" if in_yaml else "file.json"
    result = planned({path: text})
    old = 0
    for each in requests:
        url = next(each[key] for key in ("url", "uri", "URL") if key in each)
        method = str(each.get("method", each.get("httpMethod")))
        documented = contract.match_documented_name(url) is not None and method.upper() == "PUT"
        old += contract.match(method, url) is not None or documented

    assert sum(use.kind in ("http-call", "documented-name") for use in result.uses) == old
    assert [use for use in planned(result.texts).uses if use.action == "rewrite"] == []
