"""The vendor's page of the deprecated operation: all six forms of its samples migrate fully."""

from __future__ import annotations

import json
import re

import pytest

from migrate import contract
from tests import corpus
from tests.corpus import Case

FORMS = ["vendor_curl", "vendor_fetch", "vendor_requests", "vendor_go", "vendor_cli", "vendor_client"]
CASES = {case.name: case for case in corpus.cases("docs")}
OLD = re.compile(
    "|".join(each.pattern for each in (contract.PATH_IN_TEXT, contract.CLIENT_IN_TEXT, contract.CLI_COMMAND))
    .replace("?P<verb>", "").replace("?P<type>", "")
)  # fmt: skip


@pytest.mark.parametrize("form", [*FORMS, "vendor_page"])
def test_nothing_old_is_left(form: str) -> None:
    """The expected result of each form names no deprecated request, call or command."""
    after = (CASES[form].after or {}).values()

    assert after
    for data in after:
        text = data.decode()
        assert not OLD.search(text)
        assert contract.SETTINGS in text or "-f " in text


def bodies(case: Case, content: dict[str, bytes]) -> list[dict[str, object]]:
    """The JSON blocks of the page."""
    text = content["put-manual-job.md"].decode()
    return [json.loads(each) for each in re.findall(r"```json\n(.*?)```", text, re.DOTALL)]


def test_only_the_moved_keys_differ() -> None:
    """In every JSON block of the page, parsed before and after, only the moved keys differ."""
    case = CASES["vendor_page"]
    assert case.after is not None
    before, after = bodies(case, case.before), bodies(case, case.after)

    assert len(before) == len(after) == 4
    for old, new in zip(before, after, strict=True):
        inner = old.get(contract.RESPONSE_ENVELOPE, old)
        assert isinstance(inner, dict)
        moved = contract.move_keys(contract.PUT_MANUAL, inner)
        assert new == ({**old, contract.RESPONSE_ENVELOPE: moved} if inner is not old else moved)
