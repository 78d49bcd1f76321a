"""Laws: any layout of a payload is rewritten to the contract's translation, with the rest untouched."""

import ast
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from migrate import contract
from tests.find.python.helper import HEAD, migrate

KEYS = st.permutations(["name", "description", *contract.COMMON_KEYS])
COMMENTS = st.sampled_from(["", "  # why", "  # a, b: {c}"])


@st.composite
def displays(draw: st.DrawFn) -> str:
    """A dict display in some layout."""
    keys = draw(KEYS)[: draw(st.integers(2, 5))]
    keys = keys if contract.REQUIRED_KEY in keys else [*keys, contract.REQUIRED_KEY]
    quote = draw(st.sampled_from("'\""))
    lines = draw(st.booleans())
    trailing = draw(st.booleans())
    pairs = [f"{quote}{key}{quote}: {draw(st.sampled_from(['1', '[1, 2]', 'None', '{}']))}" for key in keys]
    if not lines:
        return "{" + ", ".join(pairs) + (", }" if trailing else "}")
    indent = draw(st.sampled_from(["    ", "  ", "\t"]))
    ends = ["," if trailing or index + 1 < len(pairs) else "" for index in range(len(pairs))]
    return (
        "{\n"
        + "".join(f"{indent}{pair}{end}{draw(COMMENTS)}\n" for pair, end in zip(pairs, ends, strict=True))
        + "}"
    )


def value_of(text: str) -> Any:
    """The dict that the program assigns."""
    assign = next(
        each
        for each in ast.parse(text).body
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "p"
    )
    return ast.literal_eval(assign.value)


@settings(max_examples=60, deadline=None)
@given(display=displays(), newline=st.sampled_from(["\n", "\r\n"]))
def test_any_layout(display: str, newline: str) -> None:
    """The new display is the translation of the old one; comments, quotes and line ends stay."""
    text = (HEAD + f"p = {display}\n" + 'requests.put(f"{API}/jobs/manual", json=p)\n').replace("\n", newline)

    result = migrate(text)

    assert result.reviews == []
    assert value_of(result.text) == contract.upgrade_request(contract.PUT_MANUAL, value_of(text))
    assert result.text.count("#") == text.count("#")
    assert result.text.count(newline) == result.text.count("\n")
    assert migrate(result.text).text == result.text
