"""``--adapt``: the inserted function does the contract's move at run time."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate import contract
from migrate.find.python import adapt
from tests.find.python.helper import migrate

CODE = '''"""Sends what it is given."""
from __future__ import annotations

import requests


def send(payload):
    return requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload).status_code
'''

VALUES = st.none() | st.integers() | st.text(max_size=5)
SETTINGS = st.dictionaries(st.sampled_from(contract.COMMON_KEYS), VALUES)


def function(operation: contract.Operation) -> Any:
    """The inserted function, compiled."""
    names: dict[str, Any] = {}
    exec(adapt.source_of(operation), names)  # noqa: S102 (own text)
    return names[adapt.name_of(operation)]


def test_unknown_payload() -> None:
    """The payload goes through the function, which stands behind the imports; a second pass finds nothing."""
    result = migrate(CODE, adapt=True)

    name = adapt.name_of(contract.PUT_MANUAL)
    assert f'jobs", json={name}(payload))' in result.text
    assert (
        result.text.index("import requests")
        < result.text.index(f"def {name}")
        < result.text.index("def send")
    )
    assert migrate(result.text, adapt=True).text == result.text


def test_without_the_option() -> None:
    """Without the option the same place is left for a person."""
    result = migrate(CODE)

    assert result.text == CODE
    assert [use.kind for use in result.reviews] == ["http-call"]


@pytest.mark.parametrize("operation", contract.OPERATIONS, ids=lambda each: each.name)
@settings(deadline=None)
@given(
    body=st.dictionaries(st.sampled_from((*contract.MOVED_KEYS, "name", "billing")), VALUES),
    inner=st.none() | SETTINGS,
)
def test_same_as_the_contract(
    operation: contract.Operation, body: dict[str, Any], inner: dict[str, Any] | None
) -> None:
    """For every body that the contract translates the function gives the same; conflicts raise."""
    if inner is not None:
        body = {**body, contract.SETTINGS: inner}
    try:
        expected = contract.upgrade_request(operation, body)
    except contract.Untranslatable as error:
        if error.code == "conflict":
            with pytest.raises(ValueError, match="twice"):
                function(operation)(body)
        return

    assert function(operation)(body) == expected
